/** Renewals through their contract, with the demo pharmacy system and the carrier's real wire. */
import assert from "node:assert/strict"
import { type TestContext, test } from "node:test"
import type { Reply } from "#core/module.ts"
import { TwilioCloud } from "../../simulators/twilio/cloud.ts"
import { startRest } from "../../simulators/twilio/rest.ts"
import { type House, openHouse } from "../../test/house.ts"
import { ask } from "./ask.ts"
import type { Renewal } from "./contract.ts"
import type { Here } from "./needs.ts"

const only = [
  ...["callbacks", "consents", "drugs", "intent", "messaging", "notifications"],
  ...["outreach-policy", "pms", "prescribers", "renewals", "store-info", "work-queue"],
]
const account = { accountSid: `AC${"1".repeat(32)}`, authToken: "2".repeat(32) }

/** Two of Linda's have run out; James's atorvastatin may be refilled. */
const linda = "1004"
const losartan = "7001261"
const omeprazole = "7001262"
const atorvastatin = "7001234"
/** Friday 20 November 2026 in Austin: whoever may be written to may be written to now. */
const noonMs = Date.UTC(2026, 10, 20, 18)
const technician = { kind: "staff", person: "the-technician", role: "technician" } as const

async function openCounter(t: TestContext): Promise<House> {
  const cloud = new TwilioCloud({ ...account, speak: async () => new Uint8Array() })
  const rest = await startRest(cloud, 0)
  t.after(async () => {
    await rest.close()
    await cloud.close()
  })
  return openHouse(t, {
    only,
    today: "2026-11-20",
    nowMs: noonMs,
    environment: {
      TWILIO_ACCOUNT_SID: account.accountSid,
      TWILIO_AUTH_TOKEN: account.authToken,
      TWILIO_API_BASE: rest.url,
    },
  })
}

/** A technician approved it, or asks for it at the counter. */
const request = ({ host }: House, rxNumber: string, key?: string) => {
  const options = key === undefined ? {} : { key }
  return host.desk.proposeAs(technician, { name: "renewals.request", input: { rxNumber }, options })
}

async function waiting(house: House, includeAnswered = false): Promise<readonly Renewal[]> {
  const { value } = await house.ask<{ renewals: Renewal[] }>("renewals.list", { includeAnswered })
  return value.renewals
}

async function textsTo(house: House, phone: string): Promise<readonly string[]> {
  const { value } = await house.ask<{ messages: { direction: string; text: string }[] }>(
    "messaging.thread",
    { phone },
  )
  return value.messages.flatMap(({ direction, text }) => (direction === "out" ? [text] : []))
}

const codeOf = (reply: Reply) => (reply.kind === "fault" ? reply.code : undefined)

async function asksOnce(house: House): Promise<void> {
  const fax = "+15125550161"
  await house.ask("prescribers.remember", { name: "Ada Winter MD", npi: "1234567893", fax })
  const [first, second] = [
    await request(house, losartan, "turn-3:0"),
    await request(house, losartan, "turn-3:0"),
  ]
  assert.ok(first.kind === "done" && second.kind === "done")
  assert.deepEqual(first.value, second.value)
  assert.equal(codeOf(await request(house, losartan)), "already_asked")
  const [renewal, ...more] = await waiting(house)
  assert.deepEqual(more, [])
  assert.equal(renewal?.how, "sent")
  assert.match(renewal?.ticket ?? "", /^RN-/)
  assert.equal(renewal?.form.prescriber, "Dr. Ada Winter")
  assert.equal(renewal?.form.prescriberFax, fax)
}

test("a renewal from the patient's words to the patient's telephone", async (t) => {
  const house = await openCounter(t)
  const { value: record } = await house.ask<{ phones: string[] }>("pms.getPatient", {
    patient: linda,
  })
  const [phone = ""] = record.phones

  await t.test("is put before a technician, and nothing is sent", async () => {
    const reply = await house.asCaller(linda, "renewals.request", { rxNumber: losartan })
    assert.ok(reply.kind === "asked")
    assert.equal(reply.tier, 1)
    assert.ok(reply.rules.includes("no_refills"))
    assert.deepEqual(await waiting(house), [])
  })

  await t.test("is nothing for what may be refilled, or for nobody's number", async () => {
    assert.equal(codeOf(await request(house, atorvastatin)), "not_renewable")
    const input = { rxNumber: "7999999" }
    const unknown = await house.asStaff("pharmacist", "renewals.request", input)
    assert.equal(codeOf(unknown), "unknown_rx")
  })

  await t.test("is asked for once, with the form filled in", () => asksOnce(house))

  await t.test("waits until it can be filled, and is told once without names", async () => {
    await house.ask("renewals.look")
    assert.equal((await waiting(house)).length, 1)
    const body = JSON.stringify({ rx: losartan, code: "20" })
    await fetch(`${house.pmsUrl}/fills`, { method: "POST", body })
    await house.ask("renewals.look")
    await house.ask("renewals.look")
    assert.deepEqual(await waiting(house), [])
    assert.equal((await waiting(house, true))[0]?.outcome, "approved")
    await house.ask("notifications.look")
    const [text, ...more] = await textsTo(house, phone)
    assert.deepEqual(more, [])
    assert.match(text ?? "", /can be filled again/)
    assert.doesNotMatch(text ?? "", /losartan|winter|brooks/i)
  })

  await t.test("is told by a person to whoever wants no texts, once", async () => {
    await house.ask("messaging.receive", { message: "SM1", from: phone, body: "STOP" })
    const before = await textsTo(house, phone)
    assert.equal((await request(house, omeprazole)).kind, "done")
    const [asked] = await waiting(house)
    const answer = { renewal: asked?.renewal, outcome: "denied" }
    for (let times = 0; times < 2; times++) {
      assert.equal((await house.asStaff("technician", "renewals.answer", answer)).kind, "done")
    }
    await house.ask("notifications.look")
    const owed = await house.ask<{ callbacks: { patient: string }[] }>("callbacks.list")
    assert.deepEqual(
      owed.value.callbacks.map(({ patient }) => patient),
      [linda],
    )
    assert.deepEqual(await textsTo(house, phone), before)
  })
})

test("where the pharmacy system sends none a technician does, with the filled-in request", async () => {
  const given: unknown[] = []
  const kept: Renewal[] = []
  const answers: Readonly<Record<string, unknown>> = {
    refillEligibility: { eligibility: "no_refills" },
    writerOf: { name: "Dr. Ada Winter", prescriber: { name: "x", fax: "+15125550161" } },
  }
  const here = {
    key: "k",
    clock: { nowMs: () => 1 },
    offers: async () => false,
    store: {
      renewals: {
        get: async () => undefined,
        find: async () => [],
        put: async (_: string, doc: Renewal) => void kept.push(doc),
      },
    },
    call: async (_: unknown, command: string, input: unknown) => {
      if (command === "add") given.push(input)
      return { ok: true, value: answers[command] ?? {} }
    },
  } as unknown as Here
  const asked = await ask(
    {
      ...{ rxNumber: losartan, patient: linda, drugName: "losartan 50 mg tablet", readAtMs: 0 },
      ...{ schedule: "none", fill: "picked_up" },
    },
    here,
  )
  assert.ok(asked.kind === "asked")
  assert.equal(asked.renewal.how, "by_hand")
  assert.match(JSON.stringify(given), /Ask Dr\. Ada Winter \(\+15125550161\) for a renewal/)
  assert.equal(kept[0]?.form.prescriberFax, "+15125550161")
})
