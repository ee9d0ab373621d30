/**
 * Insurance: a question goes before a technician; a new card is taken down, by a photo or read out.
 * What is read is read back by its last digits only, and a technician puts it on file.
 */

import { Type as t } from "typebox"
import { Value } from "typebox/value"
import { checkIdentity } from "../identity.ts"
import { plain } from "../plain.ts"
import type { Task } from "../state.ts"
import { type Heard, handOver, sayTrouble, type Talk } from "../talk.ts"
import type { Topic } from "../topic.ts"
import { ask } from "./ask.ts"

const wordsOf = (...words: readonly string[]) => new RegExp(`\\b(${words.join("|")})\\b`)

const change = wordsOf(
  "new|chang\\w+|switched|different|updated?|add|second(ary)?|another|(give|read|show) you",
  "nuev[oa]|cambi\\w+|actualizar|otr[oa]|segund[oa]|darl?es?",
)
const card = wordsOf(
  "cards?|insurance|plan|coverage|medicaid|medicare|bin|pcn|group number|member id",
  "tarjeta|seguro|aseguranza|cobertura",
)
/** Whoever asks about money or a refusal has a question, whatever card they name. */
const question = wordsOf(
  "copay|covers?|covered|deductible|denied|reject\\w*|pays?|cost|why|question|problem|issue|lost",
  "rerun|run|bill\\w*|quantity|wants|network|take|accept\\w*|works?|working|good|valid",
  "cubr\\w+|copago|deducible|rechaz\\w+|pag\\w+|por que|pregunta|problema|perdi|acept\\w+",
  "toman?|agarran?|correr|pas\\w+|sirve|funciona|vale",
)
const beside = wordsOf(
  "second(ary)?|add|another|also|both|as well",
  "segund[oa]|otr[oa]|tambien|dos",
)

/** Somebody wants to give us a card, and asks nothing about it. */
export function bringsCard(words: string): boolean {
  const said = plain(words)
  return change.test(said) && card.test(said) && !question.test(said)
}

const fields = ["bin", "pcn", "group", "member"] as const
type Field = (typeof fields)[number]

export const insurance: Topic = {
  needsIdentity: false,
  isAside: true,

  async begin(talk, task) {
    const { state } = talk
    // Told beside something else, it is passed on: two questions at once are one too many.
    const isCard = bringsCard(task.words) && state.current === task
    if (!isCard) return ask.begin(talk, task)
    if (!state.caller.isVerified) {
      delete task.isBegun
      await checkIdentity(talk, task)
      if (!state.caller.isVerified) return
      task.isBegun = true
    }
    if (state.caller.patient === undefined) return ask.begin(talk, task)
    if (state.from === undefined) return askFor(talk, task, "bin")
    task.step = "link"
    talk.ask("yes_no", "insurance.ask_link")
  },

  async answer(talk, task, heard) {
    switch (task.step) {
      case "link":
        return answerLink(talk, task, heard)
      case "confirm":
        return answerConfirm(talk, task, heard)
      default:
        return answerField(talk, task, heard)
    }
  },
}

async function answerLink(talk: Talk, task: Task, { slots }: Heard): Promise<boolean> {
  if (slots.yesNo === undefined) return false
  const { caller, from } = talk.state
  if (slots.yesNo === "no") {
    askFor(talk, task, "bin")
    return true
  }
  delete task.step
  const link = { patient: caller.patient, to: from }
  const reply = await talk.propose("insurance.textLink", link, { task, confidence: 1 })
  if (reply.kind === "done") talk.say("insurance.link_sent")
  else await sayTrouble(talk, reply, "insurance")
  return true
}

function askFor(talk: Talk, task: Task, field: Field): void {
  task.step = field
  talk.ask("message", `insurance.ask_${field}`)
}

const Read = t.Object({ value: t.Optional(t.String()) })

async function answerField(talk: Talk, task: Task, heard: Heard): Promise<boolean> {
  const field = fields.find((one) => one === task.step)
  if (field === undefined) return false
  const { text, otherText } = heard
  const words = { field, text, ...(otherText === undefined ? {} : { otherText }) }
  const reply = await talk.propose("insurance.readCard", words, { task, confidence: 1 })
  if (reply.kind === "fault") return false
  if (reply.kind !== "done") return giveUp(talk, task, reply)
  const { value } = Value.Parse(Read, reply.value)
  task.card = { ...task.card, ...(value === undefined ? {} : { [field]: value }) }
  const next = fields[fields.indexOf(field) + 1]
  if (next) askFor(talk, task, next)
  else await readBack(talk, task)
  return true
}

const Masked = t.Object({ bin: t.String(), member: t.Optional(t.String()) })

async function readBack(talk: Talk, task: Task): Promise<void> {
  const reply = await talk.propose("insurance.maskCard", task.card, { task, confidence: 1 })
  if (reply.kind !== "done") return void (await giveUp(talk, task, reply))
  const { bin, member } = Value.Parse(Masked, reply.value)
  task.step = "confirm"
  if (member === undefined) return talk.ask("yes_no", "insurance.confirm_bin", { digits: bin })
  talk.ask("yes_no", "insurance.confirm_card", { digits1: bin, digits2: member })
}

async function answerConfirm(talk: Talk, task: Task, { slots }: Heard): Promise<boolean> {
  if (slots.yesNo === undefined) return false
  if (slots.yesNo === "no") return readAgain(talk, task)
  delete task.step
  const place = beside.test(plain(task.words)) ? "beside" : "instead"
  const input = { ...task.card, patient: talk.state.caller.patient, place }
  const willHappen = "The card is put on file. Compare it with the payer's answer first."
  const reply = await talk.propose("insurance.addCoverage", input, {
    ...{ task, willHappen },
    confidence: 1,
  })
  if (reply.kind === "asked" || reply.kind === "done") talk.say("insurance.card_taken")
  else await sayTrouble(talk, reply, "insurance")
  return true
}

/** Read out twice and still not right: a person reads it better. */
async function readAgain(talk: Talk, task: Task): Promise<boolean> {
  const isSecond = task.choices !== undefined
  task.choices = ["again"]
  delete task.card
  if (!isSecond) {
    talk.say("insurance.start_over")
    askFor(talk, task, "bin")
    return true
  }
  delete task.step
  await handOver(talk, "technician")
  return true
}

async function giveUp(
  talk: Talk,
  task: Task,
  reply: Parameters<typeof sayTrouble>[1],
): Promise<boolean> {
  delete task.step
  await sayTrouble(talk, reply, "insurance")
  return true
}
