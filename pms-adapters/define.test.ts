/** What the definition of an adapter promises, whatever the vendor. */
import assert from "node:assert/strict"
import { globSync, readFileSync } from "node:fs"
import { dirname, join } from "node:path"
import { test } from "node:test"
import { Type as t } from "typebox"
import { VirtualClock } from "#core/clock.ts"
import { Outage } from "#core/fault.ts"
import { definePmsAdapter, type Operations, type ReadChanges } from "./define.ts"
import { runAdapter } from "./test-context.ts"

const quality = {
  conformance: { exempt: "It has no vendor." },
  fixtures: { exempt: "It has no vendor." },
  idempotency: { exempt: "It has no vendor." },
  timeouts: { exempt: "It has no vendor." },
  reconnects: { exempt: "It has no vendor." },
} as const

const required: Operations<string> = {
  ping: async (session) => ({ system: session }),
  findPatients: async () => ({ patients: [] }),
  getPatient: async (_, __, { fail }) => fail("unknown_patient"),
  getPrescription: async (_, __, { fail }) => fail("unknown_rx"),
  listPrescriptions: async () => ({ prescriptions: [] }),
  refillEligibility: async () => ({ eligibility: "unknown" }),
}

interface Wanted {
  readonly operations?: Operations<string>
  readonly readChanges?: ReadChanges<string>
}

function adapterWith({ operations = required, readChanges }: Wanted) {
  return definePmsAdapter({
    vendor: "Nobody",
    quality,
    config: t.Object({ greeting: t.String({ default: "hello" }) }),
    open: async ({ greeting }) => greeting,
    operations,
    ...(readChanges && { readChanges }),
  })
}

const setting = () => ({ settings: {}, secrets: {}, clock: new VirtualClock(0) })

test("an operation the vendor lacks is an absent handler, and an operation it has is there", () => {
  const lacking = adapterWith({})
  const having = adapterWith({
    operations: { ...required, durAlerts: async () => ({ alerts: [] }) },
  })
  assert.ok(!Object.hasOwn(lacking.parts.commands, "durAlerts"))
  assert.ok(!Object.hasOwn(lacking.parts.commands, "submitRefill"))
  assert.ok(Object.hasOwn(having.parts.commands, "durAlerts"))
  assert.equal(lacking.parts.schedules, undefined)
})

test("operations are given the session that was opened with the site's settings", async () => {
  const running = await runAdapter(adapterWith({}), setting())
  const pinged = await running.ask("ping", {})
  assert.deepEqual(pinged, { ok: true, value: { system: "hello" } })
})

test("a version that the pharmacy system refuses does not pass its check", async () => {
  for (const [outage, isFit] of [
    [new Outage("pms_refused", { retryable: false }), false],
    [new Outage("pms_unreadable", { retryable: false }), false],
    [new Outage("pms_down"), true],
  ] as const) {
    const ping = async () => Promise.reject(outage)
    const running = await runAdapter(adapterWith({ operations: { ...required, ping } }), setting())
    const checked = await running.check().then(
      () => true,
      () => false,
    )
    assert.equal(checked, isFit)
  }
})

test("changes are told from where the last reading ended, page by page", async () => {
  const asked: (string | undefined)[] = []
  const change = { rxNumber: "7001234", patient: "1", fill: "ready" } as const
  const readChanges: ReadChanges<string> = async (_, since) => {
    asked.push(since)
    if (since === undefined) return { next: "5", changes: [] }
    const isEnd = since === "7"
    return { next: isEnd ? "7" : String(Number(since) + 1), changes: isEnd ? [] : [change] }
  }
  const running = await runAdapter(adapterWith({ readChanges }), setting())
  await running.readChanges()
  await running.readChanges()
  assert.deepEqual(asked, [undefined, "5", "6", "7"])
  assert.deepEqual(running.emitted, [change, change])
})

test("a page of changes that could not be read is asked for again", async () => {
  const asked: (string | undefined)[] = []
  let isDown = false
  const readChanges: ReadChanges<string> = async (_, since) => {
    asked.push(since)
    if (isDown) throw new Outage("pms_down")
    return { next: "5", changes: [] }
  }
  const running = await runAdapter(adapterWith({ readChanges }), setting())
  await running.readChanges()
  isDown = true
  await assert.rejects(running.readChanges(), Outage)
  isDown = false
  await running.readChanges()
  assert.deepEqual(asked, [undefined, "5", "5"])
})

const paths = globSync(`${import.meta.dirname}/*/adapter.ts`)

test(`a promise of quality stands on what is there (${paths.length} adapters)`, () => {
  assert.ok(paths.length > 0)
  for (const path of paths) {
    const text = readFileSync(path, "utf8")
    const holds = (pattern: string) => globSync(join(dirname(path), pattern)).length > 0
    if (text.includes('conformance: "done"')) assert.ok(holds("*.test.ts"), `${path} has no tests`)
    if (text.includes('fixtures: "done"')) assert.ok(holds("fixtures/*"), `${path} has no fixtures`)
  }
})
