/** Decisions that are acted on some seconds later, in the real house: taken back, or kept. */
import assert from "node:assert/strict"
import { mkdtempSync, rmSync } from "node:fs"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { type TestContext, test } from "node:test"
import { setTimeout as wait } from "node:timers/promises"
import type { Role } from "#core/actor.ts"
import { type House, openHouse } from "../../test/house.ts"
import type { Item } from "./contract.ts"

const only = [
  "work-queue",
  "callbacks",
  "store-info",
  "refills",
  "controlled-substances",
  "drugs",
  "pms",
]
const LOOKS_MAX = 150
const LOOK_MS = 100

const open = (t: { after(run: () => unknown): void }, undoSeconds: number, folder?: string) =>
  openHouse(t, {
    ...{ only, today: "2026-11-20", settings: { "work-queue": { undoSeconds } } },
    ...(folder === undefined ? {} : { folder }),
  })

const question = { about: "Does the new plan cover it?" }

async function asked({ asCaller }: House, name = "askInsurance", input: object = question) {
  const reply = await asCaller("1001", `work-queue.${name}`, input)
  assert.ok(reply.kind === "asked")
  return reply.item
}

async function done(house: House, role: Role, name: string, input: object): Promise<Item> {
  const reply = await house.asStaff(role, `work-queue.${name}`, input)
  assert.ok(reply.kind === "done", JSON.stringify(reply))
  return reply.value as Item
}

async function codeOf(house: House, role: Role, name: string, input: object) {
  const reply = await house.asStaff(role, `work-queue.${name}`, input)
  return reply.kind === "fault" ? reply.code : reply.kind
}

async function settled(house: House, item: string, state: Item["state"]): Promise<Item> {
  for (let looks = 0; looks < LOOKS_MAX; looks++) {
    const now = await done(house, "technician", "get", { item })
    if (now.state === state) return now
    await wait(LOOK_MS)
  }
  throw new Error(`the item is not ${state}`)
}

test("a decision waits, is taken back by whoever made it, and by nobody else", async (t) => {
  const house = await open(t, 60)
  await takenBack(t, house)
  await calledBack(t, house)
})

async function takenBack(t: TestContext, house: House): Promise<void> {
  await t.test("a refusal is told to others at once, with who and until when", async () => {
    const item = await asked(house)
    await done(house, "technician", "claim", { item })
    const held = await done(house, "technician", "refuse", { item, reason: "Told at the counter." })
    const { state, willBe, decidedBy, decidedAtMs = 0, actsAtMs } = held
    assert.deepEqual([state, willBe, decidedBy], ["deciding", "refused", "the-technician"])
    assert.equal(actsAtMs, decidedAtMs + 60_000)
    assert.equal(await codeOf(house, "pharmacist", "approve", { item }), "already_decided")
    assert.equal(await codeOf(house, "pharmacist", "undo", { item }), "not_yours")

    const back = await done(house, "technician", "undo", { item })
    assert.deepEqual([back.state, back.claimedBy], ["claimed", "the-technician"])
    for (const left of ["decidedBy", "willBe", "actsAtMs", "reason"] as const)
      assert.equal(back[left], undefined, left)
    assert.equal(await codeOf(house, "technician", "undo", { item }), "too_late")
  })

  await t.test(
    "why it was put before a tier stands again when a refusal is taken back",
    async () => {
      const item = await asked(house)
      await done(house, "technician", "escalate", { item, tier: 3, reason: "It is about money." })
      await done(house, "manager", "refuse", { item, reason: "No." })
      assert.equal((await done(house, "manager", "undo", { item })).reason, "It is about money.")
    },
  )

  await t.test("what a pharmacist approves is acted on at once, and stays so", async () => {
    const input = { rxNumber: "7001242" }
    const reply = await house.asCaller("1002", "refills.request", input)
    assert.ok(reply.kind === "asked" && reply.tier === 2)
    const { item } = reply
    assert.equal((await done(house, "pharmacist", "approve", { item })).outcome, "done")
    assert.equal(await codeOf(house, "pharmacist", "undo", { item }), "too_late")
    assert.equal((await house.submissions()).length, 1)
  })
}

async function calledBack(t: TestContext, house: House): Promise<void> {
  await t.test("a call promised from an item stands on it, and that it was made", async () => {
    const item = await asked(house)
    const owed = { item, phone: "+15125550100", about: "insurance", forRole: "technician" }
    assert.equal((await house.asStaff("technician", "callbacks.owe", owed)).kind, "done")
    const callbackOf = async () => (await done(house, "technician", "get", { item })).callback
    for (let looks = 0; looks < LOOKS_MAX && !(await callbackOf()); looks++) await wait(LOOK_MS)
    const { callback } = (await callbackOf()) ?? {}
    assert.ok(callback)
    await house.asStaff("technician", "callbacks.done", { callback })
    for (let n = 0; n < LOOKS_MAX && !(await callbackOf())?.doneAtMs; n++) await wait(LOOK_MS)
    assert.ok((await callbackOf())?.doneAtMs)
  })
}

test("what nobody takes back is carried out, for whoever decided it", async (t) => {
  const house = await open(t, 1)
  const [covered, refunded] = [await asked(house), await asked(house, "askRefund")]
  await done(house, "technician", "approve", { item: covered })
  await done(house, "manager", "approve", { item: refunded })
  const { outcome, decidedBy, willBe } = await settled(house, covered, "approved")
  assert.deepEqual([outcome, decidedBy, willBe], ["done", "the-technician", undefined])
  assert.equal((await settled(house, refunded, "approved")).decidedBy, "the-manager")
  assert.equal(await codeOf(house, "technician", "undo", { item: covered }), "too_late")
  const entries = await house.audit.query({ what: "work-queue.askInsurance" })
  const actors = entries.map(({ actor }) => String(Object(actor).person))
  assert.ok(actors.includes("the-technician"), actors.join())
})

test("a decision that waited while the house was down is carried out when it is up", async (t) => {
  const folder = mkdtempSync(join(tmpdir(), "mortar-undo-"))
  t.after(() => rmSync(folder, { recursive: true, force: true, maxRetries: 10 }))
  const closers: (() => unknown)[] = []
  const first = await open({ after: (run) => closers.push(run) }, 2, folder)
  const item = await asked(first)
  assert.equal((await done(first, "technician", "approve", { item })).state, "deciding")
  for (const close of closers) await close()
  const house = await open(t, 2, folder)
  assert.equal((await settled(house, item, "approved")).outcome, "done")
})
