/** The way from words to wishes: who is asked, who is believed, and what is written down of it. */
import assert from "node:assert/strict"
import { test } from "node:test"
import { VirtualClock } from "#core/clock.ts"
import { Outage } from "#core/fault.ts"
import { readWishes, type Step } from "./cascade.ts"
import { largeModel, localModel } from "./local-model/step.ts"

const question = { text: "open", expect: "request", language: "en" } as const

function step(name: string, read: Step["read"]): Step {
  return { name, budgetMs: 100, sureAt: 0.6, read }
}

const hears = (name: string, confidence: number) =>
  step(name, async () => ({ wishes: [{ intent: "hours", confidence }] }))
const silent = step("silent", async () => undefined)
const none = step("none", async () => ({ wishes: [] }))
const out = step("out", async () => {
  throw new Outage("language_down")
})

async function read(...steps: readonly Step[]) {
  const { wishes, tried } = await readWishes(steps, question, new VirtualClock(0))
  return { confidence: wishes[0]?.confidence, tried: tried.map(({ step, why }) => [step, why]) }
}

test("a step that is sure ends the search, and one that is not leaves it to the next", async () => {
  assert.deepEqual(await read(silent, hears("doubts", 0.4), hears("knows", 0.9), out), {
    confidence: 0.9,
    tried: [
      ["silent", "silent"],
      ["doubts", "unsure"],
      ["knows", "sure"],
    ],
  })
})

test("none of these is asked of the next, and is the answer when nobody is left", async () => {
  assert.equal((await read(none, hears("knows", 0.9))).confidence, 0.9)
  assert.deepEqual(await read(none), { confidence: undefined, tried: [["none", "unsure"]] })
})

test("when nobody is sure the likeliest guess goes on, with its doubt", async () => {
  assert.equal(
    (await read(hears("one", 0.3), hears("two", 0.5), hears("three", 0.2))).confidence,
    0.5,
  )
})

test("a model that is out is one more silence", async () => {
  assert.deepEqual(await read(hears("doubts", 0.4), out), {
    confidence: 0.4,
    tried: [
      ["doubts", "unsure"],
      ["out", "out"],
    ],
  })
})

test("what takes longer than its budget is not waited for", async () => {
  const clock = new VirtualClock(0)
  const never = step("never", () => new Promise(() => undefined))
  const reading = readWishes([hears("doubts", 0.4), never], question, clock)
  await new Promise(setImmediate)
  clock.advance(100)
  const { wishes, tried } = await reading
  assert.equal(wishes[0]?.confidence, 0.4)
  assert.deepEqual(tried[1], { step: "never", why: "late", ms: 100 })
})

test("a model is believed as far as it was measured, and an unmeasured one not at all", async () => {
  const answer = async () => '{"wishes":["refund","hours"]}'
  for (const model of ["tinyllama-1.1b", "a-model-nobody-measured"]) {
    const asked = await read(localModel({ model, ask: answer }), hears("next", 0.9))
    assert.deepEqual(asked.tried[0], ["local_model", "unsure"], model)
  }
})

test("an answer that is not what was asked for says nothing", async () => {
  for (const answer of ["", "refill", '{"wishes":["grant_admin"]}', '{"wish":"refill"}']) {
    const model = localModel({ model: "tinyllama-1.1b", ask: async () => answer })
    assert.deepEqual((await read(model)).tried, [["local_model", "silent"]], answer)
  }
})

test("a large model is asked when the small one is unsure, with more time and before the cloud", async () => {
  const asked: string[] = []
  const unsure = (model: string) => ({
    model,
    ask: async (_: string, msLeft: number) => {
      asked.push(`${model} ${msLeft}`)
      return '{"wishes":["refund"]}'
    },
  })
  const models = [localModel(unsure("small")), largeModel(unsure("large"))]
  const { tried } = await read(...models, hears("cloud", 0.9))
  assert.deepEqual(asked, ["small 2500", "large 5000"])
  assert.deepEqual(
    tried.map(([step]) => step),
    ["local_model", "large_model", "cloud"],
  )
})

test("all steps together have a time of their own, so that the turn is answered by somebody", async () => {
  const clock = new VirtualClock(0)
  const never = { ...step("never", () => new Promise(() => undefined)), budgetMs: 5_000 }
  const reading = readWishes([hears("doubts", 0.4), never, never, never], question, clock)
  for (const ms of [5_000, 3_000]) {
    await new Promise(setImmediate)
    clock.advance(ms)
  }
  const { wishes, tried } = await reading
  assert.equal(wishes[0]?.confidence, 0.4)
  assert.deepEqual(
    tried.map(({ ms }) => ms),
    [0, 5_000, 3_000],
  )
})

test("how a caller seems is told by whichever step can, and the gravest counts", async () => {
  const seems = (mood: "angry" | "confused") =>
    step(mood, async () => ({ wishes: [{ intent: "hours", confidence: 0.3 }], mood }))
  const clock = new VirtualClock(0)
  const { mood } = await readWishes([seems("angry"), seems("confused")], question, clock)
  assert.equal(mood, "angry")
})
