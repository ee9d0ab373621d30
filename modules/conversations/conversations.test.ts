import assert from "node:assert/strict"
import { type TestContext, test } from "node:test"
import { type House, openHouse } from "../../test/house.ts"
import { until } from "../../test/telephone.ts"
import type { UnderstoodTurn } from "../transcripts/contract.ts"
import type { Turn } from "./contract.ts"

const modules = [
  ...[
    "callbacks",
    "calls",
    "complaints",
    "consents",
    "controlled-substances",
    "conversations",
    "drugs",
    "emergencies",
    "intent",
  ],
  ...["messaging", "patients", "pms", "prescribers", "prescriptions", "refills", "store-info"],
  ...["transfers"],
  ...["transcripts", "verification", "work-queue"],
]
/** A Friday forenoon at the pharmacy. */
const moment = { today: "2026-11-20", nowMs: Date.UTC(2026, 10, 20, 16, 30) }
const environment = { TWILIO_ACCOUNT_SID: `AC${"4".repeat(32)}`, TWILIO_AUTH_TOKEN: "a token" }

const verifying = ["James Carter, March 14, 1958", "7 7 1 0 1"]
let count = 0

/** Opens a call and says these, one after the other. */
async function call(house: House, ...words: readonly string[]) {
  const conversation = `call-${count++}`
  const from = "+15125550100"
  let { value: turn } = await house.ask<Turn>("conversations.open", {
    ...{ conversation, channel: "phone", from },
  })
  for (const text of words) turn = await hear(house, conversation, turn.turn, text)
  return { conversation, turn }
}

async function hear(house: House, conversation: string, turn: number, text: string) {
  const said = { text, source: "typed", confidence: 1 }
  const reply = await house.ask<Turn>("conversations.hear", { conversation, turn, ...said })
  assert.equal(reply.kind, "done")
  return reply.value
}

async function text(
  house: House,
  body: string,
  message: string,
  from = "+15125550107",
): Promise<string | undefined> {
  const reply = await house.ask<{ reply?: string }>("conversations.text", { message, from, body })
  return reply.value.reply
}

interface Items {
  readonly items: readonly { readonly row: string; readonly context: Record<string, unknown> }[]
}

async function itemsOf(house: House, conversation: string) {
  const reply = await house.asStaff("pharmacist", "work-queue.list")
  assert.equal(reply.kind, "done")
  const { items } = (reply as { value: Items }).value
  return items.filter(({ context }) => context.conversation === conversation)
}

const sayOf = ({ say }: Turn) => say.map(({ text }) => text).join(" ")

test("conversations in the house", async (t) => {
  const house = await openHouse(t, { only: modules, ...moment, environment })
  await onceOnly(t, house)
  await told(t, house)
  await noted(t, house)
  await failing(t, house)
  await texting(t, house)
  await greeted(t, house)
})

async function greeted(t: TestContext, house: House): Promise<void> {
  const open = async () => sayOf((await call(house)).turn)
  const change = async (parts: object) => {
    const { value } = (await house.asStaff("manager", "store-info.setUp")) as { value: unknown }
    const { revision } = value as { revision: number }
    const input = { revision, reason: "A new sign.", parts }
    assert.equal((await house.asStaff("manager", "store-info.change", input)).kind, "done")
  }

  await t.test(
    "the next call begins with the pharmacy's own words, then says what it is",
    async () => {
      await change({ greeting: { en: "Welcome to Willow Street Pharmacy, glad you call." } })
      await until("the own words are said", async () =>
        (await open()).startsWith("Welcome to Willow Street Pharmacy, glad"),
      )
      assert.match(
        await open(),
        /glad you call\. I'm an automated assistant, and this call is recorded/,
      )
    },
  )

  await t.test("words that go too far are not said, and the house greets as usual", async () => {
    await change({ greeting: { en: "Willow Street Pharmacy, now with cheaper atorvastatin." } })
    assert.match(await open(), /^Thank you for calling Willow Street Pharmacy\. I'm an automated/)
  })

  await t.test("a fact that was changed is told to the next caller who asks", async () => {
    const says = { en: "The restroom is beside the register.", es: "El baño está junto a la caja." }
    const fact = { topic: "restroom", says, source: "Dana Whitfield", since: "2026-11-01" }
    await change({ facts: [fact] })
    await until("the new fact is told", async () => {
      const { turn } = await call(house, "do you have a restroom")
      return sayOf(turn).startsWith(says.en)
    })
  })
}

async function onceOnly(t: TestContext, house: House): Promise<void> {
  await t.test("a turn asked for twice is answered the same and acts once", async () => {
    const asked = await call(house, "refill my lisinopril", ...verifying)
    const { conversation, turn } = asked
    const [first, again] = await Promise.all([
      hear(house, conversation, turn.turn, "yes"),
      hear(house, conversation, turn.turn, "yes"),
    ])
    const late = await hear(house, conversation, turn.turn, "yes")
    assert.deepEqual(again, first)
    assert.deepEqual(late, first)
    const submitted = (await house.submissions()).filter(({ rx }) => rx === "7001235")
    assert.equal(submitted.length, 1)
  })

  await t.test("a call that comes back hears the last question again", async () => {
    const { conversation, turn } = await call(house, "I need a refill")
    const resumed = { conversation, channel: "phone", resumed: true }
    const { value } = await house.ask<Turn>("conversations.open", resumed)
    assert.match(sayOf(value), /cut off.*full name/)
    assert.equal(value.expect, turn.expect)
  })
}

async function noted(t: TestContext, house: House): Promise<void> {
  await t.test("staff see how a caller seems, in the item and among the calls", async () => {
    await house.ask("calls.begin", { call: `call-${count}`, from: "+15125550100" })
    const words = "I'm really confused, I want a refund for yesterday"
    const { conversation } = await call(house, words, ...verifying)
    const [item] = await itemsOf(house, conversation)
    assert.equal(item?.context.mood, "confused")
    const moodOf = async () => {
      const reply = await house.asStaff("technician", "calls.get", { call: conversation })
      return (reply as { value: { mood?: string } }).value.mood
    }
    await until("the call is flagged", async () => (await moodOf()) === "confused")
  })

  await t.test("an item has a line beside the words, and a model's in its place", async () => {
    const { conversation } = await call(house, "I want a refund for yesterday", ...verifying)
    const summaryOf = async () => (await itemsOf(house, conversation))[0]?.context.summary
    assert.deepEqual(await summaryOf(), { text: "Wants a refund.", madeBy: "rules" })
    const text = "Refund for yesterday."
    await house.ask("work-queue.summarise", { conversation, text })
    assert.deepEqual(await summaryOf(), { text, madeBy: "model" })
  })
}

async function told(t: TestContext, house: House): Promise<void> {
  await t.test("two requests of one breath are two items", async () => {
    const words = "I have an insurance question. And is it okay to cut my lisinopril in half?"
    const { conversation } = await call(house, words, ...verifying)
    const rows = (await itemsOf(house, conversation)).map(({ row }) => row)
    assert.deepEqual(rows.toSorted(), ["clinical_consultation", "insurance_question"])
  })

  await t.test("whoever decides sees who asked, how they proved it, and their words", async () => {
    const { conversation } = await call(house, "I want a refund for yesterday", ...verifying)
    const [item] = await itemsOf(house, conversation)
    assert.equal(item?.context.patient, "1001")
    assert.equal(item?.context.patientName, "James Carter")
    assert.deepEqual(item?.context.verifiedBy, ["name", "date_of_birth", "zip"])
    assert.equal(item?.context.phone, "+15125550100")
    assert.match(String(item?.context.words), /refund for yesterday/)
  })

  await t.test("staff see a Spanish caller's own words, and that they speak Spanish", async () => {
    const born = "soy James Carter y nací el 14 de marzo de 1958"
    const { conversation } = await call(house, "quiero que me devuelvan mi dinero", born, "77101")
    const [item] = await itemsOf(house, conversation)
    assert.equal(item?.context.language, "es")
    assert.match(String(item?.context.words), /devuelvan mi dinero/)
    const shown = await house.asStaff("technician", "conversations.get", { conversation })
    assert.equal((shown as { value: { language: string } }).value.language, "es")
  })

  await t.test(
    "the verified caller's drugs are told to the ears, but not while digits are due",
    async () => {
      const { turn } = await call(house, "I need a refill")
      assert.deepEqual(turn.vocabulary, [])
      const asked = await call(house, "I need a refill", ...verifying)
      assert.deepEqual(asked.turn.vocabulary, ["atorvastatin", "lisinopril", "metformin"])
    },
  )

  await t.test("staff see how far a conversation is", async () => {
    const { conversation } = await call(house, "I need a refill", ...verifying)
    const reply = await house.asStaff("technician", "conversations.get", { conversation })
    assert.equal(reply.kind, "done")
    const { identity, about, step } = (reply as { value: Record<string, unknown> }).value
    assert.deepEqual(
      { identity, about, step },
      { identity: "verified", about: ["refill"], step: "which" },
    )
  })
}

async function failing(t: TestContext, house: House): Promise<void> {
  await t.test(
    "the pharmacy system that fails between a yes and the refill is told honestly",
    async () => {
      const { conversation, turn } = await call(house, "refill my metformin", ...verifying)
      await house.pmsFault({ mode: "down" })
      const after = await hear(house, conversation, turn.turn, "yes")
      await house.pmsFault({ mode: "ok" })
      assert.match(sayOf(after), /does not answer right now.*call you back/)
      assert.deepEqual(
        (await house.submissions()).filter(({ rx }) => rx === "7001236"),
        [],
      )
      const owed = await house.asStaff("technician", "callbacks.list")
      const { callbacks } = (owed as { value: { callbacks: { conversation?: string }[] } }).value
      assert.ok(callbacks.some((one) => one.conversation === conversation))
    },
  )

  await t.test("an answer that was lost after the refill was taken is found again", async () => {
    const { conversation, turn } = await call(house, "refill my metformin", ...verifying)
    await house.pmsFault({ mode: "ok", sequence: ["drop_after_accept"], only: "/api/refills" })
    await hear(house, conversation, turn.turn, "yes")
    await house.pmsFault({ mode: "ok" })
    const submitted = (await house.submissions()).filter(({ rx }) => rx === "7001236")
    assert.equal(submitted.length, 1)
  })
}

async function texting(t: TestContext, house: House): Promise<void> {
  await t.test("a text is answered once, by the same engine, and stop is honoured", async () => {
    const first = await text(house, "what time do you close today", "SM1")
    assert.match(String(first), /automated assistant.*until 6 PM/)
    assert.equal(await text(house, "what time do you close today", "SM1"), first)
    assert.match(String(await text(house, "is my medicine ready", "SM2")), /full name/)
    assert.match(String(await text(house, "STOP", "SM3")), /no more messages/)
    assert.equal(await text(house, "what time do you close", "SM4"), undefined)
    assert.match(String(await text(house, "START", "SM5")), /on again/)
  })

  await t.test("who texts in Spanish is answered in Spanish from the greeting on", async () => {
    const from = "+15125550177"
    const reply = await text(house, "hola, ¿a qué hora cierran hoy?", "SM20", from)
    assert.match(String(reply), /asistente automático.*For English.*hasta las 6 PM.*algo más/)
    assert.match(String(await text(house, "no, es todo", "SM21", from)), /Hasta luego/)
    const english = await text(house, "what time do you close today", "SM22", "+15125550178")
    assert.match(String(english), /Para español, responda ESPAÑOL/)
  })

  await t.test("who stops answering texts has had what anybody may have", async () => {
    const body = "refill please, i have a question about my insurance, and when do you close"
    const reply = String(await text(house, body, "SM30", "+15125550179"))
    assert.match(reply, /insurance question to a technician.*until 6 PM.*your full name/)
  })

  await t.test("danger in a text is answered with 911 and put before the pharmacist", async () => {
    assert.match(String(await text(house, "I have chest pain and cant breathe", "SM6")), /911/)
    const reply = await house.asStaff("pharmacist", "emergencies.list")
    const { emergencies } = (reply as { value: { emergencies: { family: string }[] } }).value
    assert.equal(emergencies[0]?.family, "heart_stroke_breathing")
  })
}

test("how each utterance was understood is kept for staff who wonder", async (t) => {
  const house = await openHouse(t, { ...moment, only: modules, environment })
  const { conversation } = await call(house, "what time do you close today")
  await until("the turn is written down", async () => {
    const reply = await house.asStaff("technician", "transcripts.get", { conversation })
    const { turns } = (reply as { value: { turns?: readonly UnderstoodTurn[] } }).value
    const [first] = turns ?? []
    return first?.wishes[0]?.intent === "hours" && first.tried.at(-1)?.why === "sure"
  })
})
