/** Texts through the contract, with the carrier at its real wire format on the other side. */
import assert from "node:assert/strict"
import { type TestContext, test } from "node:test"
import { TwilioCloud } from "../../simulators/twilio/cloud.ts"
import { startRest } from "../../simulators/twilio/rest.ts"
import { type House, openHouse } from "../../test/house.ts"
import { keywordIn } from "./keywords.ts"

const only = ["messaging", "intent"]
const proving = [...only, "verification", "patients", "consents", "pms"]
const from = "+15125550123"
const account = { accountSid: `AC${"1".repeat(32)}`, authToken: "2".repeat(32) }

async function texting(t: TestContext, modules = only) {
  const cloud = new TwilioCloud({ ...account, speak: async () => new Uint8Array() })
  const rest = await startRest(cloud, 0)
  t.after(async () => {
    await rest.close()
    await cloud.close()
  })
  const house = await openHouse(t, {
    only: modules,
    environment: {
      TWILIO_ACCOUNT_SID: account.accountSid,
      TWILIO_AUTH_TOKEN: account.authToken,
      TWILIO_API_BASE: rest.url,
    },
  })
  let messages = 0
  const receive = (body: string, message = `SM${messages++}`) =>
    house.ask<Received>("messaging.receive", { message, from, body })
  return { house, cloud, receive }
}

interface Received {
  readonly kind: string
  readonly reply?: string
  readonly conversation?: string
}
interface Shown {
  readonly optedOut: boolean
  readonly messages: readonly { readonly text: string; readonly status?: string }[]
}

async function read<T>(house: House, command: string, input: unknown = {}): Promise<T> {
  const reply = await house.asStaff("technician", `messaging.${command}`, input)
  assert.ok(reply.kind === "done")
  return reply.value as T
}

/** What still stands in the thread with our number. */
async function thread(house: House) {
  const { messages, optedOut } = await read<Shown>(house, "thread", { phone: from })
  return { texts: messages.map(({ text }) => text), optedOut }
}

/** James Carter proves who he is; what hears of it writes it down a moment later. */
async function prove(house: House, conversation = "") {
  await house.host.identities.openConversation(conversation, "sms")
  const james = { firstName: "James", lastName: "Carter", datesOfBirth: ["1958-03-14"] }
  await house.ask("verification.offer", { conversation, ...james, zip: "77101" })
  const messages = house.store.collection("messaging.messages")
  while (messages.count({ where: { whose: conversation } }) > 0)
    await new Promise((resolve) => setImmediate(resolve))
}

test("STOP is answered once, and after it nothing goes out and nothing is answered", async (t) => {
  const { house, receive } = await texting(t)
  const stopped = await receive("Stop.")
  assert.equal(stopped.value.kind, "fixed")
  assert.match(stopped.value.reply ?? "", /no more messages/i)
  assert.equal((await receive("STOP")).value.kind, "silent")
  assert.equal((await receive("is my refill ready")).value.kind, "silent")
  const sent = await house.ask("messaging.send", { to: from, text: "Please call us." })
  assert.equal((sent as { code?: string }).code, "opted_out")
})

test("ALTO is answered in Spanish, and after it nothing goes out until ALTA", async (t) => {
  const { house, receive } = await texting(t)
  assert.match((await receive("Alto")).value.reply ?? "", /ya no va a recibir mensajes/i)
  assert.equal((await receive("¿ya está mi receta?")).value.kind, "silent")
  const sent = await house.ask("messaging.send", { to: from, text: "Llámenos, por favor." })
  assert.equal((sent as { code?: string }).code, "opted_out")
  assert.match((await receive("AYUDA")).value.reply ?? "", /512-555-01/)
  assert.match((await receive("alta")).value.reply ?? "", /otra vez/i)
  assert.equal((await receive("¿ya está mi receta?")).value.kind, "converse")
})

test("START lets messages through again", async (t) => {
  const { house, receive } = await texting(t)
  await receive("unsubscribe")
  assert.equal((await receive("START")).value.kind, "fixed")
  assert.equal((await receive("is my refill ready")).value.kind, "converse")
  const sent = await house.ask("messaging.send", { to: from, text: "Please call us." })
  assert.equal(sent.kind, "done")
})

test("HELP tells who we are and how to reach a person, also somebody who opted out", async (t) => {
  const { receive } = await texting(t)
  await receive("STOP")
  const help = await receive("help")
  assert.match(help.value.reply ?? "", /Willow Street Pharmacy/)
  assert.match(help.value.reply ?? "", /512-555-01/)
})

test("a message the carrier delivers twice is answered the same and taken once", async (t) => {
  const { house, receive } = await texting(t)
  await receive("refill please", "SM7")
  await house.ask("messaging.answered", { message: "SM7", reply: "Which one?" })
  const again = await receive("refill please", "SM7")
  assert.deepEqual(again.value, { kind: "fixed", reply: "Which one?" })
  const thread = await house.asStaff("technician", "messaging.thread", { phone: from })
  assert.ok(thread.kind === "done")
  assert.equal((thread.value as { messages: unknown[] }).messages.length, 1)
})

test("a message the carrier delivers twice at the same moment is taken once", async (t) => {
  const { house, receive } = await texting(t)
  const both = await Promise.all([receive("refill please", "SM7"), receive("refill please", "SM7")])
  assert.deepEqual(
    both.map(({ value }) => value.kind),
    ["converse", "silent"],
  )
  assert.deepEqual((await thread(house)).texts, ["refill please"])
})

test("who says in a call that texts are to stop gets none, and may start them again by text", async (t) => {
  const { house, receive } = await texting(t)
  const text = { to: from, text: "Please call us." }
  await house.ask("messaging.stopByVoice", { phone: from })
  assert.equal(((await house.ask("messaging.send", text)) as { code?: string }).code, "opted_out")
  await receive("START")
  assert.equal((await house.ask("messaging.send", text)).kind, "done")
})

test("a text goes with whom it was for, also at a number that two share, and STOP outlives them", async (t) => {
  const { house, receive } = await texting(t)
  const theirs = { to: from, text: "A prescription is ready.", patient: "1001" }
  const sent = await house.ask<{ message: string }>("messaging.send", theirs)
  await house.ask("messaging.send", { to: from, text: "Please call us.", patient: "1002" })
  await receive("STOP")
  await house.store.erasePatient("1001")
  const left = { texts: ["Please call us.", "STOP"], optedOut: true }
  assert.deepEqual(await thread(house), left)
  const { message } = sent.value
  await house.ask("messaging.delivered", { message, status: "delivered" })
  assert.deepEqual((await house.ask("messaging.fate", { message })).value, {})
  assert.deepEqual(await thread(house), left)
  const late = await house.ask("messaging.send", { ...theirs, patient: "1002" })
  assert.equal((late as { code?: string }).code, "opted_out")
})

test("a conversation is from its first word the patient's who proves in it who they are", async (t) => {
  const { house, receive } = await texting(t, proving)
  const { conversation } = (await receive("my sertraline please", "SM1")).value
  await house.ask("messaging.answered", { message: "SM1", reply: "Who is it for?" })
  await prove(house, conversation)
  assert.equal((await receive("the large pack", "SM2")).value.conversation, conversation)
  const mine = { phone: from, text: "Yes, James." }
  assert.equal((await house.asStaff("technician", "messaging.write", mine)).kind, "done")
  assert.equal((await thread(house)).texts.length, 3)

  await house.store.erasePatient("1001")
  assert.deepEqual(await thread(house), { texts: [], optedOut: false })
  assert.deepEqual(await read(house, "threads"), { threads: [] })
})

test("whoever was erased writes again as a stranger, and what they are sent is kept without words", async (t) => {
  const { house, receive } = await texting(t, proving)
  const { conversation } = (await receive("hello", "SM1")).value
  await prove(house, conversation)
  const owner = { patient: "1001", phones: [] }
  const kept = await house.ask("messaging.destroy", owner)
  assert.deepEqual(kept.value, { conversations: [conversation] })
  for (const erased of [conversation ?? "", "1001"]) await house.store.erasePatient(erased)

  const again = await receive("hello again", "SM2")
  assert.equal(again.value.kind, "converse")
  assert.notEqual(again.value.conversation, conversation)
  const late = { to: from, text: "Your code is 123456.", patient: "1001" }
  assert.equal((await house.ask("messaging.send", late)).kind, "done")
  assert.deepEqual((await thread(house)).texts, ["hello again", ""])
})

test("what earlier versions wrote is read, and is destroyed with whose number it is", async (t) => {
  const { house, receive } = await texting(t)
  const old = { message: "SM1", phone: from, direction: "in", text: "is it ready", atMs: 1_000 }
  await house.store.write("messaging", [{ put: "messages", id: "SM1", doc: old }])
  assert.equal((await receive("is it ready", "SM1")).value.kind, "silent")
  assert.deepEqual((await thread(house)).texts, ["is it ready"])
  await house.ask("messaging.destroy", { patient: "1001", phones: [] })
  assert.deepEqual((await thread(house)).texts, ["is it ready"])
  await house.ask("messaging.destroy", { patient: "1001", phones: [from] })
  assert.deepEqual((await thread(house)).texts, [])
})

test("the number of whoever is erased is kept if it said stop, and only then", async (t) => {
  const { house, receive } = await texting(t)
  const erased = { patient: "1001", phones: [from] }
  const numbers = () => house.store.collection("messaging.threads").count({})
  await receive("STOP")
  await house.ask("messaging.destroy", erased)
  assert.equal(numbers(), 1)
  await receive("START")
  await house.ask("messaging.destroy", erased)
  assert.equal(numbers(), 0)
})

test("a number in the thread goes on with the same conversation within the hour", async (t) => {
  const { receive } = await texting(t)
  const first = (await receive("hello")).value as { conversation?: string; isNew?: boolean }
  const second = (await receive("refill")).value as { conversation?: string; isNew?: boolean }
  assert.deepEqual([first.isNew, second.isNew], [true, false])
  assert.equal(first.conversation, second.conversation)
})

test("a carrier that knows of an opt-out we do not know of is believed, and not asked again", async (t) => {
  const { house, cloud } = await texting(t)
  const smsUrl = "http://127.0.0.1:9/nobody-listens"
  await cloud.sendSms({ from, to: "+15125550197", body: "STOP", smsUrl }).catch(() => undefined)
  const sent = await house.ask("messaging.send", { to: from, text: "Please call us." })
  assert.equal((sent as { code?: string }).code, "opted_out")
})

test("staff read who wrote last, write back under their name, and see that it was delivered", async (t) => {
  const { house, receive } = await texting(t)
  await receive("is my refill ready", "SM1")
  const other = { phone: "+15125550124", text: "Your order is at the counter." }
  assert.equal((await house.asStaff("technician", "messaging.write", other)).kind, "done")
  const mine = { phone: from, text: "Yes, come by." }
  const reply = await house.asStaff("pharmacist", "messaging.write", mine)
  assert.ok(reply.kind === "done")
  const { message } = reply.value as { message: string }
  await house.ask("messaging.delivered", { message, status: "delivered" })

  const listed = await house.asStaff("technician", "messaging.threads", {})
  assert.ok(listed.kind === "done")
  const { threads } = listed.value as { threads: { phone: string; text: string }[] }
  assert.deepEqual(
    threads.map(({ phone, text }) => [phone, text]),
    [
      [from, mine.text],
      [other.phone, other.text],
    ],
  )
  const read = await house.asStaff("technician", "messaging.thread", { phone: from })
  assert.ok(read.kind === "done")
  const { messages } = read.value as { messages: { by?: string; status?: string }[] }
  assert.deepEqual(
    messages.map(({ by, status }) => [by, status]),
    [
      [undefined, undefined],
      ["the-pharmacist", "delivered"],
    ],
  )
  await receive("STOP")
  const late = await house.asStaff("technician", "messaging.write", mine)
  assert.equal(late.kind === "fault" && late.code, "opted_out")
  assert.equal((await house.asCaller("1001", "messaging.write", mine)).kind, "refused")
})

for (const [body, keyword, language = "en"] of [
  ["STOP", "stop"],
  ["stop all of this please", undefined],
  ["Please stop texting me", "stop"],
  ["don't text me again", "stop"],
  ["no me manden mensajes", "stop", "es"],
  ["ALTO", "stop", "es"],
  ["Pare", "stop", "es"],
  ["BAJA.", "stop", "es"],
  ["No más", "stop", "es"],
  ["por favor dejen de mandarme textos", "stop", "es"],
  ["ya no quiero recibir mensajes", "stop", "es"],
  ["para mi mamá, por favor", undefined],
  ["quiero cancelar mi pedido", undefined],
  ["alta", "start", "es"],
  ["Información", "help", "es"],
  ["Opt-out", "stop"],
  ["I need to cancel my refill", undefined],
  ["Cancel", "stop"],
  ["ayuda", "help", "es"],
  ["can you help me with a refill", undefined],
  ["unstop", "start"],
] as const)
  test(`"${body}" ${keyword ? `means ${keyword}` : "is something to converse about"}`, () => {
    assert.deepEqual(keywordIn(body), keyword && { keyword, language })
  })
