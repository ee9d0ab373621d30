/** Whether two names may be one name, said and written. Never decides who somebody is alone. */
import { doubleMetaphone } from "double-metaphone"
import { distance } from "fastest-levenshtein"

/** Short forms people give for the name on their prescription. Groups of one name each. */
const shortForms = [
  ["robert", "rob", "bob", "bobby"],
  ["william", "will", "bill", "billy"],
  ["james", "jim", "jimmy"],
  ["richard", "rick", "dick"],
  ["elizabeth", "liz", "beth", "betty"],
  ["margaret", "maggie", "peggy"],
  ["katherine", "catherine", "kate", "kathy", "cathy"],
  ["michael", "mike"],
  ["daniel", "dan", "danny"],
  ["joseph", "joe"],
  ["thomas", "tom"],
  ["patricia", "pat", "patty"],
  ["susan", "sue", "susie"],
  ["victor", "vic"],
  ["frank", "francis", "frankie"],
  ["walter", "walt"],
  ["henry", "hank", "harry"],
  ["peter", "pete"],
  ["helen", "ellen"],
] as const

export function isLikelySameName(said: string, written: string): boolean {
  const [a, b] = [plain(said), plain(written)]
  if (a === "" || b === "") return false
  if (a === b) return true
  if (shortForms.some((forms) => has(forms, a) && has(forms, b))) return true
  return soundsAlike(a, b) && distance(a, b) <= 2
}

/**
 * How ears write down what they hear, by English or by Spanish spelling: "Proberta Ayes" for Robert
 * Hayes. Each letter that is left stands for one sound, roughly.
 */
const sounds: readonly (readonly [pattern: RegExp, sound: string])[] = [
  [/ph/g, "f"],
  [/th/g, "t"],
  [/[sc]h|[jy]/g, "i"],
  [/qu|ck|q/g, "k"],
  [/c(?=[eiy])|z/g, "s"],
  [/c/g, "k"],
  [/x/g, "ks"],
  [/h/g, ""],
  [/w/g, "u"],
  [/v/g, "b"],
  [/(.)\1+/g, "$1"],
]

/** So much of a name may be heard wrong, as a share of its sounds; `bench/names.ts` measures it. */
const SLIPS_MAX = 0.3
/** In a shorter name one sound makes another name. */
const SHORTEST_WITH_SLIPS = 6

/**
 * Whether a full name as it was heard may be the one that is written. Ears also join and split
 * names, and hear a word more: any stretch of what was said may be it.
 */
export function soundsLikeFullName(said: string, written: string): boolean {
  const wanted = soundOf(written)
  const slips = wanted.length < SHORTEST_WITH_SLIPS ? 0 : Math.floor(wanted.length * SLIPS_MAX)
  const words = said.split(" ")
  return words.some((_, from) =>
    words.some((_, to) => {
      const heard = soundOf(words.slice(from, to + 1).join(""))
      return heard !== "" && distance(heard, wanted) <= slips
    }),
  )
}

function soundOf(name: string): string {
  return sounds.reduce((text, [pattern, sound]) => text.replaceAll(pattern, sound), plain(name))
}

function has(forms: readonly string[], name: string): boolean {
  return forms.includes(name)
}

function soundsAlike(a: string, b: string): boolean {
  const heard = doubleMetaphone(a)
  return doubleMetaphone(b).some((code) => code !== "" && heard.includes(code))
}

/** Lower case, without accents and without what is no letter. */
function plain(name: string): string {
  return name
    .normalize("NFD")
    .replaceAll(/[^\p{L}]/gu, "")
    .toLowerCase()
}
