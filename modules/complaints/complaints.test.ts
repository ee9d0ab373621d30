/** Complaints through their contract, in the real house. */
import assert from "node:assert/strict"
import { type TestContext, test } from "node:test"
import { startProvider } from "../../test/fixtures/providers.ts"
import { type HouseOptions, openHouse } from "../../test/house.ts"
import { until } from "../../test/telephone.ts"
import type { Item } from "../work-queue/contract.ts"

const wrongPills = {
  conversation: "call-1",
  patient: "1001",
  words: "These are not my pills.",
  concernsSafety: true,
}
const rude = { conversation: "call-2", words: "I waited an hour.", concernsSafety: false }

interface Filed {
  readonly words: string
  readonly patient?: string
  readonly summary?: string
}

const only = ["complaints", "work-queue", "intent", "patients", "pms"]

async function openDesk(t: TestContext, options: Partial<HouseOptions> = {}) {
  const house = await openHouse(t, { only, ...options })
  return {
    house,
    async items(): Promise<readonly Item[]> {
      const reply = await house.asStaff("pharmacist", "work-queue.list", {})
      assert.ok(reply.kind === "done")
      return (reply.value as { items: Item[] }).items
    },
    async filed() {
      const reply = await house.asStaff("manager", "complaints.list", {})
      assert.ok(reply.kind === "done")
      return (reply.value as { complaints: readonly Filed[] }).complaints
    },
  }
}

test("a caller's complaint waits for the manager and is filed when it was dealt with", async (t) => {
  const { house, filed } = await openDesk(t)
  const asked = await house.asCaller(undefined, "complaints.file", rude)
  assert.ok(asked.kind === "asked")
  assert.equal(asked.tier, 3)
  assert.deepEqual(await filed(), [])
  const { item } = asked
  const early = await house.asStaff("pharmacist", "work-queue.approve", { item })
  assert.equal(early.kind === "fault" && early.code, "above_role")
  assert.equal((await house.asStaff("manager", "work-queue.approve", { item })).kind, "done")
  assert.deepEqual(
    (await filed()).map(({ words }) => words),
    [rude.words],
  )
})

test("what concerns safety is a pharmacist's task at once, with the words, and one task only", async (t) => {
  const { house, items } = await openDesk(t)
  const { concernsSafety: _, ...said } = wrongPills
  const first = await house.ask<{ item: string }>("complaints.warnPharmacist", said)
  const again = await house.ask<{ item: string }>("complaints.warnPharmacist", said)
  assert.equal(first.value.item, again.value.item)
  await house.asStaff("manager", "complaints.file", wrongPills)

  const [task, ...more] = await items()
  assert.deepEqual(more, [])
  assert.equal(task?.tier, 2)
  assert.equal(task?.context.words, wrongPills.words)
  assert.equal(task?.context.patient, wrongPills.patient)
  assert.equal(task?.dueAtMs, task?.openedAtMs)
})

test("a complaint about safety that is filed straight away is a pharmacist's task too", async (t) => {
  const { house, items } = await openDesk(t)
  await house.asStaff("manager", "complaints.file", wrongPills)
  await house.asStaff("manager", "complaints.file", rude)
  const tasks = await items()
  assert.deepEqual(
    tasks.map(({ tier, row }) => [tier, row]),
    [[2, "complaint"]],
  )
})

test("the newest complaint is listed first, and callers see none", async (t) => {
  const { house, filed } = await openDesk(t)
  await house.asStaff("manager", "complaints.file", rude)
  await house.asStaff("manager", "complaints.file", wrongPills)
  assert.deepEqual(
    (await filed()).map(({ words }) => words),
    [wrongPills.words, rude.words],
  )
  assert.equal((await house.asCaller("1001", "complaints.list", {})).kind, "refused")
})

test("where the cloud is on, a summary stands beside the words; no name left for it", async (t) => {
  const anthropic = await startProvider(t, "anthropic")
  await anthropic.says("They waited an hour and nobody came.")
  const cloud = {
    on: true,
    anthropic: {
      model: "claude-haiku-5-5",
      baa: { confirmedOn: "2026-11-02", confirmedBy: "the owner" },
      apiKey: "env:ANTHROPIC_API_KEY",
      baseUrl: anthropic.baseUrl,
    },
  }
  const environment = { ANTHROPIC_API_KEY: "key-of-nobody" }
  const { house, filed } = await openDesk(t, { settings: { intent: { cloud } }, environment })
  const contact = await house.ask<{ lastName: string }>("patients.contact", { patient: "1001" })
  const { lastName } = contact.value
  const words = `${lastName} here, I waited an hour and nobody came to the counter.`
  await house.asStaff("manager", "complaints.file", { ...rude, patient: "1001", words })
  await until("the summary is there", async () => (await filed())[0]?.summary !== undefined)
  const [complaint] = await filed()
  assert.equal(complaint?.words, words)
  assert.equal(complaint?.summary, "They waited an hour and nobody came.")
  const received = JSON.stringify(await anthropic.received())
  assert.ok(received.includes("waited an hour") && !received.includes(lastName))
})
