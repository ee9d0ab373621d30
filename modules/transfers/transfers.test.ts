/** Transfers through their contract, in the real house. */
import assert from "node:assert/strict"
import { type TestContext, test } from "node:test"
import { openHouse } from "../../test/house.ts"

/** James Carter's atorvastatin, Grace Kim's oxycodone and zolpidem, of the demo pharmacy's cast. */
const james = { patient: "1001", rxNumber: "7001234" }
const grace = { patient: "1002", rxNumber: "7001241" }
const zolpidem = { patient: "1002", rxNumber: "7001242" }
/** Of nobody: its check digit is right, and in the other one it is not. */
const [dea, misreadDea] = [`AB${1_234_563}`, `AB${1_234_567}`]
const out = { direction: "out", otherPharmacy: "Elm Street Pharmacy" } as const

async function openDesk(t: TestContext) {
  const only = [
    ...["controlled-substances", "drugs", "pms", "prescribers", "transfers", "work-queue"],
  ]
  const house = await openHouse(t, { only, today: "2026-11-20" })
  return {
    house,
    async taken(): Promise<readonly unknown[]> {
      const reply = await fetch(`${house.pmsUrl}/requests`)
      return ((await reply.json()) as { requests: unknown[] }).requests
    },
  }
}

test("a caller's transfer waits for a technician, and reaches the pharmacy system once", async (t) => {
  const { house, taken } = await openDesk(t)
  const asked = await house.asCaller(james.patient, "transfers.request", { ...out, ...james })
  assert.ok(asked.kind === "asked")
  assert.equal(asked.tier, 1)
  assert.deepEqual(await taken(), [])
  const approve = () => house.asStaff("technician", "work-queue.approve", { item: asked.item })
  assert.equal((await approve()).kind, "done")
  assert.equal((await approve()).kind, "done")
  assert.equal((await taken()).length, 1)
})

test("a controlled substance is transferred by a pharmacist only", async (t) => {
  const { house } = await openDesk(t)
  const asked = await house.asCaller(grace.patient, "transfers.request", { ...out, ...grace })
  assert.ok(asked.kind === "asked")
  assert.equal(asked.tier, 2)
  assert.ok(asked.rules.includes("controlled_substance"))
})

test("a transfer in needs no number", async (t) => {
  const { house, taken } = await openDesk(t)
  const input = { ...out, direction: "in", patient: james.patient }
  const reply = await house.asStaff("technician", "transfers.request", input)
  assert.ok(reply.kind === "done")
  assert.match((reply.value as { ticket: string }).ticket, /./)
  assert.equal((await taken()).length, 1)
})

test("somebody else's number is answered like a number that nobody has", async (t) => {
  const { house, taken } = await openDesk(t)
  for (const rxNumber of [grace.rxNumber, "7999999"]) {
    const input = { ...out, patient: james.patient, rxNumber }
    const reply = await house.asStaff("pharmacist", "transfers.request", input)
    assert.equal(reply.kind === "fault" && reply.code, "unknown_rx", rxNumber)
  }
  assert.deepEqual(await taken(), [])
})

test("a request that is sent again under its key is one request", async (t) => {
  const { house, taken } = await openDesk(t)
  const send = () => house.ask("transfers.request", { ...out, ...james }, { key: "turn-7:0" })
  await send()
  await send()
  assert.ok((await taken()).length <= 1)
})

interface Requested {
  readonly transfer: string
}

test("a transfer is ended by a pharmacist, with a name or a reason, and once", async (t) => {
  const { house } = await openDesk(t)
  const request = { ...out, ...james }
  const asked = await house.asStaff("technician", "transfers.request", request)
  assert.ok(asked.kind === "done")
  const { transfer } = asked.value as Requested
  const finish = async (role: "technician" | "pharmacist", more: object) => {
    const reply = await house.asStaff(role, "transfers.finish", { transfer, ...more })
    return "code" in reply ? reply.code : reply.kind
  }
  const listed = await house.asStaff("pharmacist", "work-queue.list", { tier: 2 })
  assert.match(JSON.stringify(listed), /Call the pharmacist of Elm Street Pharmacy/)
  assert.equal(await finish("technician", { isMoved: true, otherPharmacist: "R. Vale" }), "refused")
  assert.equal(await finish("pharmacist", { isMoved: true }), "who_took_it")
  assert.equal(await finish("pharmacist", { isMoved: false }), "why_not")
  assert.equal(await finish("pharmacist", { isMoved: true, otherPharmacist: "R. Vale" }), "done")
  assert.equal(await finish("pharmacist", { isMoved: false, why: "Closed." }), "ended")
  const waiting = await house.asStaff("technician", "transfers.list", {})
  assert.deepEqual(waiting.kind === "done" && waiting.value, { transfers: [] })
})

test("what the law keeps here is not moved, and what moved once does not move again", async (t) => {
  const { house, taken } = await openDesk(t)
  const ask = (prescription: object) =>
    house.asStaff("pharmacist", "transfers.request", { ...out, ...prescription })
  const stays = await ask(grace)
  assert.equal(stays.kind === "fault" && stays.code, "law_stays_here")
  assert.deepEqual(await taken(), [])
  const [first, second] = [await ask(zolpidem), await ask({ ...zolpidem, otherPharmacy: "Oak" })]
  assert.ok(first.kind === "done" && second.kind === "done")
  const record = { otherAddress: "9 Elm Street, Austin", otherDea: dea }
  const finish = (value: unknown) => {
    const { transfer } = value as Requested
    const said = { transfer, isMoved: true, otherPharmacist: "R. Vale", record }
    return house.asStaff("pharmacist", "transfers.finish", said)
  }
  assert.equal((await finish(first.value)).kind, "done")
  const again = await finish(second.value)
  assert.equal(again.kind === "fault" && again.code, "law_moved_before")
  const third = await ask(zolpidem)
  assert.equal(third.kind === "fault" && third.code, "law_moved_before")
})

test("a controlled one is noted with what the law wants written down, and with a possible DEA number", async (t) => {
  const { house } = await openDesk(t)
  const ask = async (request: object) => {
    const reply = await house.asStaff("pharmacist", "transfers.request", request)
    assert.ok(reply.kind === "done", JSON.stringify(reply))
    return (reply.value as Requested).transfer
  }
  const finish = async (transfer: string, more: object) => {
    const said = { transfer, isMoved: true, otherPharmacist: "R. Vale", ...more }
    const reply = await house.asStaff("pharmacist", "transfers.finish", said)
    return "code" in reply ? reply.code : reply.kind
  }
  const going = await ask({ ...out, ...zolpidem })
  const law = await house.asStaff("technician", "transfers.law", { transfer: going })
  assert.ok(law.kind === "done")
  const { isControlled, wanted } = law.value as Law
  assert.deepEqual(
    [isControlled, ...wanted.map(({ field }) => field)],
    [true, "otherAddress", "otherDea"],
  )
  const otherAddress = "9 Elm Street, Austin"
  assert.equal(await finish(going, {}), "law_wants_more")
  // Our records say that it is controlled: nobody's word lowers it.
  assert.equal(await finish(going, { isControlled: false }), "law_wants_more")
  const misread = { otherAddress, otherDea: misreadDea }
  assert.equal(await finish(going, { record: misread }), "bad_dea")
  assert.equal(await finish(going, { record: { otherAddress, otherDea: dea } }), "done")

  const coming = await ask({ ...out, direction: "in", patient: james.patient })
  assert.equal(await finish(coming, {}), "controlled_or_not")
  assert.equal(await finish(coming, { isControlled: true }), "law_wants_more")
  assert.equal(await finish(coming, { isControlled: false }), "done")
  const listed = await house.asStaff("technician", "transfers.list", { includeEnded: true })
  assert.ok(listed.kind === "done")
  const { transfers } = listed.value as { transfers: readonly { endedBy: string }[] }
  assert.deepEqual(
    transfers.map(({ endedBy }) => endedBy),
    ["the-pharmacist", "the-pharmacist"],
  )
})

interface Law {
  readonly isControlled: boolean
  readonly wanted: readonly { readonly field: string }[]
}
