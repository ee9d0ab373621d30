/** All that an utterance tells beside what is wanted: numbers, dates, names, yes or no. */
import type { Expect, Language, Slots } from "../contract.ts"
import { yesNoIn } from "../direct/answers.ts"
import { wordsOf } from "../words.ts"
import { asideIn } from "./asides.ts"
import { choiceIn, saysAll } from "./choice.ts"
import { correctsItself, speaksForAnother, wantsCode } from "./cues.ts"
import { datesOfBirth } from "./dates.ts"
import { descriptionIn } from "./description.ts"
import { errandIn } from "./errands.ts"
import { nameIn } from "./names.ts"
import { digitRuns, rxNumbers } from "./numbers.ts"
import { withoutSighs } from "./sighs.ts"
import { topicsIn } from "./topics.ts"
import { namesZip, zipIn } from "./zip.ts"

export interface Heard {
  readonly text: string
  readonly expect: Expect
  readonly language: Language
  /** `YYYY-MM-DD`, so that nobody is born tomorrow. */
  readonly today: string
}

const birthCue =
  /\b(birth|birthday|birthdate|born|dob|nacimiento|naci|nacio|nacid[oa]|cumpleanos)\b/

/** The slots of one utterance. A slot that was not said is absent. */
export function slotsOf({ text, ...asked }: Heard): Slots {
  const heard = { ...asked, text: withoutSighs(text) }
  const words = wordsOf(heard.text)
  const slots: Slots = {}
  readIdentity(slots, heard, words)
  readNumbers(slots, heard, words)
  const yesNo = yesNoIn(heard.text, heard.expect === "yes_no")
  if (yesNo) slots.yesNo = yesNo
  const choice = choiceIn(heard.text)
  if (choice && !slots.datesOfBirth) slots.choice = choice
  if (saysAll(heard.text)) slots.all = true
  Object.assign(slots, descriptionIn(heard.text))
  const topics = topicsIn(heard.text)
  if (topics.length > 0) slots.topics = topics
  if (correctsItself(heard.text)) slots.corrects = true
  if (speaksForAnother(heard.text)) slots.forSomeoneElse = true
  const aside = asideIn(heard.text)
  if (aside) slots.aside = aside
  const errand = errandIn(heard.text)
  if (errand) slots.errand = errand
  return slots
}

function readIdentity(slots: Slots, heard: Heard, words: readonly string[]): void {
  const isName = heard.expect === "name"
  const isBirth = heard.expect === "date_of_birth"
  const dates = datesOfBirth(heard.text, {
    today: heard.today,
    dayFirst: heard.language === "es",
    isAsked: isName || isBirth || birthCue.test(words.join(" ")),
  })
  if (dates.length > 0 && (isName || isBirth || birthCue.test(words.join(" ")))) {
    slots.datesOfBirth = dates
  }
  const name = nameIn(heard.text, isName)
  if (name) slots.name = name
}

const numberCue = /^(prescription|rx|script|number|receta|numero)$/

/** The digits of a date are no number; what is named as one may stand beside it all the same. */
function readBesideDate(slots: Slots, words: readonly string[]): void {
  const [named] = rxNumbers(words.slice(words.findLastIndex((word) => numberCue.test(word))), false)
  if (named && words.some((word) => numberCue.test(word))) slots.rxNumbers = [named]
  const zip = zipIn(words, false)
  if (zip) slots.zip = zip
}

function isOnlyZip(words: readonly string[]): boolean {
  return namesZip(words) && !words.some((word) => numberCue.test(word))
}

const wantsDigits: ReadonlySet<Expect> = new Set(["rx_number", "zip", "code", "date_of_birth"])
const FEWEST_DIGITS = 3

function readNumbers(slots: Slots, heard: Heard, words: readonly string[]): void {
  if (slots.name?.spelled) return
  if (slots.datesOfBirth && heard.expect !== "rx_number") {
    readBesideDate(slots, words)
    return
  }
  const isRx = heard.expect === "rx_number"
  // Six digits that are said to be a ZIP code were misheard, and are no prescription.
  const isOther = heard.expect === "code" || heard.expect === "zip" || isOnlyZip(words)
  const rx = isOther ? [] : rxNumbers(words, isRx)
  if (rx.length > 0) slots.rxNumbers = rx
  // Any of three answers may come when one more identifier is asked for.
  const zip = zipIn(words, heard.expect === "zip" || isRx)
  if (zip && rx.length === 0) slots.zip = zip
  if (isRx && rx.length === 0 && !zip && wantsCode(heard.text)) slots.wantsCode = true
  const digits = digitRuns(words)
    .map((run) => run.digits)
    .join("")
  const isRest = rx.length === 0 && (!zip || heard.expect === "code")
  // "One" in "the other one" and the letter O are no digits unless digits were asked for.
  const isMeant = wantsDigits.has(heard.expect) || digits.length >= FEWEST_DIGITS
  if (isRest && isMeant && digits !== "" && digits.length <= 32) slots.digits = digits
}
