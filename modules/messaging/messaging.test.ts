/** Texts through the contract, with the carrier at its real wire format on the other side. */
import assert from "node:assert/strict"
import { type TestContext, test } from "node:test"
import { TwilioCloud } from "../../simulators/twilio/cloud.ts"
import { startRest } from "../../simulators/twilio/rest.ts"
import { openHouse } from "../../test/house.ts"
import { keywordIn } from "./keywords.ts"

const only = ["messaging", "intent"]
const from = "+15125550123"
const account = { accountSid: `AC${"1".repeat(32)}`, authToken: "2".repeat(32) }

async function texting(t: TestContext) {
  const cloud = new TwilioCloud({ ...account, speak: async () => new Uint8Array() })
  const rest = await startRest(cloud, 0)
  t.after(async () => {
    await rest.close()
    await cloud.close()
  })
  const house = await openHouse(t, {
    only,
    environment: {
      TWILIO_ACCOUNT_SID: account.accountSid,
      TWILIO_AUTH_TOKEN: account.authToken,
      TWILIO_API_BASE: rest.url,
    },
  })
  let messages = 0
  const receive = (body: string, message = `SM${messages++}`) =>
    house.ask<{ kind: string; reply?: string }>("messaging.receive", { message, from, body })
  return { house, cloud, receive }
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
