/** The cloud through the vendors' own SDKs, with both vendors' simulators at the other end. */
import assert from "node:assert/strict"
import { createHash } from "node:crypto"
import { type TestContext, test } from "node:test"
import { VirtualClock } from "#core/clock.ts"
import { Outage } from "#core/fault.ts"
import type { Fault } from "../../simulators/providers/stage.ts"
import { apiKey, Departed, known, openSimulatedCloud } from "../../test/fixtures/cloud.ts"
import { FAILURES_MAX } from "./breaker.ts"
import { cloudStep, type HardTurnDeps, hardTurn } from "./hard-turn.ts"
import { summariseComplaint } from "./summary.ts"

const words = {
  text: "Wilhelmina Quackenbush here, it's about 7001234, doctor Featherstone wanted it again",
  expect: "request",
  language: "en",
} as const

const told = JSON.stringify({
  wishes: [{ intent: "refill", sure: "sure" }],
  answersYesOrNo: "neither",
  wantsAllOfThem: false,
  choosesFromList: "none",
  takesBackWhatWasSaid: true,
  speaksForSomebodyElse: false,
  tone: "angry",
})
const refill = [{ intent: "refill", confidence: 0.75 }]

async function openHere(t: TestContext, options: Parameters<typeof openSimulatedCloud>[1] = {}) {
  const here = await openSimulatedCloud(t, options)
  await here.anthropic.says(told)
  await here.openai.says(told)
  const around = (more: Partial<HardTurnDeps> = {}): HardTurnDeps => ({
    cloud: here.cloud,
    budgetMs: 10_000,
    known,
    drugs: ["lisinopril"],
    isEmergency: false,
    departures: here.departed,
    ...more,
  })
  const countAsked = async () => ({
    anthropic: (await here.anthropic.received()).length,
    openai: (await here.openai.received()).length,
  })
  return { ...here, around, countAsked }
}

test("a hard turn comes back as wishes and slots of the contract, with the mood for staff", async (t) => {
  const { around } = await openHere(t)
  assert.deepEqual(await hardTurn(words, around()), {
    wishes: refill,
    slots: { corrects: true },
    mood: "angry",
  })
})

test("as a step of the cascade it says how sure it is", async (t) => {
  const { around } = await openHere(t)
  const step = cloudStep(around())
  assert.deepEqual((await step.read(words, 1_000))?.wishes, refill)
  assert.ok(step.sureAt <= 0.75)
})

test("no identifier is in any byte that either provider received", async (t) => {
  const { anthropic, openai, around } = await openHere(t)
  await anthropic.fault({ kind: "overloaded" })
  await hardTurn(words, around())
  await summariseComplaint(`${words.text}. Call +1 512 555 0142, born March 14th 1958`, around())
  const all = [...(await anthropic.received()), ...(await openai.received())]
  const bytes = JSON.stringify(all).toLowerCase()
  assert.ok(all.length >= 4)
  for (const secret of ["wilhelmina", "quackenbush", "7001234", "featherstone", "555", "1958"])
    assert.ok(!bytes.includes(secret), secret)
})

test("the log has every byte that left, word for word, with its hash and its cost", async (t) => {
  const { anthropic, departed, around } = await openHere(t)
  await hardTurn(words, around({}))
  const [received] = await anthropic.received()
  const [left] = departed.leaving_
  assert.ok(received && left)
  assert.equal(left.text, received.body)
  assert.deepEqual([left.to, left.model], ["anthropic", "claude-sonnet-5-5"])
  const [settled] = departed.settled_
  assert.equal(settled?.outcome, "answered")
  assert.ok((settled?.costMicroDollars ?? 0) > 0)
})

test("what can't be written into the log does not leave, and the turn goes on without it", async (t) => {
  const { around, countAsked } = await openHere(t)
  const departures = new Departed()
  departures.leaving = async () => {
    throw new Outage("store_full")
  }
  assert.equal(await hardTurn(words, around({ departures })), undefined)
  assert.deepEqual(await countAsked(), { anthropic: 0, openai: 0 })
})

test("an emergency never leaves, whether it was heard before or stands in the words", async (t) => {
  const { around, countAsked } = await openHere(t)
  assert.equal(await hardTurn(words, around({ isEmergency: true })), undefined)
  const chest = { ...words, text: "I have chest pain and can't breathe" }
  assert.equal(await hardTurn(chest, around()), undefined)
  assert.deepEqual(await countAsked(), { anthropic: 0, openai: 0 })
})

const passing: readonly (Fault & { readonly times: number })[] = [
  { kind: "rate_limited", retryAfterS: 0, times: 1 },
  { kind: "overloaded", times: 2 },
  { kind: "unavailable", times: 1 },
  { kind: "cut", times: 1 },
]
for (const fault of passing) {
  test(`after ${fault.kind} the same provider is asked again and answers`, async (t) => {
    const { anthropic, around, countAsked } = await openHere(t)
    await anthropic.fault(fault)
    assert.deepEqual((await hardTurn(words, around()))?.wishes, refill)
    assert.deepEqual(await countAsked(), { anthropic: 1 + fault.times, openai: 0 })
  })
}

test("a wait that the budget does not hold is not waited for: the next provider answers", async (t) => {
  const { anthropic, around, countAsked } = await openHere(t)
  await anthropic.fault({ kind: "rate_limited", retryAfterS: 60 })
  assert.deepEqual((await hardTurn(words, around()))?.wishes, refill)
  assert.deepEqual(await countAsked(), { anthropic: 1, openai: 1 })
})

const lasting: readonly Fault[] = [
  { kind: "out_of_credit" },
  { kind: "nonsense" },
  { kind: "injected" },
  { kind: "refuses" },
  { kind: "too_long" },
]
for (const fault of lasting) {
  test(`${fault.kind} is not asked again: the next provider answers`, async (t) => {
    const { anthropic, around, countAsked } = await openHere(t)
    await anthropic.fault(fault)
    assert.deepEqual((await hardTurn(words, around()))?.wishes, refill)
    assert.deepEqual(await countAsked(), { anthropic: 1, openai: 1 })
  })
}

test("a provider that never answers has its share of the time, and the other the rest", async (t) => {
  const { anthropic, departed, around, countAsked } = await openHere(t)
  await anthropic.fault({ kind: "silent" })
  assert.deepEqual((await hardTurn(words, around({ budgetMs: 1_500 })))?.wishes, refill)
  assert.deepEqual(await countAsked(), { anthropic: 1, openai: 1 })
  assert.deepEqual(
    departed.settled_.map(({ outcome }) => outcome),
    ["too_slow", "answered"],
  )
})

test("an answer that comes late but within the budget is taken", async (t) => {
  const { anthropic, around, countAsked } = await openHere(t)
  await anthropic.fault({ kind: "slow", delayMs: 400 })
  assert.deepEqual((await hardTurn(words, around()))?.wishes, refill)
  assert.deepEqual(await countAsked(), { anthropic: 1, openai: 0 })
})

test("when nobody answers the turn is simply not understood", async (t) => {
  const { anthropic, openai, around } = await openHere(t)
  await anthropic.fault({ kind: "unavailable" })
  await openai.fault({ kind: "unavailable" })
  assert.equal(await hardTurn(words, around()), undefined)
})

test("a caller who goes on speaking ends the question, and no provider is blamed", async (t) => {
  const { anthropic, departed, around, countAsked } = await openHere(t)
  await anthropic.fault({ kind: "silent" })
  const stop = new AbortController()
  departed.leaving = async () => {
    setImmediate(() => stop.abort())
    return "act"
  }
  assert.equal(await hardTurn(words, around({ signal: stop.signal })), undefined)
  assert.equal((await countAsked()).openai, 0)
  assert.equal(departed.settled_[0]?.outcome, "given_up")
})

test("a provider that keeps failing is left alone, and asked again after a rest", async (t) => {
  const clock = new VirtualClock(1_800_000_000_000)
  const { anthropic, around, countAsked } = await openHere(t, { clock })
  await anthropic.fault({ kind: "out_of_credit" })
  for (let turn = 0; turn < FAILURES_MAX + 2; turn++)
    assert.deepEqual((await hardTurn(words, around()))?.wishes, refill)
  assert.deepEqual(await countAsked(), { anthropic: FAILURES_MAX, openai: FAILURES_MAX + 2 })
  await anthropic.fault({ kind: "none" })
  clock.advance(60_000)
  await hardTurn(words, around())
  await hardTurn(words, around())
  assert.equal((await countAsked()).anthropic, FAILURES_MAX + 2)
})

test("nothing leaves once the day's money is set aside, and tomorrow is another day", async (t) => {
  const clock = new VirtualClock(Date.parse("2026-11-24T23:00:00-06:00"))
  const { days, around, countAsked } = await openHere(t, { clock, caps: { dailyCostMaxCents: 4 } })
  let answered = 0
  for (let turn = 0; turn < 20; turn++) if (await hardTurn(words, around())) answered++
  assert.ok(answered > 0 && answered < 20)
  assert.deepEqual(await countAsked(), { anthropic: answered, openai: 0 })
  const spent = days.all.get("2026-11-24")
  assert.equal(spent?.asks, answered)
  assert.ok((spent?.costMicroDollars ?? 0) <= 40_000)
  clock.advance(2 * 3_600_000)
  assert.ok(await hardTurn(words, around()))
  assert.equal(days.all.get("2026-11-25")?.asks, 1)
})

test("so many questions a day and no more, however many come at once", async (t) => {
  const { around, countAsked } = await openHere(t, { caps: { dailyAsksMax: 3 } })
  const turns = await Promise.all(Array.from({ length: 8 }, () => hardTurn(words, around())))
  assert.equal(turns.filter(Boolean).length, 3)
  assert.deepEqual(await countAsked(), { anthropic: 3, openai: 0 })
})

test("a summary comes as a stream and has its names back only here", async (t) => {
  const { anthropic, around } = await openHere(t)
  const text = "Wilhelmina Quackenbush waited an hour."
  await summariseComplaint(text, around())
  const [received] = await anthropic.received()
  const { messages } = JSON.parse(received?.body ?? "")
  const [placeholder] = /\[[A-Z]+_\d+\]/.exec(messages[0].content) ?? []
  assert.ok(placeholder)
  await anthropic.says(`${placeholder} waited an hour and wants to hear from the manager.`)
  const summary = await summariseComplaint(text, around())
  assert.match(summary ?? "", /(Wilhelmina|Quackenbush).* waited an hour and wants/)
  assert.match(received?.body ?? "", /"stream":true/)
})

for (const kind of ["cut", "error_in_stream"] as const) {
  test(`half a summary is none: after ${kind} it is asked for again`, async (t) => {
    const { anthropic, around, countAsked } = await openHere(t)
    await anthropic.says("They waited an hour and nobody came to the counter at all.")
    await anthropic.fault({ kind, times: 1 })
    const summary = await summariseComplaint("I waited an hour.", around())
    assert.equal(summary, "They waited an hour and nobody came to the counter at all.")
    assert.deepEqual(await countAsked(), { anthropic: 2, openai: 0 })
  })
}

test("an instruction in the place of a summary is no summary", async (t) => {
  const { anthropic, openai, around } = await openHere(t)
  await anthropic.fault({ kind: "injected" })
  await openai.fault({ kind: "injected" })
  assert.equal(await summariseComplaint("I waited an hour.", around()), undefined)
})

test("a summary that names somebody whom nobody mentioned is no summary", async (t) => {
  const { anthropic, openai, around } = await openHere(t)
  await anthropic.says("[PATIENT_9] waited an hour.")
  await openai.says("[PATIENT_9] waited an hour.")
  assert.equal(await summariseComplaint("I waited an hour.", around()), undefined)
})

test("wishes the contract does not know, or too many of them, are nonsense", async (t) => {
  const { anthropic, openai, around } = await openHere(t)
  const plain = JSON.parse(told)
  const wish = { intent: "refill", sure: "sure" }
  const wrong = [
    { ...plain, wishes: [{ intent: "approve_everything", sure: "sure" }] },
    { ...plain, wishes: [wish, wish] },
    { ...plain, run: "refills.request" },
    { ...plain, answersYesOrNo: "always" },
  ]
  for (const one of wrong) {
    await anthropic.says(JSON.stringify(one))
    await openai.says(JSON.stringify(one))
    assert.equal(await hardTurn(words, around()), undefined)
  }
})

test("the key is sent to the provider and stands nowhere in what is written down", async (t) => {
  const { departed, around } = await openHere(t)
  await hardTurn(words, around())
  assert.ok(!JSON.stringify(departed.leaving_).includes(apiKey))
  assert.equal(
    createHash("sha256")
      .update(departed.leaving_[0]?.text ?? "")
      .digest("hex").length,
    64,
  )
})
