/** Full names: said, introduced ("this is Maria Lopez calling") or spelt. Spelling wins over what
 * was heard. It reads names out of words and never checks them against anybody. */
import { distance } from "fastest-levenshtein"
import { wordsOf } from "../words.ts"
import { digitRuns } from "./numbers.ts"

export interface SaidName {
  first?: string
  last?: string
  spelled: boolean
}

const nato = new Map(
  (
    "alpha alfa bravo charlie delta echo foxtrot golf hotel india juliet juliett kilo lima mike " +
    "november oscar papa quebec romeo sierra tango uniform victor whiskey whisky xray yankee zulu"
  )
    .split(" ")
    .map((word) => [word, word[0] ?? ""] as const),
)

const spokenLetters: Readonly<Record<string, string>> = {
  ay: "a",
  bee: "b",
  cee: "c",
  see: "c",
  sea: "c",
  dee: "d",
  ee: "e",
  eff: "f",
  gee: "g",
  aitch: "h",
  jay: "j",
  kay: "k",
  el: "l",
  ell: "l",
  em: "m",
  en: "n",
  oh: "o",
  pee: "p",
  queue: "q",
  ar: "r",
  ess: "s",
  tee: "t",
  vee: "v",
  ex: "x",
  wye: "y",
  why: "y",
  zee: "z",
  zed: "z",
  ...{ be: "b", ce: "c", de: "d", efe: "f", ge: "g", hache: "h", ache: "h", jota: "j", ka: "k" },
  ...{ ele: "l", elle: "ll", eme: "m", ene: "n", enie: "n", pe: "p", cu: "q", ere: "r" },
  ...{ erre: "r", ese: "s", te: "t", uve: "v", ve: "v", equis: "x", ye: "y", zeta: "z", ceta: "z" },
  ...{ seta: "z" },
}

/** Letters that take two words in Spanish: b and v sound alike and are told apart so. */
const lettersOfTwo: Readonly<Record<string, string>> = {
  ...{ "be grande": "b", "be larga": "b", "be alta": "b", "ve grande": "b", "ve larga": "b" },
  ...{ "ve chica": "v", "ve corta": "v", "ve baja": "v", "ve pequena": "v", "be chica": "v" },
  ...{ "be corta": "v", "uve chica": "v", "doble u": "w", "doble ve": "w", "uve doble": "w" },
  ...{ "i griega": "y", "i latina": "i", "b grande": "b", "v chica": "v", "b chica": "v" },
}

const introductions = [
  "my full name is",
  "my name is",
  "my names",
  "the name is",
  "names",
  "the patients name is",
  "first name is",
  "first name",
  "this is",
  "i am",
  "im",
  "it is",
  "its",
  "me llamo",
  "mi nombre completo es",
  "mi nombre es",
  "el nombre es",
  "nombre completo",
  "nombre es",
  "se llama",
  "a nombre de",
  "le habla",
  "habla",
  "soy",
].map((phrase) => phrase.split(" "))

/** They introduce much else besides a name, so they count only when a name was asked for. */
const looseIntroductions = new Set([
  "it is",
  "its",
  "i am",
  "im",
  "soy",
  "first name",
  "names",
  "habla",
  "le habla",
])

const commonWords = new Set(
  (
    "ridiculous calling about refill refills prescription prescriptions medicine pharmacy " +
    "doctor doctors office clinic taking too so very really not ready for because why what " +
    "how when where expensive wrong right unacceptable terrible crazy regarding urgent " +
    "important nurse nursing home hospital insurance company third second time day week money " +
    "back stupid hard good bad more most " +
    "receta recetas medicina medicinas pastillas farmacia doctor doctora una un la el de que muy " +
    "quien usted clinica hospital paciente"
  ).split(" "),
)

/** Words between the parts of a name: passed over. */
const passedOver = new Set(
  (
    "um uh uhm er erm hmm first last middle name names and my is its initial full the spelled " +
    "apellido apellidos nombre mi es y eh este pues"
  ).split(" "),
)

const notNames = new Set(
  (
    "um uh uhm er erm hmm yes yeah yep yup sure okay ok no hi hello hey please thanks thank " +
    "you and the a an is its it calling here speaking again sorry so well just first last " +
    "middle name names my full spelled spelling thats that as in for with of mr mrs ms miss " +
    "dr doctor sir maam born birth date birthday dob on si por favor es mi nombre apellido " +
    "patient patients initial double capital letter common like zip code actually wait i mean " +
    "not now how need want to a refill got im distracted listening back still " +
    "hola buenas buenos dias tardes noches bueno pues eh este senor senora senorita aqui habla " +
    "hablando completo apellidos naci nacido nacida nacimiento fecha cumpleanos el con para " +
    "gracias " +
    "codigo postal receta numero perdon disculpe otra vez se escribe deletreo claro ella mande"
  ).split(" "),
)

const monthWords = new Set(
  (
    "january february march april may june july august september october november december " +
    "jan feb apr jun jul aug sept sep oct nov dec enero febrero marzo abril mayo junio julio " +
    "agosto septiembre octubre noviembre diciembre"
  ).split(" "),
)

const MOST_NAME_WORDS = 5

const beforeSentence = new Set(
  (
    "um uh uhm er hmm well no but and ok okay so yes yeah wait hold on si pues eh este ay y pero " +
    "bueno oiga espere perdon disculpe"
  ).split(" "),
)
/** Nobody's name begins so: "why do you need that", "the weather is nice", "I don't know". */
const openings = [
  ..."why what whats who whos where when how do does dont did can cant could".split(" "),
  ..."would should is are the that there".split(" "),
  ..."que quien cual como cuando donde necesito quiero quisiera puedo puede tengo ya es".split(" "),
  ..."tienen hay aceptan entregan hacen abren cierran venden reciben ponen ustedes".split(" "),
  "(por|para|a) que|no (se|quiero|puedo|tengo|entiendo|entendi|me acuerdo|le)",
  "yo no|me (da|puede|dice)",
  "i (dont|do not|wont|will not|cant|cannot|would|wouldnt|need|want|am not)",
]
const opening = new RegExp(`^(${openings.join("|")})\\b`)

function opensASentence(words: readonly string[]): boolean {
  const from = words.findIndex((word) => !beforeSentence.has(word))
  return from >= 0 && opening.test(words.slice(from).join(" "))
}

/** The name in an utterance: anywhere after an introduction, and bare when a name was asked for. */
export function nameIn(text: string, isAsked: boolean): SaidName | undefined {
  const { words, spelt } = withoutSpelling(wordsOf(text), isAsked)
  const introduced = nameWords(afterIntroduction(words, isAsked) ?? [])
  if (introduced.length === 0 && !isAsked) return undefined
  // "Maria, it's spelled l o p e z" introduces letters: the name stands before.
  const before = opensASentence(words) ? [] : nameWords(words)
  const heard = introduced.length > 0 ? introduced : before
  if (heard.length === 0 && spelt.length === 0) return undefined
  // Unasked, "this is too expensive" must not become somebody's name.
  const isLikely = heard.length === 2 || heard.length === 3
  if (!isAsked && (!isLikely || heard.some((word) => commonWords.has(word)))) return undefined
  return assemble(heard, spelt)
}

const birthWords = new Set(["born", "birth", "birthday", "dob", "nacimiento", "naci"])

function afterIntroduction(words: readonly string[], isAsked: boolean): string[] | undefined {
  // Whoever tells when they were born tells who they are: "soy James Carter, nací el".
  const isLikely = isAsked || words.some((word) => birthWords.has(word))
  for (const phrase of introductions) {
    if (!isLikely && looseIntroductions.has(phrase.join(" "))) continue
    for (let at = 0; at + phrase.length < words.length; at += 1) {
      if (phrase.every((word, index) => words[at + index] === word)) {
        return words.slice(at + phrase.length)
      }
    }
  }
  return undefined
}

/** The first stretch of words that can be a name; a digit or a month ends it. */
function nameWords(words: readonly string[]): string[] {
  const firstNumber = digitRuns(words)[0]?.from ?? words.length
  const found: string[] = []
  for (const [index, word] of words.entries()) {
    const isEnd = index >= firstNumber || (monthWords.has(word) && hasNumberNear(words, index))
    if (isEnd) break
    if (notNames.has(word)) {
      const isBetween = passedOver.has(word) && found.length < 2
      if (found.length > 0 && !isBetween) break
      continue
    }
    if (/^[a-z]{2,}$/.test(word) || isMiddleInitial(words, index, found.length)) found.push(word)
  }
  return saidOnce(found).slice(0, MOST_NAME_WORDS)
}

/** "Luis Ortiz, Luis Ortiz" is one name; ears that have too little to hear repeat it as well. */
function saidOnce(words: readonly string[]): string[] {
  const rounds = words.map((_, at) => at + 1)
  const round = rounds.find((one) => one > 1 && words.every((word, at) => word === words[at % one]))
  return words.slice(0, round)
}

/** "Robert T Jones": a letter between a first and a last name. */
function isMiddleInitial(words: readonly string[], at: number, found: number): boolean {
  return found === 1 && words[at] !== "i" && !notNames.has(words[at + 1] ?? "i")
}

const dayWords = new Set(
  (
    "first second third fourth fifth sixth seventh eighth ninth tenth eleventh twelfth " +
    "thirteenth fourteenth fifteenth sixteenth seventeenth eighteenth nineteenth twentieth " +
    "thirtieth one two three four five six seven eight nine ten eleven twelve thirteen fourteen " +
    "fifteen sixteen seventeen eighteen nineteen twenty thirty " +
    "uno dos tres cuatro cinco seis siete ocho nueve diez once doce trece catorce quince veinte " +
    "treinta primero"
  ).split(" "),
)

/** "April Jones" is a name; "april third" is not. */
function hasNumberNear(words: readonly string[], at: number): boolean {
  const next = words[at + 1] === "the" ? words[at + 2] : words[at + 1]
  return next !== undefined && (/^\d/.test(next) || dayWords.has(next))
}

function assemble(heard: readonly string[], spelt: readonly string[]): SaidName {
  const words = heard.map(capitalised)
  const name: SaidName = { spelled: spelt.length > 0 }
  const first = words[0]
  if (words.length >= 2) {
    if (first) name.first = first
    name.last = words
      .slice(1)
      .filter((word, index, all) => index === 0 || word !== all[index - 1])
      .join(" ")
  } else if (first && isOnePart(first, spelt)) {
    name.last = first
  } else if (first) {
    name.first = first
  }
  for (const word of spelt) placeSpelt(name, word)
  return name
}

/** "Lopez, l o p e z" is the last name twice; "Maria, l o p e z" is a whole name. */
function isOnePart(word: string, [letters, ...others]: readonly string[]): boolean {
  if (letters === undefined || others.length > 0) return false
  return distance(letters, word.toLowerCase()) <= letters.length / 2
}

/** Spelt letters replace the part they resemble; the last name is what people spell. */
function placeSpelt(name: SaidName, letters: string): void {
  const word = capitalised(letters)
  const both = (name.first ?? "") + (name.last ?? "")
  if (name.first && name.last && letters === both.toLowerCase()) return
  const toFirst = name.first
    ? distance(letters, name.first.toLowerCase())
    : Number.POSITIVE_INFINITY
  const toLast = name.last ? distance(letters, name.last.toLowerCase()) : letters.length / 2
  if (toFirst < toLast && toFirst <= letters.length / 2) name.first = word
  else name.last = word
}

function capitalised(word: string): string {
  return word.charAt(0).toUpperCase() + word.slice(1)
}

const SHORTEST_SPELLING = 3
const SHORTEST_EXAMPLE = 3

/** Takes spelt letters out of the words: "l o p e z", "L as in Lima", "double l", "lima oscar". */
function withoutSpelling(
  words: readonly string[],
  isAsked: boolean,
): { words: string[]; spelt: string[] } {
  const rest: string[] = []
  const spelt: string[] = []
  for (let at = 0; at < words.length; ) {
    const run = spellingAt(words, at, isAsked)
    if (run) {
      spelt.push(run.letters)
      at = run.to
    } else {
      rest.push(words[at] ?? "")
      at += 1
    }
  }
  return { words: rest, spelt }
}

function spellingAt(
  words: readonly string[],
  from: number,
  isAsked: boolean,
): { letters: string; to: number } | undefined {
  let letters = ""
  let plainLetters = 0
  let at = from
  for (let step = letterAt(words, at); step; step = letterAt(words, at)) {
    letters += step.letters
    plainLetters += step.isPlain ? 1 : 0
    at += step.length
  }
  if (letters.length < SHORTEST_SPELLING) return undefined
  // A run of words that only might be letters is believed when a name was asked for.
  return plainLetters >= 2 || isAsked ? { letters, to: at } : undefined
}

function letterAt(
  words: readonly string[],
  at: number,
): { letters: string; length: number; isPlain: boolean } | undefined {
  const word = words[at] ?? ""
  const ofTwo = lettersOfTwo[`${word} ${words[at + 1] ?? ""}`]
  if (ofTwo !== undefined) return { letters: ofTwo, length: 2, isPlain: true }
  if (word === "double" || word === "doble") {
    const next = letterAt(words, at + 1)
    return (
      next && { letters: next.letters.repeat(2), length: next.length + 1, isPlain: next.isPlain }
    )
  }
  const isPlain = /^[a-z]$/.test(word)
  const letter = isPlain ? word : (spokenLetters[word] ?? nato.get(word))
  if (letter === undefined) return undefined
  const isExplained = /^(as|like|for|de|como)$/.test(words[at + 1] ?? "")
  if (isExplained) {
    const skip = words[at + 2] === "in" || words[at + 2] === "en" ? 3 : 2
    const explained = words[at + skip] ?? ""
    // "A de avión", but "a de a" is three letters.
    if (explained.length >= SHORTEST_EXAMPLE && explained.startsWith(letter))
      return { letters: letter, length: skip + 1, isPlain: true }
  }
  return { letters: letter, length: 1, isPlain }
}
