/** The line to a payer, over one that shares no code with us, in a process of its own. */
import assert from "node:assert/strict"
import { fork } from "node:child_process"
import { once } from "node:events"
import { type TestContext, test } from "node:test"
import { fileURLToPath } from "node:url"
import { systemClock } from "#core/clock.ts"
import { outcomeOf } from "./outcome.ts"
import { reversalOf, type TelecomRequest } from "./request.ts"
import { billing, eligibility } from "./sample.ts"
import { openSwitch } from "./switch.ts"

const PAYER = fileURLToPath(new URL("../../../simulators/payer/main.ts", import.meta.url))

async function openLine(t: TestContext, token = "demo") {
  const child = fork(PAYER, [], { stdio: ["ignore", "ignore", "inherit", "ipc"] })
  t.after(() => child.disconnect())
  const [{ url }] = (await once(child, "message")) as [{ url: string }]
  const send = (request: TelecomRequest, timeoutMs = 20_000) => {
    const line = openSwitch({
      ...{ fetch, clock: systemClock, token, timeoutMs },
      url: `${url}/telecom`,
    })
    return line(request, new AbortController().signal)
  }
  return {
    send,
    async outcome(request: TelecomRequest) {
      const sent = await send(request)
      assert.ok(sent.ok)
      const [first] = sent.response.transactions
      assert.ok(first)
      return { ...outcomeOf(sent.response, first), answer: first }
    },
    async spoil(fault: string) {
      await fetch(`${url}/faults`, { method: "POST", body: JSON.stringify({ fault }) })
    },
    seen: async () =>
      (await (await fetch(`${url}/seen`)).json()) as { codes: string[]; paid: number },
  }
}

type Change = Partial<(typeof billing)["transactions"][number]["claim"]>

function claimed(change: Change, more: object = {}): typeof billing {
  const [one] = billing.transactions
  assert.ok(one)
  return { ...billing, transactions: [{ ...one, ...more, claim: { ...one.claim, ...change } }] }
}

test("a claim is paid, the same one again is known, and taken back it may be sent anew", async (t) => {
  const { outcome, seen } = await openLine(t)
  const first = await outcome(billing)
  assert.ok(first.kind === "paid" && !first.wasKnown)
  assert.equal(first.answer.pricing?.patientPaysCents, 1_000)
  const again = await outcome(billing)
  assert.ok(again.kind === "paid" && again.wasKnown)
  assert.equal(again.authorization, first.authorization)
  assert.equal((await outcome(reversalOf(billing))).kind, "approved")
  assert.deepEqual(await seen(), { codes: ["B1", "B1", "B2"], paid: 0 })
})

test("each reject says whose turn it is", async (t) => {
  const { outcome } = await openLine(t)
  await outcome(billing)
  for (const [change, code, act, who] of [
    [{ fillNumber: 3 }, "79", "wait_until_due", "patient"],
    [{ rxNumber: "7000001", product: "99999000101" }, "75", "start_prior_auth", "technician"],
    [{ rxNumber: "7000002", product: "99999000201" }, "70", "ask_for_alternative", "prescriber"],
    [{ rxNumber: "7000003", product: "99999000301" }, "88", "review_safety", "pharmacist"],
  ] as const) {
    const told = await outcome(claimed(change))
    assert.ok(told.kind === "rejected")
    const [reject] = told.rejects
    assert.deepEqual([reject?.code, reject?.act, reject?.who], [code, act, who])
    assert.equal(told.nextFillOn, code === "79" ? "2026-12-17" : undefined)
    assert.equal(told.answer.dur?.alerts[0]?.reason, code === "88" ? "DD" : undefined)
  }
})

test("who is covered is told with the other plan on file, and who is not with the reason", async (t) => {
  const { outcome } = await openLine(t)
  const ask = (cardholder: string, bornOn: string) =>
    outcome({
      ...eligibility,
      shared: { insurance: { cardholder, group: "DEMO1" }, patient: { bornOn } },
    })
  const grace = await ask("ZX0001002", "1971-07-22")
  assert.equal(grace.kind, "approved")
  assert.equal(grace.answer.otherCoverage?.payers[0]?.pcn, "SECOND")
  const gone = await ask("ZX0009999", "1960-01-01")
  assert.ok(gone.kind === "rejected")
  assert.equal(gone.rejects[0]?.code, "69")
})

test("an answer that is cut, is nonsense or never comes is an outage after which the claim may stand", async (t) => {
  const { send, spoil, seen } = await openLine(t)
  for (const [fault, code] of [
    ["cut", "payer_down"],
    ["garbage", "payer_unreadable"],
    ["silent", "deadline"],
  ] as const) {
    await spoil(fault)
    const sent = await send(billing, fault === "silent" ? 300 : 20_000)
    assert.ok(!sent.ok, fault)
    assert.deepEqual([sent.outage.code, sent.mayStand], [code, true])
  }
  assert.equal((await seen()).paid, 1)
})

test("a switch that does not know us is not asked again", async (t) => {
  const { send } = await openLine(t, "wrong")
  const sent = await send(billing)
  assert.ok(!sent.ok)
  assert.deepEqual(
    [sent.outage.code, sent.outage.retryable, sent.mayStand],
    ["payer_refused", false, false],
  )
})
