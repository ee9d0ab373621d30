/** Notifications in the real house, on the carrier's real wire, over an evening and a morning. */
import assert from "node:assert/strict"
import { mkdtempSync, rmSync } from "node:fs"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { type TestContext, test } from "node:test"
import { TwilioCloud } from "../../simulators/twilio/cloud.ts"
import { startRest } from "../../simulators/twilio/rest.ts"
import { type House, openHouse } from "../../test/house.ts"
import type { Notice } from "./contract.ts"
import { answerOf, type Form, textOf } from "./texts.ts"

const only = [
  ...["callbacks", "consents", "drugs", "intent", "messaging", "notifications"],
  ...["outreach-policy", "pms", "store-info"],
]
const account = { accountSid: `AC${"1".repeat(32)}`, authToken: "2".repeat(32) }

const james = "1001"
const linda = "1004"
const atorvastatin = "7001234"
const lisinopril = "7001235"
/** Tuesday 24 November 2026 in Austin, at nine in the evening, and the next morning at nine. */
const eveningMs = Date.UTC(2026, 10, 25, 3)
const nineMs = Date.UTC(2026, 10, 25, 15)

async function openCarrier(t: TestContext) {
  const cloud = new TwilioCloud({ ...account, speak: async () => new Uint8Array() })
  const rest = await startRest(cloud, 0)
  t.after(async () => {
    await rest.close()
    await cloud.close()
  })
  const environment = {
    TWILIO_ACCOUNT_SID: account.accountSid,
    TWILIO_AUTH_TOKEN: account.authToken,
    TWILIO_API_BASE: rest.url,
  }
  return { cloud, environment }
}

async function noticesOf(house: House, patient: string): Promise<readonly Notice[]> {
  const reply = await house.ask<{ notices: Notice[] }>("notifications.list", { patient })
  return reply.value.notices
}

/** The pharmacy system says that a fill is ready; heard when so many notices are on file. */
async function becomesReady(house: House, rx: string, patient: string, notices: number) {
  const body = JSON.stringify({ rx, code: "50" })
  await fetch(`${house.pmsUrl}/fills`, { method: "POST", body })
  house.host.bus.publish("pms", "fillChanged", { rxNumber: rx, patient, fill: "ready" })
  for (let asked = 0; asked < 500; asked++)
    if ((await noticesOf(house, patient)).length >= notices) return
  assert.fail("nothing was written down")
}

async function phoneOf(house: House, patient: string): Promise<string> {
  const reply = await house.ask<{ phones: string[] }>("pms.getPatient", { patient })
  return reply.value.phones[0] ?? ""
}

async function textsTo(house: House, patient: string): Promise<readonly string[]> {
  const phone = await phoneOf(house, patient)
  const { value } = await house.ask<{ messages: { direction: string; text: string }[] }>(
    "messaging.thread",
    { phone },
  )
  return value.messages.flatMap(({ direction, text }) => (direction === "out" ? [text] : []))
}

function killed({ host }: House, name: string): void {
  const pid = host.pidOf(name)
  assert.ok(pid)
  process.kill(pid, "SIGKILL")
}

/** The module may be coming back from a death. Each try waits for an answer, not for time. */
async function look(house: House): Promise<void> {
  while ((await house.ask("notifications.look")).kind !== "done")
    await new Promise((resolve) => setImmediate(resolve))
}

test("what becomes ready at night is told at nine, once, over deaths and a restart", async (t) => {
  const folder = mkdtempSync(join(tmpdir(), "mortar-notices-"))
  t.after(() => rmSync(folder, { recursive: true, force: true, maxRetries: 10 }))
  const { cloud, environment } = await openCarrier(t)
  const settings = { notifications: { gatherMinutes: 0 } }
  const shared = { only, folder, environment, settings, today: "2026-11-24" }

  const evening = await openHouse(t, { ...shared, nowMs: eveningMs })
  const grant = { patient: james, caregiver: linda }
  assert.equal((await evening.asStaff("technician", "consents.grant", grant)).kind, "done")
  await becomesReady(evening, atorvastatin, james, 2)
  await becomesReady(evening, lisinopril, james, 2)
  await becomesReady(evening, atorvastatin, james, 2)
  await look(evening)
  killed(evening, "notifications")
  await look(evening)
  const held = await noticesOf(evening, james)
  assert.deepEqual(
    held.map(({ state, why, dueAtMs }) => [state, why, dueAtMs]),
    held.map(() => ["waiting", "hours", nineMs]),
  )
  assert.deepEqual(await textsTo(evening, james), [])
  await t.test("before an answer is sent its every word is shown, and when that may be", () =>
    previews(evening),
  )
  await evening[Symbol.asyncDispose]()

  const morning = await openHouse(t, { ...shared, nowMs: nineMs })
  for (const rx of [atorvastatin, lisinopril]) {
    const body = JSON.stringify({ rx, code: "50" })
    await fetch(`${morning.pmsUrl}/fills`, { method: "POST", body })
  }
  await look(morning)
  killed(morning, "notifications")
  for (let times = 0; times < 3; times++) await look(morning)
  const [own, ...more] = await textsTo(morning, james)
  assert.deepEqual(more, [])
  assert.match(own ?? "", /prescription ready/)
  const [copy, ...others] = await textsTo(morning, linda)
  assert.deepEqual(others, [])
  assert.match(copy ?? "", /someone you pick up for/)
  for (const text of [own, copy]) assert.doesNotMatch(text ?? "", /atorva|lisino|james|700123/i)
  for (const patient of [james, linda])
    assert.ok(morning.audit.query({ patient, what: "messaging.send" }).length > 0, "whose it is")

  await t.test("an answer of the staff goes out as they wrote it, in the patient's language", () =>
    answers(morning),
  )
  await t.test("an item's answers are followed until the carrier has delivered them", () =>
    answersItem(morning, () => cloud.messages.all.at(-1)?.sid),
  )
})

async function previews(house: House): Promise<void> {
  const preview = async (text: string, patient = james) => {
    const input = { patient, text }
    return await house.asStaff("technician", "notifications.preview", input)
  }
  const before = await noticesOf(house, james)
  const plain = await preview("Your plan has answered.")
  assert.ok(plain.kind === "done")
  const { text, ...rest } = plain.value as { text: string }
  assert.match(text, /: Your plan has answered\. Questions\? .* Reply STOP/)
  const held = { language: "en", isBare: false, verdict: "hold", untilMs: nineMs, why: "hours" }
  assert.deepEqual(rest, held)
  const named = await preview("Your atorvastatin was changed.")
  assert.ok(named.kind === "done")
  assert.match((named.value as { text: string }).text, /Please call us/)
  assert.equal((named.value as { isBare: boolean }).isBare, true)
  assert.equal((await preview("Hello.", "no such patient")).kind, "fault")
  assert.deepEqual(await noticesOf(house, james), before)
}

/** What an item's answer came to, as the page of the item asks for it. */
async function fateOf(house: House, item: string): Promise<readonly unknown[]> {
  const asked = { patient: james, item }
  const { value } = await house.ask<{ notices: Notice[] }>("notifications.list", asked)
  return value.notices.map(({ state, delivery, why }) => [state, delivery, why])
}

async function answersItem(house: House, lastSent: () => string | undefined): Promise<void> {
  const item = "an item"
  await house.ask("messaging.receive", {
    ...{ message: "SM10", from: await phoneOf(house, james), body: "START" },
  })
  const input = { patient: james, text: "Your plan has answered.", item }
  assert.equal((await house.asStaff("technician", "notifications.answer", input)).kind, "done")
  assert.deepEqual(await fateOf(house, item), [["waiting", undefined, undefined]])
  await look(house)
  assert.deepEqual(await fateOf(house, item), [["sent", undefined, undefined]])
  await house.ask("messaging.delivered", { message: lastSent(), status: "delivered" })
  assert.deepEqual(await fateOf(house, item), [["sent", "delivered", undefined]])
  assert.deepEqual(await fateOf(house, "another item"), [])
}

async function answers(house: House): Promise<void> {
  const before = (await textsTo(house, james)).length
  const choice = { patient: james, language: "es" }
  await house.asStaff("technician", "outreach-policy.choose", choice)
  const say = async (text: string) => {
    const reply = await house.asStaff("technician", "notifications.answer", {
      patient: james,
      text,
    })
    assert.ok(reply.kind === "done")
    await look(house)
    return (reply.value as { isBare: boolean }).isBare
  }
  assert.equal(await say("Su seguro ya respondio."), false)
  assert.equal(await say("Your atorvastatin was changed."), true)
  const [plain, bare] = (await textsTo(house, james)).slice(before)
  assert.match(plain ?? "", /Su seguro ya respondio\. Preguntas: .*Responda ALTO/)
  assert.match(bare ?? "", /Por favor llame al/)
  assert.doesNotMatch(bare ?? "", /atorva/i)

  const stop = { message: "SM9", from: await phoneOf(house, james), body: "no me manden mensajes" }
  await house.ask("messaging.receive", stop)
  await say("Puede venir cuando quiera.")
  assert.equal((await textsTo(house, james)).length, before + 2)
  const owed = await house.ask<{ callbacks: { patient: string; message: string }[] }>(
    "callbacks.list",
  )
  assert.deepEqual(
    owed.value.callbacks.map(({ patient, message }) => [patient, message]),
    [[james, "Puede venir cuando quiera."]],
  )
}

test("every text fits into one, says who writes and how to stop, in both languages", () => {
  const pharmacy = { name: "Willow Street Pharmacy", phone: "+15125550197" }
  const forms: readonly Form[] = ["ready", "copy", "refill_reminder", "pickup_reminder", "bare"]
  for (const language of ["en", "es"] as const)
    for (const form of forms) {
      const text = textOf(form, language, pharmacy)
      assert.match(text, /^Willow Street Pharmacy: [^{}]*512-555-0197[^{}]*(STOP|ALTO)[^{}]*$/)
      assert.ok(text.length <= 160, text)
      assert.match(text, /^[\x20-\x7e]*$/)
    }
  assert.match(answerOf("Yes.", "en", pharmacy), /: Yes\. Questions\? 512-555-0197\. Reply STOP/)
})
