/** What is not borne out by an answer of this turn, or must never be said, is not spoken. */
import assert from "node:assert/strict"
import { test } from "node:test"
import type { Log, LogValue } from "#core/log.ts"
import type { Line, Sentence } from "../../intent/contract.ts"
import { Evidence } from "./evidence.ts"
import { sentencesOf } from "./saying.ts"
import type { State } from "./state.ts"
import { Talk } from "./talk.ts"
import { beginning } from "./turns.ts"
import type { World } from "./world.ts"

const answers = [
  { rxNumber: "7000001", drugName: "Lisinopril 10 mg tab", copayCents: 1_250, readAtMs: 99_900 },
  { plainName: "Lisinopril", isSensitive: false },
  { lastFilledOn: "2026-11-19" },
  { opens: "09:00", closes: "18:00" },
]

function bears(values: NonNullable<Line["values"]>, answered: unknown = answers): boolean {
  const evidence = new Evidence()
  evidence.note(answered)
  return evidence.bears({ reply: "status.ready", values })
}

test("a fact that a command answered may be told", () => {
  assert.ok(bears({ drug: "Lisinopril", money: 1_250 }))
  assert.ok(bears({ drug: "prescription ending in 0001", day: "2026-11-19" }))
  assert.ok(bears({ digits1: "0001", count: 4, close: "18:00", day: "today" }))
  assert.ok(bears({ hours: "Monday to Friday 9 AM to 6 PM; Sunday closed" }))
  const two = [{ plainName: "Lisinopril" }, { plainName: "Metformin" }]
  assert.ok(bears({ drugs: "Lisinopril or Metformin" }, two))
})

const unfounded: Readonly<Record<string, NonNullable<Line["values"]>>> = {
  "a price": { money: 1_249 },
  "a number that is no price": { money: 99_900 },
  "a drug": { drug: "Metformin" },
  "a drug with more after it": { drug: "Lisinopril, two a day" },
  "a list with a stranger": { drugs: "Lisinopril or Metformin" },
  "a day": { day: "2026-11-20" },
  "a time": { time: "17:30" },
  "opening hours": { hours: "Monday to Friday 9 AM to 7 PM" },
  "the end of another number": { digits1: "0002" },
  "more of them than there are": { count: 5 },
}

test("a fact that no command answered is red, whatever kind it is", () => {
  for (const [what, values] of Object.entries(unfounded)) assert.equal(bears(values), false, what)
  assert.equal(bears({ day: "today" }, [{ plainName: "Lisinopril" }]), false)
})

const neverSaid = "advice"

function talkOf(lines: readonly Line[], said: readonly Line[] = []) {
  const logged: (Readonly<Record<string, LogValue>> | undefined)[] = []
  const promised: string[] = []
  const silence = () => undefined
  const log: Log = {
    ...{ debug: silence, info: silence, warn: silence, child: () => log },
    error: (_, fields) => void logged.push(fields),
  }
  const evidence = new Evidence()
  evidence.note(answers)
  const isSayable = ({ reply }: Line) => reply !== neverSaid
  const world = {
    bears: (line) => evidence.bears(line),
    maySay: async (line) => isSayable(line),
    phrase: async (all) => (all.every(isSayable) ? all.map(spoken) : undefined),
    promiseCallback: async (_, about) => void promised.push(about),
  } satisfies Partial<World>
  const state: State = {
    ...structuredClone({ ...beginning, about: ["status"], said: [...said] }),
    ...{ conversation: "c1", channel: "phone", language: "en", openedAtMs: 0, isRecording: true },
  }
  const talk = new Talk(state, world as Partial<World> as World)
  talk.lines.push(...lines)
  return { talk, log, logged, promised }
}

const spoken = ({ reply }: Line): Sentence => ({
  ...{ reply, text: reply, spoken: reply, fixed: true, protected: false },
})

test("a sentence that is not fit to be said makes way for a safe one, a callback and a defect", async () => {
  const ready = { reply: "status.ready", values: { drug: "Lisinopril", money: 1_250 } }
  const invented = { reply: "status.ready", values: { drug: "Lisinopril", money: 1 } }
  for (const [line, why] of [
    [invented, "no_evidence"],
    [{ reply: neverSaid }, "never_say"],
  ] as const) {
    const { talk, log, logged, promised } = talkOf([ready, line])
    const said = await sentencesOf(talk, log)
    assert.deepEqual(
      said.map(({ reply }) => reply),
      ["status.ready", "trouble.module"],
    )
    assert.deepEqual(promised, ["status"])
    // No value of anybody is in the log: the name of the sentence, and why.
    assert.deepEqual(logged, [{ reply: line.reply, why }])
  }
})

test("what was told in the turn before is told again on request", async () => {
  const told = { reply: "status.ready", values: { drug: "Metformin", money: 700 } }
  const { talk, log, logged } = talkOf([told], [told])
  assert.equal((await sentencesOf(talk, log)).length, 1)
  assert.deepEqual(logged, [])
})
