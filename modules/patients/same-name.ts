/**
 * Whether two first names may be one name, said and written. Never decides who somebody is alone.
 */
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
