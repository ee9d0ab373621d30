/** The law asked through its contract, in the real house. */
import assert from "node:assert/strict"
import { test } from "node:test"
import { openHouse } from "../../test/house.ts"
import type { Ruling } from "./contract.ts"

const only = ["controlled-substances", "drugs", "pms", "refills", "work-queue"]
/** Grace Kim's oxycodone (CII) and zolpidem (CIV); James Carter's atorvastatin; a gabapentin. */
const [oxycodone, zolpidem, atorvastatin, gabapentin] = ["7001241", "7001242", "7001234", "7001391"]

type Law = { refill: Ruling; rows: { rule: string }[]; stateSchedule?: object }

test("the law on a prescription is asked, shown with its rows, and stands before the refill", async (t) => {
  const house = await openHouse(t, { only, today: "2026-11-20" })
  const may = async (rxNumber?: string) =>
    (await house.ask<Ruling>("controlled-substances.mayRefill", { rxNumber })).value

  await t.test("a refusal names the rule, and what a caller may hear", async () => {
    const { isAllowed, schedule, broken, says } = await may(oxycodone)
    assert.deepEqual([isAllowed, schedule, says], [false, "CII", "new_each_time"])
    assert.deepEqual([broken?.rule, broken?.source], ["no_refills", "21 CFR 1306.12"])
    assert.equal((await may(zolpidem)).isAllowed, true)
    assert.deepEqual(await may(atorvastatin), { isAllowed: true, schedule: "none", unknown: [] })
  })

  await t.test("staff see every row, and a caller none", async () => {
    const input = { rxNumber: zolpidem, refillsUsed: 5 }
    const reply = await house.asStaff("technician", "controlled-substances.review", input)
    assert.ok(reply.kind === "done")
    const { refill, rows } = reply.value as Law
    assert.deepEqual([refill.isAllowed, refill.broken?.rule], [false, "five_refills"])
    assert.ok(rows.some(({ rule }) => rule === "transfer_once"))
    const caller = await house.asCaller("1002", "controlled-substances.review", input)
    assert.equal(caller.kind, "refused")
  })

  await t.test("what has moved once is not let move again, and a note twice is one", async () => {
    const move = { rxNumber: zolpidem, patient: "1002" }
    const mayMove = async () =>
      (await house.ask<Ruling>("controlled-substances.mayTransfer", { rxNumber: zolpidem })).value
    assert.equal((await mayMove()).isAllowed, true)
    for (const key of ["one-move", "one-move"])
      await house.ask("controlled-substances.noteMove", move, { key })
    assert.equal((await mayMove()).says, "moved_before")
  })

  await t.test(
    "a pharmacist's own approval reaches no pharmacy system against the law",
    async () => {
      const input = { rxNumber: oxycodone }
      const reply = await house.asStaff("pharmacist", "refills.request", input)
      assert.equal(reply.kind === "fault" && reply.code, "law_no_refills")
      assert.deepEqual(await house.submissions(), [])
    },
  )
})

test("a drug that only the state has on a schedule is controlled there, for counsel to confirm", async (t) => {
  const address = { street: "1 Elm Street", city: "Sampleville", state: "KY", zip: "40001" }
  const settings = { "controlled-substances": { address } }
  const house = await openHouse(t, { only, today: "2026-11-20", settings })
  const input = { rxNumber: gabapentin }
  const reply = await house.asStaff("pharmacist", "controlled-substances.review", input)
  assert.ok(reply.kind === "done")
  const { refill, stateSchedule } = reply.value as Law
  assert.equal(refill.schedule, "CV")
  assert.partialDeepStrictEqual(stateSchedule, { schedule: "CV", needsCounsel: true })
})
