/** The register of calls through its contract. */
import assert from "node:assert/strict"
import { test } from "node:test"
import { openHouse } from "../../test/house.ts"
import type { Call } from "./contract.ts"

const only = ["calls"]
const from = "+15125550123"

test("a call that Twilio announces twice is registered once", async (t) => {
  const { ask, asStaff } = await openHouse(t, { only })
  await ask("calls.begin", { call: "CA1", from })
  await ask("calls.update", { call: "CA1", state: "in_progress" })
  await ask("calls.begin", { call: "CA1", from })
  const reply = await asStaff("technician", "calls.get", { call: "CA1" })
  assert.equal(reply.kind === "done" && (reply.value as Call).state, "in_progress")
})

test("a call that has ended is no longer one to take up again", async (t) => {
  const { ask } = await openHouse(t, { only })
  for (const call of ["CA1", "CA2"]) await ask("calls.begin", { call, from })
  await ask("calls.update", { call: "CA1", state: "ended" })
  const { calls } = (await ask<{ calls: Call[] }>("calls.open")).value
  assert.deepEqual(
    calls.map(({ call }) => call),
    ["CA2"],
  )
})

test("calls are listed the newest first, and the caller's number only to staff", async (t) => {
  const { ask, asStaff, asCaller } = await openHouse(t, { only })
  for (const call of ["CA1", "CA2", "CA3"]) await ask("calls.begin", { call, from })
  const reply = await asStaff("pharmacist", "calls.list", { limit: 2 })
  assert.ok(reply.kind === "done")
  const { calls } = reply.value as { calls: Call[] }
  assert.equal(calls.length, 2)
  assert.ok(calls.every(({ startedAtMs }, at) => startedAtMs >= (calls[at + 1]?.startedAtMs ?? 0)))
  assert.equal((await asCaller("1001", "calls.list", {})).kind, "refused")
})

test("every look of a member of staff at a call stands in the audit log before and after", async (t) => {
  const { ask, asStaff, audit } = await openHouse(t, { only })
  await ask("calls.begin", { call: "CA1", from })
  await asStaff("technician", "calls.get", { call: "CA1" })
  const entries = audit.query({ person: "the-technician" })
  assert.deepEqual(
    entries.map(({ phase, what, outcome }) => [phase, what, outcome]),
    [
      ["before", "calls.get", undefined],
      ["after", "calls.get", "done"],
    ],
  )
})
