/** Answers that need no understanding: yes, no, a person, again, goodbye. Read before any model,
 * and only when the whole utterance says no more than that. The words are in answers.yaml. */
import { Type as t } from "typebox"
import { wordsOf } from "../words.ts"
import { readYaml } from "../yaml-file.ts"

const Words = t.Array(t.String({ minLength: 1 }))
const File = t.Object({
  courtesy: Words,
  yes: Words,
  /** Also said while listening: an answer only where a question was asked. */
  softYes: Words,
  no: Words,
  hesitation: Words,
  person: Words,
  askForPerson: t.String(),
  bringPerson: t.String(),
  barePerson: t.String(),
  notForPerson: t.String(),
  again: t.String(),
  farewell: t.String(),
})

const file = readYaml(File, new URL("./answers.yaml", import.meta.url))

const courtesy = new Set(file.courtesy)
const yesPhrases = new Set(file.yes)
const softYes = new Set(file.softYes)
const noPhrases = new Set(file.no)
const hesitation = new Set(file.hesitation)

/** A rule in which PERSON stands for every word for a person. */
function rule(source: string): RegExp {
  return new RegExp(source.replaceAll("PERSON", `(${file.person.join("|")})`))
}

const askForPerson = rule(file.askForPerson)
const bringPerson = rule(file.bringPerson)
const barePerson = rule(file.barePerson)
const notForPerson = rule(file.notForPerson)
const again = rule(file.again)
const farewell = rule(file.farewell)

/** Yes or no, when that is all that was said or, when it was asked, how the utterance begins. */
export function yesNoIn(text: string, isAsked: boolean): "yes" | "no" | undefined {
  const words = wordsOf(text)
  const said = words.join(" ")
  const bare = words.filter((word) => !courtesy.has(word)).join(" ")
  if (noPhrases.has(said) || (bare !== "" && noPhrases.has(bare))) return "no"
  if (yesPhrases.has(said) || (bare !== "" && yesPhrases.has(bare))) {
    return !isAsked && (softYes.has(said) || softYes.has(bare)) ? undefined : "yes"
  }
  return isAsked ? (leadingAnswer(words) ?? laterAnswer(text)) : undefined
}

/** "Sorry, I got distracted. Oh yes": an answer that comes after something else was said. */
function laterAnswer(text: string): "yes" | "no" | undefined {
  if (unsure.test(wordsOf(text).join(" "))) return undefined
  const [, ...later] = text.split(/[.!?…;]+/).map(wordsOf)
  const firsts = later.map((words) => words.find((word) => !hesitation.has(word)) ?? "")
  const isYes = firsts.some((word) => /^(yes|yeah|yep|si)$/.test(word))
  const isNo = wordsOf(text).some((word) => leadingNo.test(word))
  return isYes && !isNo ? "yes" : undefined
}

const leadingNo = /^(no|nope|nah|naw|wrong|incorrect|not|dont|nel|incorrecto|tampoco)$/
const leadingYes =
  /^(yes|yeah|yep|yup|yess|sure|absolutely|definitely|uhhuh|si|claro|correcto?|exacto|andele)$/

/** "Pues no estoy seguro" is no no: where danger is asked about, it is the contrary. */
const unsure = new RegExp(
  "\\b(not (so |really |very |quite )?(sure|certain)|i (really )?(dont|do not) know|no idea|" +
    "maybe|perhaps|no (estoy|soy|estaba) (muy |tan |bien )?segur[oa]|no (lo )?se|quien sabe|" +
    "no sabria|no tengo idea|ni idea|tal vez|quizas?|a lo mejor)\\b",
)

/** "No I need the other one" answers no; "yes but make it two" answers yes; both is neither. */
function leadingAnswer(words: readonly string[]): "yes" | "no" | undefined {
  if (unsure.test(words.join(" "))) return undefined
  const first = words.find((word) => !hesitation.has(word)) ?? ""
  if (leadingNo.test(first)) {
    return words.some((word) => /^(yes|yeah|yep|si)$/.test(word)) ? undefined : "no"
  }
  if (leadingYes.test(first)) {
    const isTakenBack = words.some((word) => /^(no|nope|wrong|incorrect)$/.test(word))
    return isTakenBack ? undefined : "yes"
  }
  const said = words.join(" ")
  if (/\b(thats|that is|sounds|looks) (right|correct|good|fine|perfect)\b/.test(said)) return "yes"
  if (/\b(asi es|(es|esta|son) (bien|correct[oa]s?|perfecto)|eso es)$/.test(said)) return "yes"
  if (/\b(esta|estan) mal\b|\bes (incorrect|equivocad)[oa]\b/.test(said)) return "no"
  return /\b(thats|that is|its) (not|wrong|incorrect)\b/.test(said) ? "no" : undefined
}

/** True when the caller asks for a human being; always honoured. */
export function asksForPerson(text: string): boolean {
  const said = wordsOf(text).join(" ")
  if (barePerson.test(said)) return true
  if (notForPerson.test(said)) return false
  return askForPerson.test(said) || bringPerson.test(said)
}

/** True when the caller only wants to hear it again. */
export function asksToRepeat(text: string): boolean {
  return again.test(wordsOf(text).join(" "))
}

/** True when the caller only says goodbye. */
export function saysGoodbye(text: string): boolean {
  return farewell.test(wordsOf(text).join(" "))
}
