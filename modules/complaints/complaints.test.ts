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

/** A site that has switched the cloud on, and what the provider says. */
async function withCloud(t: TestContext, says: string) {
  const anthropic = await startProvider(t, "anthropic")
  await anthropic.says(says)
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
  return { anthropic, ...(await openDesk(t, { settings: { intent: { cloud } }, environment })) }
}

test("where the cloud is on, a summary stands beside the words; no name left for it", async (t) => {
  const { anthropic, house, filed } = await withCloud(t, "They waited an hour and nobody came.")
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

test("a complaint that waits has its summary at the work item, and is asked about once", async (t) => {
  const long = `${"They waited an hour and nobody came to the counter. ".repeat(8)}`.trim()
  const { anthropic, house, filed, items } = await withCloud(t, long)
  const about = { people: [{ role: "caller", first: "Wilhelmina" }], drugs: [] }
  const words = "Wilhelmina here, I waited an hour and nobody came to the counter."
  const { conversation } = wrongPills
  await house.ask("complaints.warnPharmacist", { conversation, words })
  const said = { conversation, words, about }
  const { value } = await house.ask<{ isDrafted: boolean }>("complaints.summarise", said)
  assert.equal(value.isDrafted, true)
  const { text = "" } = (await items())[0]?.context.summary ?? {}
  assert.match(text, /^They waited .+ the counter\.$/)
  assert.ok(text.length <= 300)
  await house.asStaff("manager", "complaints.file", { ...rude, conversation, words })
  await until("the complaint is filed with it", async () => (await filed())[0]?.summary === long)
  const received = await anthropic.received()
  assert.equal(received.length, 1)
  assert.doesNotMatch(JSON.stringify(received), /wilhelmina/i)
})

test("without the cloud the words stand alone", async (t) => {
  const { house } = await openDesk(t)
  const said = { conversation: "call-3", words: "I waited.", about: { people: [], drugs: [] } }
  const { value } = await house.ask<{ isDrafted: boolean }>("complaints.summarise", said)
  assert.equal(value.isDrafted, false)
})
