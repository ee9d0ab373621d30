/** Emergencies through their contract, in the real house. */
import assert from "node:assert/strict"
import { type TestContext, test } from "node:test"
import { openHouse } from "../../test/house.ts"
import type { Item } from "../work-queue/contract.ts"

const report = {
  conversation: "call-1",
  channel: "phone",
  family: "heart_stroke_breathing",
  certainty: "certain",
  words: "My chest hurts.",
} as const

interface Reported {
  readonly words: string
  readonly item?: string
}

async function openDesk(t: TestContext) {
  const house = await openHouse(t, { only: ["emergencies", "work-queue"] })
  return {
    house,
    async listed(): Promise<readonly Reported[]> {
      const reply = await house.asStaff("pharmacist", "emergencies.list", {})
      assert.ok(reply.kind === "done")
      return (reply.value as { emergencies: Reported[] }).emergencies
    },
  }
}

test("an emergency is the pharmacist's most urgent task, with the words that were heard", async (t) => {
  const { house, listed } = await openDesk(t)
  const reply = await house.ask<{ item: string }>("emergencies.report", report)
  assert.equal(reply.kind, "done")
  const { item } = reply.value
  const shown = await house.asStaff("pharmacist", "work-queue.get", { item })
  assert.ok(shown.kind === "done")
  const { tier, row, rules, context, dueAtMs, openedAtMs } = shown.value as Item
  assert.deepEqual([tier, row, rules], [2, "emergency", ["heart_stroke_breathing"]])
  assert.deepEqual(context, { conversation: "call-1", words: "My chest hurts." })
  assert.equal(dueAtMs, openedAtMs)
  const [{ words, item: listedItem } = { words: "" }] = await listed()
  assert.deepEqual([words, listedItem], ["My chest hurts.", item])
})

test("a report that is sent again is one emergency and one task", async (t) => {
  const { house, listed } = await openDesk(t)
  const send = () => house.ask<{ item: string }>("emergencies.report", report, { key: "turn-1:0" })
  const [first, again] = [await send(), await send()]
  assert.equal(first.value.item, again.value.item)
  assert.equal((await listed()).length, 1)
})

test("a report is kept when the work queue is down, and made a task when it is sent again", async (t) => {
  const { house, listed } = await openDesk(t)
  const pid = house.host.pidOf("work-queue")
  assert.ok(pid)
  process.kill(pid, "SIGKILL")
  const send = () => house.ask<{ item: string }>("emergencies.report", report, { key: "turn-1:0" })
  let reply = await send()
  assert.equal(reply.kind, "outage")
  const [kept] = await listed()
  assert.equal(kept?.words, "My chest hurts.")
  assert.equal(kept?.item, undefined)

  while (reply.kind === "outage") reply = await send()
  const all = await listed()
  assert.deepEqual(
    all.map(({ item }) => item),
    [reply.value.item],
  )
})

test("callers see no emergencies", async (t) => {
  const { house } = await openDesk(t)
  assert.equal((await house.asCaller("1001", "emergencies.list", {})).kind, "refused")
})
