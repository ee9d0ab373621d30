/**
 * Numbers of a card as people read them out: "Z X zero zero", "B as in boy", "double four", in
 * English and Spanish. A word it does not know makes the whole unreadable; nothing is completed.
 */

const digits: Readonly<Record<string, string>> = {
  ...{ zero: "0", oh: "0", one: "1", two: "2", three: "3", four: "4", five: "5", six: "6" },
  ...{ seven: "7", eight: "8", nine: "9", cero: "0", uno: "1", dos: "2", tres: "3", cuatro: "4" },
  ...{ cinco: "5", seis: "6", siete: "7", ocho: "8", nueve: "9" },
}

/** Names of letters, as a transcriber writes them. */
const letters: Readonly<Record<string, string>> = {
  ...{ bee: "B", cee: "C", see: "C", dee: "D", eff: "F", gee: "G", aitch: "H", jay: "J", kay: "K" },
  ...{ el: "L", ell: "L", em: "M", en: "N", pee: "P", cue: "Q", queue: "Q", ar: "R", ess: "S" },
  ...{ tee: "T", vee: "V", ex: "X", wye: "Y", zee: "Z", zed: "Z", be: "B", ce: "C", de: "D" },
  ...{ efe: "F", ge: "G", hache: "H", jota: "J", ka: "K", ele: "L", eme: "M", ene: "N", pe: "P" },
  ...{ cu: "Q", erre: "R", ese: "S", te: "T", uve: "V", equis: "X", zeta: "Z" },
  ...{ alpha: "A", alfa: "A", bravo: "B", charlie: "C", delta: "D", echo: "E", foxtrot: "F" },
  ...{ golf: "G", hotel: "H", india: "I", juliet: "J", kilo: "K", lima: "L", mike: "M" },
  ...{ november: "N", oscar: "O", papa: "P", quebec: "Q", romeo: "R", sierra: "S", tango: "T" },
  ...{ uniform: "U", victor: "V", whiskey: "W", xray: "X", yankee: "Y", zulu: "Z" },
}

/** Said around a number and no part of it. */
const around = new Set(
  (
    "um uh er eh ok okay yes yeah sure well so the my it its is that thats number numbers id bin " +
    "pcn rx rxbin rxpcn rxgrp group grp member and then dash hyphen space letter letters capital " +
    "card code says ending in with por si pues el la mi es numero de grupo miembro guion espacio " +
    "letra mayuscula tarjeta codigo afiliado y luego este ray"
  ).split(" "),
)

/** Said instead of a number, by who has none at hand. */
const noPlan = new Set(
  (
    "where what which who why how hold wait hello sorry help can could let find stop please " +
    "pharmacist person donde que cual quien como espere espera momento perdon ayuda no none"
  ).split(" "),
)

const times: Readonly<Record<string, number>> = { double: 2, doble: 2, triple: 3 }
const explains = new Set(["as", "like", "for", "de", "como"])
const WORD_CHARACTERS_MAX = 10

/** The number in capitals, or undefined when the words are none. */
export function codeIn(text: string): string | undefined {
  const words = wordsIn(text)
  const bare = words.filter((word) => !around.has(plain(word)))
  // A plan's name for itself is often a word, and is said as one.
  const [only = ""] = bare
  if (bare.length === 1 && isOneWord(only)) return only.toUpperCase()
  let code = ""
  let repeat = 1
  for (let at = 0; at < words.length; at++) {
    const word = words[at] ?? ""
    const multiple = times[plain(word)]
    if (multiple !== undefined) {
      repeat = multiple
      continue
    }
    const part = partOf(word, code !== "" || isPart(words[at + 1] ?? ""))
    if (part === undefined) return undefined
    code += part.repeat(repeat)
    if (part !== "") repeat = 1
    if (part.length === 1) at += explanationAfter(words, at)
  }
  return code === "" ? undefined : code
}

function wordsIn(text: string): readonly string[] {
  return (
    text
      .normalize("NFD")
      .replace(/[\p{M}'’]/gu, "")
      .match(/[A-Za-z0-9]+/g) ?? []
  )
}

const plain = (word: string) => word.toLowerCase()

function isOneWord(word: string): boolean {
  const isKnown = plain(word) in digits || plain(word) in letters || /^[a-z]$/i.test(word)
  const isName = /^[a-z]+$/i.test(word) && !isKnown && !noPlan.has(plain(word))
  return isName && word.length <= WORD_CHARACTERS_MAX
}

/** Whether a word is a digit or a letter wherever it stands. */
function isPart(word: string): boolean {
  const known = digits[plain(word)] ?? letters[plain(word)]
  return (known !== undefined || /^([a-z]|\d+)$/i.test(word)) && !around.has(plain(word))
}

/** What a word adds; nothing for what is only said around a number; undefined when unknown. */
function partOf(word: string, isInside: boolean): string | undefined {
  if (/\d/.test(word) || /^[A-Z]{2,}$/.test(word)) {
    return around.has(plain(word)) && !/\d/.test(word) ? "" : word.toUpperCase()
  }
  const known = digits[plain(word)]
  if (known !== undefined) return known
  // "De" is a letter within a number, and a little word before one.
  const letter = letters[plain(word)]
  if (letter !== undefined && (isInside || !around.has(plain(word)))) return letter
  if (/^[a-z]$/i.test(word) && (isInside || plain(word) !== "y")) return word.toUpperCase()
  return around.has(plain(word)) ? "" : undefined
}

/** How many words after a letter only explain it: "as in boy", "de Bolivia". */
function explanationAfter(words: readonly string[], at: number): number {
  const [next = "", after = "", last = ""] = words.slice(at + 1, at + 4).map(plain)
  if (!explains.has(next) || after === "") return 0
  if (after === "in" || after === "en") return last === "" ? 0 : 3
  // "D E de" may be three letters: only a word that is no letter itself explains one.
  return after.length > 1 && !(after in digits) ? 2 : 0
}

const none = new RegExp(
  "\\b(no|none|nothing|dont (have|see)|doesnt have|isnt (one|any)|there (is|s) no|" +
    "ningun[oa]?|no (hay|tiene|tengo|aparece|dice))\\b",
)

/** Whether somebody says that the card has no such number. */
export function saysNone(text: string): boolean {
  return none.test(wordsIn(text).map(plain).join(" ")) && !/\d/.test(text)
}
