import assert from "node:assert/strict"
import { test } from "node:test"
import fc from "fast-check"
import { VirtualClock } from "#core/clock.ts"
import type { Expect } from "../intent/contract.ts"
import type { Turn } from "../modules/conversations/contract.ts"
import type { AskResult } from "./line.ts"
import { type TypedLine, typedLine } from "./typed-line.ts"

const START_MS = Date.UTC(2026, 10, 20, 15)
/** Nobody waits longer for anything: the longest silence, the watchdog, and their words. */
const PATIENCE_MS = 40_000

const act = fc.oneof(
  fc.record({
    do: fc.constant("say"),
    text: fc.constantFrom("yes", "mm-hm", "a refill and", "no"),
  }),
  fc.record({ do: fc.constant("noise"), text: fc.constant("") }),
  fc.record({ do: fc.constant("keys"), text: fc.constantFrom("0", "12", "5#") }),
)
const move = fc.record({ act, waitMs: fc.integer({ min: 0, max: 4_000 }) })
const answer = fc.record({
  afterMs: fc.constantFrom(10, 500, 3_000, 30_000),
  isDown: fc.boolean(),
  isProtected: fc.boolean(),
  expect: fc.constantFrom<Expect>("request", "yes_no", "rx_number", "message"),
  sentences: fc.integer({ min: 0, max: 3 }),
})
type Value<A> = A extends fc.Arbitrary<infer T> ? T : never
type Answer = Value<typeof answer>

/** Words that bridged a wait were cut off, and the answer that came was protected. */
const heldUnderWhatIsProtected: [Value<typeof move>[], Answer[]] = [
  [
    { act: { do: "keys", text: "0" }, waitMs: 1_881 },
    { act: { do: "noise", text: "" }, waitMs: 335 },
    { act: { do: "keys", text: "0" }, waitMs: 1_398 },
    { act: { do: "noise", text: "" }, waitMs: 206 },
  ],
  [
    { afterMs: 10, isDown: false, isProtected: false, expect: "request", sentences: 0 },
    { afterMs: 10, isDown: false, isProtected: false, expect: "request", sentences: 0 },
    { afterMs: 3_000, isDown: true, isProtected: false, expect: "request", sentences: 0 },
    { afterMs: 10, isDown: false, isProtected: true, expect: "request", sentences: 1 },
  ],
]

function turnOf(number: number, { sentences, isProtected, expect }: Answer): Turn {
  const say = Array.from({ length: sentences }, (_, at) => {
    const text = `This is sentence number ${at} of a longer answer.`
    return { reply: "test", text, spoken: text, fixed: true, protected: isProtected && at === 0 }
  })
  const plain = { next: "listen", recording: true, language: "en" } as const
  return { turn: number, say, expect, vocabulary: [], ...plain }
}

function perform(line: TypedLine, { do: what, text }: { do: string; text: string }): void {
  if (what === "say") line.say(text)
  else if (what === "keys") line.keys(text)
  else line.noise()
}

test("whatever is said, keyed or broken, the caller is never left in silence for good", async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.array(move, { maxLength: 8 }),
      fc.array(answer, { minLength: 1, maxLength: 6 }),
      async (moves, answers) => {
        let asked = 0
        const pick = () => answers[asked % answers.length]!
        const line = typedLine({
          clock: new VirtualClock(START_MS),
          answerMs: () => pick().afterMs,
          conversation: async (): Promise<AskResult> => {
            asked++
            const { isDown } = pick()
            return isDown
              ? { ok: false, isRetryable: true }
              : { ok: true, turn: turnOf(asked, pick()) }
          },
        })
        line.start()
        for (const { act, waitMs } of moves) {
          perform(line, act)
          await line.advance(waitMs)
        }
        const before = { asked, said: line.said.length }
        await line.advance(PATIENCE_MS)
        const isAlive = asked > before.asked || line.said.length > before.said
        assert.ok(isAlive || line.ended !== undefined, `left ${line.doing}`)
      },
    ),
    { numRuns: 1_000, examples: [heldUnderWhatIsProtected] },
  )
})
