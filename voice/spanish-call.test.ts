/** Calls in Spanish, on a line of text whose ears mishear. */
import assert from "node:assert/strict"
import { test } from "node:test"
import { VirtualClock } from "#core/clock.ts"
import type { Turn } from "../modules/conversations/contract.ts"
import type { Ask } from "./call/state.ts"
import { typedLine } from "./typed-line.ts"

const START_MS = Date.UTC(2026, 10, 20, 15)
const QUESTION = "¿En qué puedo ayudarle?"

function turn(number: number, text: string, more: Partial<Turn> = {}): Turn {
  const say = [{ reply: "test.line", text, spoken: text, fixed: true, protected: false }]
  const plain = { expect: "request", next: "listen", recording: true, language: "en" } as const
  return { turn: number, say, vocabulary: [], ...plain, ...more }
}

/** A line to a conversation that answers from a list, and what it was asked. */
function dial(turns: readonly Turn[]) {
  const asked: Ask[] = []
  const line = typedLine({
    clock: new VirtualClock(START_MS),
    conversation: async (ask) => {
      asked.push(ask)
      return { ok: true, turn: turns[asked.length - 1] ?? turn(asked.length, "¿Algo más?") }
    },
  })
  line.start()
  return { line, asked }
}

const heardBy = (asked: readonly Ask[]) =>
  asked.flatMap((ask) => (ask.kind === "hear" ? [ask.text] : []))

test("Spanish that sounded like no English is taken as Spanish", async () => {
  const { line, asked } = dial([turn(0, QUESTION), turn(1, "Claro.", { language: "es" })])
  await line.untilQuiet()
  const garbled = { heardAs: "Thank you for your money.", quickHeardAs: "They have a value" }
  line.say("tengo un dolor en el pecho", { ...garbled, spanish: "tengo un dolor en el pecho" })
  await line.untilQuiet()
  assert.deepEqual(heardBy(asked), ["tengo un dolor en el pecho"])
  assert.ok(
    line.said.some(({ reply }) => reply === "voice.wait"),
    "the wait is bridged",
  )
})

test("who cries out in Spanish in the middle of an English call is understood", async () => {
  const late = turn(6, "And what is your date of birth?", { expect: "date_of_birth" })
  const { line, asked } = dial([late])
  await line.untilQuiet()
  const garbled = {
    heardAs: "Me who is at almost do the pills",
    quickHeardAs: "Fast, the us of my toe",
  }
  const cry = "mi hijo se tomó todas las pastillas"
  line.say(cry, { ...garbled, spanish: cry })
  await line.untilQuiet()
  assert.deepEqual(heardBy(asked), [cry])
})

test("English that the ears heard differently is doubted once and stays English", async () => {
  const { line, asked } = dial([turn(0, QUESTION)])
  await line.untilQuiet()
  line.say("a refill", { heardAs: "a refill, please", quickHeardAs: "I worry fill" })
  await line.untilQuiet()
  assert.deepEqual(heardBy(asked), ["a refill, please"])
})

test("in a Spanish call the quick ear's words are nobody's words", async () => {
  const spanish = { language: "es" } as const
  const { line, asked } = dial([turn(0, QUESTION, { expect: "yes_no", ...spanish })])
  await line.untilQuiet()
  line.say("sí, por favor", { quickHeardAs: "See, poor favor", heardAs: "sí, por favor" })
  await line.untilQuiet()
  const [, ask] = asked
  assert.ok(ask?.kind === "hear" && ask.text === "sí, por favor" && ask.otherText === undefined)
})
