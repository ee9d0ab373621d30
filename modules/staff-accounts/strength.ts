/**
 * Which passwords and PINs are too easy. Length counts, and what others would try first; no rule
 * about kinds of characters: NIST SP 800-63B asks for fifteen where a password stands alone.
 */
const LENGTH_MIN = 15
const DISTINCT_MIN = 6
/** What has to be left once everything that is tried first is taken out. */
const OWN_LENGTH_MIN = 8
const NAME_LENGTH_MIN = 3

const triedFirst = new RegExp(
  [
    ...["pass(word|wort|code)?", "pharmac(y|ist|ia)?", "mortar", "welcome", "admin", "manager"],
    ...["technician", "operator", "letmein", "changeme", "secret", "iloveyou", "abc(def)?"],
    ...["qwerty(uiop)?", "asdf(ghjkl)?", "zxcv(bnm)?", "spring|summer|autumn|winter"],
    ...["\\d+", "[^\\p{L}]+"],
  ].join("|"),
  "gu",
)

export interface Whose {
  readonly user: string
  readonly fullName: string
}

export function isWeakPassword(password: string, { user, fullName }: Whose): boolean {
  const plain = password.normalize("NFKC").toLowerCase()
  if ([...plain].length < LENGTH_MIN || new Set(plain).size < DISTINCT_MIN) return true
  const names = [user, ...fullName.toLowerCase().split(/[^\p{L}]+/u)]
  if (names.some((name) => name.length >= NAME_LENGTH_MIN && plain.includes(name))) return true
  return plain.replaceAll(triedFirst, "").length < OWN_LENGTH_MIN
}

/** All the same digit, or counting up or down. */
export function isWeakPin(pin: string): boolean {
  const steps = [...pin].slice(1).map((digit, at) => Number(digit) - Number(pin[at]))
  const [first] = steps
  return steps.every((step) => step === first) && Math.abs(first ?? 0) <= 1
}
