/** Prescriber numbers whose check digit is right: they may belong to somebody. */

/** Numbers that registries publish as examples, or that we gave to invented prescribers. */
const allowed: ReadonlySet<string> = new Set(["1234567893", "1999999984"])

/** An NPI is ten digits that pass Luhn's test behind the prefix 80840. */
export function npiNumbersIn(content: string): readonly { index: number; what: string }[] {
  return [...content.matchAll(/(?<=["'\s:=^|>])[12]\d{9}(?=["'\s,^|<])/g)]
    .filter(([digits]) => !allowed.has(digits) && passesLuhn(`80840${digits}`))
    .filter(({ index, 0: digits }) => isNamedOrQuoted(content, index, digits.length))
    .map(({ index }) => ({ index, what: "a valid NPI that is not on the list" }))
}

/** A DEA number is two letters, six digits, and a check digit. */
export function deaNumbersIn(content: string): readonly { index: number; what: string }[] {
  return [...content.matchAll(/(?<!\w)[ABCDEFGHJKLMPRSTUX][A-Z9](\d{7})(?!\w)/g)]
    .filter(([whole, digits]) => !allowed.has(whole) && isDeaChecksum(digits ?? ""))
    .map(({ index }) => ({ index, what: "a valid DEA number that is not on the list" }))
}

function isNamedOrQuoted(content: string, index: number, length: number): boolean {
  const line = content.slice(content.lastIndexOf("\n", index) + 1, index)
  return (
    /npi/i.test(line) || /["']/.test(content.charAt(index - 1) + content.charAt(index + length))
  )
}

function passesLuhn(digits: string): boolean {
  const sum = [...digits].reverse().reduce((total, digit, place) => {
    const value = Number(digit) * (place % 2 === 1 ? 2 : 1)
    return total + (value > 9 ? value - 9 : value)
  }, 0)
  return sum % 10 === 0
}

function isDeaChecksum(digits: string): boolean {
  const at = (place: number): number => Number(digits.charAt(place))
  const sum = at(0) + at(2) + at(4) + 2 * (at(1) + at(3) + at(5))
  return sum % 10 === at(6)
}
