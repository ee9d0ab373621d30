/** The policy through its contract, in the real house at a moment of our choice. */
import assert from "node:assert/strict"
import { type TestContext, test } from "node:test"
import { type House, openHouse } from "../../test/house.ts"

const only = ["intent", "messaging", "outreach-policy", "pms"]
const james = "1001"
const linda = "1004"
/** Tuesday 24 November 2026 in Austin: noon, and ten in the evening. */
const noonMs = Date.UTC(2026, 10, 24, 18)
const eveningMs = Date.UTC(2026, 10, 25, 4)

interface Said {
  readonly verdict: string
  readonly why?: string
  readonly untilMs?: number
  readonly language?: string
}

async function openDesk(t: TestContext, nowMs: number, folder?: string) {
  const house = await openHouse(t, { only, nowMs, ...(folder ? { folder } : {}) })
  return { house, ...askingOf(house) }
}

type Desk = Awaited<ReturnType<typeof openDesk>>

function askingOf(house: House) {
  return {
    async admit(message: string, kind = "ready", recipient = james): Promise<Said> {
      const input = { message, kind, recipient }
      return (await house.ask<Said>("outreach-policy.admit", input)).value
    },
    choose: (input: object) => house.asStaff("technician", "outreach-policy.choose", input),
  }
}

test("in the evening a message is held until nine, however often it asks", async (t) => {
  const { admit } = await openDesk(t, eveningMs)
  const untilMs = Date.UTC(2026, 10, 25, 15)
  for (let times = 0; times < 2; times++)
    assert.deepEqual(await admit("a"), { verdict: "hold", untilMs, why: "hours" })
})

async function countsAndStops({ house, admit, choose }: Desk) {
  assert.equal((await admit("a")).verdict, "send")
  assert.equal((await admit("a")).verdict, "send")
  const [one, other] = await Promise.all([admit("b"), admit("c")])
  assert.deepEqual([one.verdict, one.why], ["hold", "cap"])
  assert.deepEqual([other.verdict, other.why], ["hold", "cap"])

  assert.equal((await admit("d", "refill_reminder")).why, "no_consent")
  const said = { patient: james, agreed: ["refill_reminder"], language: "es" }
  assert.equal((await choose(said)).kind, "done")
  assert.equal((await admit("d", "refill_reminder")).why, "cap")
  assert.equal((await admit("e", "answer")).language, "es")

  const { value } = await house.ask<{ phones: string[] }>("pms.getPatient", { patient: james })
  const stop = { message: "SM1", from: value.phones[0], body: "ya no me manden mensajes" }
  await house.ask("messaging.receive", stop)
  for (const message of ["a", "b", "f"])
    assert.equal((await admit(message, "answer")).why, "stopped")
  await house.ask("messaging.receive", { ...stop, message: "SM2", body: "START" })
  assert.equal((await admit("f", "answer")).verdict, "send")
  await choose({ patient: james, hasStopped: true })
  assert.equal((await admit("f", "answer")).why, "stopped")
}

async function findsOnePlace({ admit }: Desk) {
  const said = await Promise.all(["g", "h", "i"].map((message) => admit(message, "ready", linda)))
  assert.deepEqual(said.map(({ verdict }) => verdict).toSorted(), ["hold", "hold", "send"])
}

async function showsChoices({ house, choose }: Desk) {
  const backwards = await choose({ patient: linda, ownHours: "18:00-10:00" })
  assert.equal(backwards.kind === "fault" && backwards.code, "no_hours")
  await choose({ patient: linda, ownHours: "10:00-18:00", wantsCalls: true })
  const shown = await house.asStaff("technician", "outreach-policy.choices", { patient: linda })
  assert.deepEqual(shown.kind === "done" && shown.value, {
    ...{ hasStopped: false, wantsCalls: true, agreed: [], ownHours: "10:00-18:00" },
  })
  const refused = await house.asCaller(linda, "outreach-policy.choices", { patient: linda })
  assert.equal(refused.kind, "refused")
}

test("at noon", async (t) => {
  const desk = await openDesk(t, noonMs)
  await t.test("a message is counted once, the next waits a day, and a stop wins", () =>
    countsAndStops(desk),
  )
  await t.test("two that ask in the same moment do not both find the last place free", () =>
    findsOnePlace(desk),
  )
  await t.test("what a patient chose is shown to staff and to no caller", () => showsChoices(desk))
})
