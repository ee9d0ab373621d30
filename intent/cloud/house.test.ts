/** The cloud in the real house: off unless switched on, written down, counted, and not missed. */
import assert from "node:assert/strict"
import { createHash } from "node:crypto"
import { mkdtempSync, rmSync } from "node:fs"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { type TestContext, test } from "node:test"
import { startProvider } from "../../test/fixtures/providers.ts"
import { openHouse } from "../../test/house.ts"
import type { Understanding } from "../contract.ts"

const about = {
  people: [{ role: "caller", first: "Wilhelmina", last: "Quackenbush", rxNumbers: ["7001234"] }],
  drugs: ["lisinopril"],
}
/** Nothing in the house is sure of this. */
const hard = {
  text: "Wilhelmina Quackenbush, it is about what we said the other day, with the blue ones",
  source: "typed",
  expect: "request",
  language: "en",
  about,
}
const told = JSON.stringify({
  wishes: [{ intent: "complaint", sure: "sure" }],
  answersYesOrNo: "neither",
  wantsAllOfThem: false,
  choosesFromList: "none",
  takesBackWhatWasSaid: false,
  speaksForSomebodyElse: false,
  tone: "calm",
})

async function openHere(t: TestContext, more: Readonly<Record<string, unknown>> = {}) {
  const anthropic = await startProvider(t, "anthropic")
  await anthropic.says(told)
  const cloud = {
    on: true,
    anthropic: {
      model: "claude-haiku-5-5",
      baa: { confirmedOn: "2026-11-02", confirmedBy: "the owner" },
      apiKey: "env:ANTHROPIC_API_KEY",
      baseUrl: anthropic.baseUrl,
    },
    ...more,
  }
  const open = (settings: Readonly<Record<string, unknown>> = cloud, folder?: string) =>
    openHouse(t, {
      only: ["intent"],
      settings: { intent: { cloud: settings } },
      environment: { ANTHROPIC_API_KEY: "key-of-nobody" },
      ...(folder === undefined ? {} : { folder }),
    })
  return { anthropic, cloud, open }
}

const steps = ({ tried = [] }: Understanding): readonly string[] => tried.map(({ step }) => step)

test("a hard turn is asked of the cloud, and what left is in the log with whom, why and how much", async (t) => {
  const { anthropic, open } = await openHere(t)
  const house = await open()
  const { value } = await house.ask<Understanding>("intent.understand", hard)
  assert.deepEqual(value.wishes, [{ intent: "complaint", confidence: 0.75 }])

  const [received, ...more] = await anthropic.received()
  assert.deepEqual(more, [])
  const body = received?.body ?? ""
  assert.ok(!/wilhelmina|quackenbush/i.test(JSON.stringify(received)))
  const [before, after] = house.audit.query({ what: "cloud.ask" })
  assert.deepEqual(before?.left, {
    ...{ to: "anthropic", model: "claude-haiku-5-5", purpose: "hard_turn", text: body },
    sha256: createHash("sha256").update(body).digest("hex"),
  })
  assert.deepEqual([after?.phase, after?.outcome], ["after", "answered"])
  assert.ok((after?.left?.costMicroDollars ?? 0) > 0)
  assert.equal(after?.left?.text, undefined)
})

test("off by default: the same turn leaves nothing and is asked of nobody outside", async (t) => {
  const { anthropic, cloud, open } = await openHere(t)
  const { on: _, ...unsaid } = cloud
  const house = await open(unsaid)
  const { value } = await house.ask<Understanding>("intent.understand", hard)
  assert.ok(!steps(value).includes("cloud"))
  assert.deepEqual(await anthropic.received(), [])
})

test("nothing leaves when nobody said whom the words are about, nor in an emergency", async (t) => {
  const { anthropic, open } = await openHere(t)
  const house = await open()
  const { about: _, ...unknown } = hard
  await house.ask("intent.understand", unknown)
  await house.ask("intent.understand", { ...hard, isEmergency: true })
  const { value } = await house.ask<Understanding>("intent.understand", {
    ...hard,
    text: "the blue ones went round and round and my chest is so tight I can not breathe",
  })
  assert.ok(value.emergency)
  assert.deepEqual(await anthropic.received(), [])
})

test("what was asked today is remembered when the house is opened again", async (t) => {
  const folder = mkdtempSync(join(tmpdir(), "mortar-cloud-"))
  t.after(() => rmSync(folder, { recursive: true }))
  const { anthropic, cloud, open } = await openHere(t, { dailyAsksMax: 1 })
  const first = await open(cloud, folder)
  await first.ask("intent.understand", hard)
  await first[Symbol.asyncDispose]()
  const again = await open(cloud, folder)
  await again.ask("intent.understand", hard)
  assert.equal((await anthropic.received()).length, 1)
})

test("the cloud is taken away step by step, and the turn is answered from the house alone", async (t) => {
  const { anthropic, cloud, open } = await openHere(t)
  const house = await open()
  const withCloud = await house.ask<Understanding>("intent.understand", hard)
  assert.equal(withCloud.value.wishes[0]?.intent, "complaint")
  for (const kind of ["overloaded", "nonsense", "unavailable", "cut"] as const) {
    await anthropic.fault({ kind })
    const { value, ...reply } = await house.ask<Understanding>("intent.understand", hard)
    assert.equal(reply.kind, "done")
    assert.notEqual(value.wishes[0]?.intent, "complaint")
    assert.equal(value.tried?.at(-1)?.why, "silent")
  }
  const without = await open({ ...cloud, anthropic: { ...cloud.anthropic, apiKey: "env:NOT_SET" } })
  const { value } = await without.ask<Understanding>("intent.understand", hard)
  assert.ok(!steps(value).includes("cloud"))
  assert.ok(without.logged.some((line) => line.includes("the cloud stays off")))
})
