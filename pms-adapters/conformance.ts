/**
 * What every adapter must do, tried over its vendor's simulator. Time stands still unless a test
 * moves it, so an answer that comes while it stands did not wait for a time-out.
 */
import assert from "node:assert/strict"
import { after, afterEach, before, suite, test } from "node:test"
import { setImmediate as turn } from "node:timers/promises"
import { inspect } from "node:util"
import type { TSchema } from "typebox"
import { type Clock, systemClock, VirtualClock } from "#core/clock.ts"
import type { OutageCode } from "#core/fault.ts"
import { pms } from "#core/pms.ts"
import { tryClaims } from "./claims-conformance.ts"
import type { Command, PmsAdapter } from "./define.ts"
import { tryFaultSchedules } from "./fault-schedules.ts"
import { tryStock } from "./stock-conformance.ts"
import { type Running, runAdapter } from "./test-context.ts"
import { NOON_MS, outageOf, TIMEOUT_MS, whileTimePasses } from "./vendor-bench.ts"
import type { Known, Trouble, World } from "./world.ts"

/** Real time, for the property: short, since each lost answer costs as much. */
const PROPERTY_TIMEOUT_MS = 100
const SCHEDULES = 200

/** An adapter under test, over a world that is reset after each test. */
interface Bench {
  readonly world: World
  readonly known: Known
  open(clock?: Clock, timeoutMs?: number): Promise<Running>
}

/** Declares the suite. `start` starts the vendor's simulator. */
export function conformance<C extends TSchema>(
  adapter: PmsAdapter<C>,
  { start }: { start(): Promise<World> },
): void {
  suite(`the adapter for ${adapter.vendor} keeps the contract`, () => {
    let world: World | undefined
    const opened: Running[] = []
    const bench: Bench = {
      get world() {
        assert.ok(world)
        return world
      },
      get known() {
        return this.world.known
      },
      async open(clock = new VirtualClock(NOON_MS), timeoutMs = TIMEOUT_MS) {
        const { secrets } = this.world
        const settings = this.world.settings(timeoutMs)
        const running = await runAdapter(adapter, { settings, secrets, clock })
        opened.push(running)
        await this.world.told?.(running)
        return running
      },
    }
    before(async () => {
      world = await start()
    })
    afterEach(async () => {
      for (const running of opened.splice(0)) await running.stop()
      await world?.reset()
    })
    after(async () => world?.stop())
    reads(bench)
    oddities(bench)
    outages(bench)
    tellings(bench)
    tryStock(bench)
    tryClaims(bench)
    properties(bench)
    if (!Object.hasOwn(adapter.parts.commands, "submitRefill")) return
    refills(bench)
    lostAnswers(bench)
  })
}

function reads(bench: Bench): void {
  test("it offers exactly the operations its vendor has", async () => {
    const running = await bench.open()
    const optional = Object.entries(pms.commands).filter(([, spec]) => "optional" in spec)
    const names = optional.map(([name]) => name).filter(isCommand)
    const offered = names.filter((name) => running.offers(name))
    assert.deepEqual(offered.sort(), [...bench.world.offers].sort())
  })

  test("a patient is found by last name and birth date, and read by id", async () => {
    const { lastName, dateOfBirth, patient } = bench.known.patient
    const running = await bench.open()
    const found = given(await running.ask("findPatients", { lastName, dateOfBirth }))
    const mine = found.patients.find((one) => one.patient === patient)
    assert.equal(mine?.dateOfBirth, dateOfBirth)
    assert.deepEqual(given(await running.ask("getPatient", { patient })), mine)
  })

  test("a patient is found by phone where the vendor can", async () => {
    const running = await bench.open()
    if (!running.offers("findPatientsByPhone")) return
    const { phone, patient } = bench.known.patient
    const { patients } = given(await running.ask("findPatientsByPhone", { phone }))
    assert.ok(patients.some((one) => one.patient === patient))
  })

  test("nobody is found under a name nobody has", async () => {
    const running = await bench.open()
    const { dateOfBirth } = bench.known.patient
    const found = given(await running.ask("findPatients", { lastName: "Nobody", dateOfBirth }))
    assert.deepEqual(found.patients, [])
  })

  test("a prescription reads the same alone and in its patient's list", async () => {
    const running = await bench.open()
    const { patient } = bench.known.patient
    const { prescriptions } = given(await running.ask("listPrescriptions", { patient }))
    assert.ok(prescriptions.length > 0)
    for (const listed of prescriptions) {
      const { rxNumber } = listed
      assert.deepEqual(given(await running.ask("getPrescription", { rxNumber })), listed)
      assert.equal(listed.patient, patient)
      assert.equal(listed.readAtMs, NOON_MS)
    }
  })

  test("what the vendor does not have is a declared fault", async () => {
    const running = await bench.open()
    const { absentPatient: patient, absentRx: rxNumber } = bench.known
    assert.equal(faultOf(await running.ask("getPatient", { patient })), "unknown_patient")
    assert.equal(faultOf(await running.ask("listPrescriptions", { patient })), "unknown_patient")
    assert.equal(faultOf(await running.ask("getPrescription", { rxNumber })), "unknown_rx")
  })

  test("eligibility is told in our words for every answer the vendor can give", async () => {
    const running = await bench.open()
    const told: Record<string, string> = {}
    const expected = Object.keys(bench.known.eligibility)
    for (const [name, rxNumber] of Object.entries(bench.known.eligibility)) {
      told[name] = given(await running.ask("refillEligibility", { rxNumber })).eligibility
    }
    assert.ok(expected.includes("refillable"))
    assert.deepEqual(told, Object.fromEntries(expected.map((name) => [name, name])))
  })
}

function oddities(bench: Bench): void {
  test("however oddly records are written, they mean the same", async () => {
    const { beOdd, told } = bench.world
    if (!beOdd) return
    const running = await bench.open()
    const plain = await allThatIsKnown(running, bench.known)
    assert.equal(given(plain.listed).prescriptions.length, 3)
    await beOdd()
    await told?.(running)
    assert.deepEqual(await allThatIsKnown(running, bench.known), plain)
  })
}

function refills(bench: Bench): void {
  test("a refill is submitted once, and again under its key is the same request", async () => {
    const running = await bench.open()
    const refill = refillOf(bench, "key-twice")
    const first = given(await running.ask("submitRefill", refill))
    const second = given(await running.ask("submitRefill", refill))
    assert.equal(first.duplicate, false)
    assert.deepEqual(second, { ...first, duplicate: true })
    assert.equal((await bench.world.submissions()).length, 1)
  })

  test("ten submissions under one key at the same time are one refill", async () => {
    const running = await bench.open()
    const refill = refillOf(bench, "key-ten-times")
    const answers = await Promise.all(
      Array.from({ length: 10 }, () => running.ask("submitRefill", refill)),
    )
    const tickets = new Set(answers.map((answer) => given(answer).ticket))
    assert.equal(tickets.size, 1)
    assert.equal((await bench.world.submissions()).length, 1)
  })

  test("a refill that is delivered twice on its way is one refill", async () => {
    await bench.world.trouble({ mode: "duplicate" })
    const running = await bench.open()
    given(await running.ask("submitRefill", refillOf(bench, "key-delivered-twice")))
    assert.equal((await bench.world.submissions()).length, 1)
  })

  test("a refill that the vendor does not accept is a fault", async () => {
    const running = await bench.open()
    const idempotencyKey = "key-not-accepted"
    const { notRefillable, absentRx } = bench.known
    const refused = await running.ask("submitRefill", { rxNumber: notRefillable, idempotencyKey })
    const absent = await running.ask("submitRefill", { rxNumber: absentRx, idempotencyKey })
    assert.equal(faultOf(refused), "not_refillable")
    assert.equal(faultOf(absent), "unknown_rx")
    assert.deepEqual(await bench.world.submissions(), [])
  })

  test("a refill that the vendor left undone is never reported as done", async () => {
    await bench.world.trouble({ mode: "partial" })
    const running = await bench.open()
    const submitted = running.ask("submitRefill", refillOf(bench, "key-left-undone"))
    const outage = await outageOf(submitted)
    assert.equal(outage.retryable, true)
    assert.deepEqual(await bench.world.submissions(), [])
  })
}

function lostAnswers(bench: Bench): void {
  test("a refill without an answer is asked for, not sent again", async () => {
    await bench.world.trouble({ sequence: ["timeout_after_accept"], mode: "ok" })
    const clock = new VirtualClock(NOON_MS)
    const running = await bench.open(clock)
    const submitted = running.ask("submitRefill", refillOf(bench, "key-no-answer"))
    while ((await bench.world.submissions()).length === 0) await turn()
    clock.advance(TIMEOUT_MS)
    assert.ok(given(await submitted).ticket)
    const [submission] = await bench.world.submissions()
    assert.equal(submission?.deliveries, 1)
  })

  for (const trouble of ["drop_after_accept", "garbage"] as const) {
    test(`a refill whose answer was lost (${trouble}) is asked for, not sent again`, async () => {
      await bench.world.trouble({ sequence: [trouble], mode: "ok" })
      const running = await bench.open()
      given(await running.ask("submitRefill", refillOf(bench, "key-lost-answer")))
      const [submission] = await bench.world.submissions()
      assert.equal(submission?.deliveries, 1)
    })
  }

  test("a refill that never reached the vendor is sent again under its key", async () => {
    await bench.world.trouble({ sequence: ["down"], mode: "ok" })
    const running = await bench.open()
    given(await running.ask("submitRefill", refillOf(bench, "key-never-reached")))
    const [submission] = await bench.world.submissions()
    assert.deepEqual(submission, { ...submission, key: "key-never-reached", deliveries: 1 })
  })

  test("a refill nobody can tell the outcome of must not be tried blindly", async () => {
    await bench.world.trouble({ sequence: ["drop_after_accept"], mode: "down" })
    const running = await bench.open()
    const refill = refillOf(bench, "key-outcome-unknown")
    const outage = await outageOf(running.ask("submitRefill", refill))
    assert.deepEqual([outage.code, outage.retryable], ["deadline", false])
    await bench.world.trouble({ mode: "ok" })
    assert.equal(given(await running.ask("submitRefill", refill)).duplicate, true)
    assert.equal((await bench.world.submissions()).length, 1)
  })
}

function outages(bench: Bench): void {
  const expected: readonly (readonly [Trouble, OutageCode, boolean])[] = [
    ["down", "pms_down", true],
    ["garbage", "pms_unreadable", false],
    ["unauthorized", "pms_refused", false],
  ]
  for (const [trouble, code, retryable] of expected) {
    test(`${trouble} is the outage ${code}, at once, and passes`, async () => {
      const running = await bench.open()
      await bench.world.trouble({ mode: trouble })
      for (const read of readsOf(running, bench.world)) {
        const outage = await outageOf(read())
        assert.deepEqual([outage.code, outage.retryable], [code, retryable])
      }
      await bench.world.trouble({ mode: "ok" })
      given(await running.ask("ping", {}))
    })
  }

  test("a vendor that does not answer in time is the outage deadline", async () => {
    await bench.world.trouble({ mode: "slow" })
    const clock = new VirtualClock(NOON_MS)
    const running = await bench.open(clock)
    const outage = await outageOf(whileTimePasses(clock, running.ask("ping", {})))
    assert.deepEqual([outage.code, outage.retryable], ["deadline", true])
  })

  test("an adapter starts while its vendor is off", async () => {
    await bench.world.trouble({ mode: "down" })
    const running = await bench.open()
    await bench.world.trouble({ mode: "ok" })
    given(await running.ask("ping", {}))
  })

  test("a request that is no longer wanted ends at once", async () => {
    await bench.world.trouble({ mode: "slow" })
    const running = await bench.open()
    const stop = new AbortController()
    const asked = running.ask("ping", {}, { signal: stop.signal })
    stop.abort()
    assert.equal((await outageOf(asked)).code, "deadline")
  })

  test("no trouble holds a value of a patient", async () => {
    const running = await bench.open()
    const { patient, refillable, notRefillable, absentRx, absentPatient } = bench.known
    const values = [patient.lastName, patient.dateOfBirth, refillable, notRefillable, absentRx]
    const texts: string[] = []
    for (const trouble of ["down", "garbage", "unauthorized"] as const) {
      await bench.world.trouble({ mode: trouble })
      const submit = () => running.ask("submitRefill", refillOf(bench, "key-no-value"))
      const asks = [...readsOf(running, bench.world), submit]
      if (!running.offers("submitRefill")) asks.pop()
      for (const ask of asks) texts.push(inspect(await outageOf(ask()), { depth: null }))
    }
    await bench.world.trouble({ mode: "ok" })
    const rx = await running.ask("getPrescription", { rxNumber: absentRx })
    texts.push(inspect(rx), inspect(await running.ask("getPatient", { patient: absentPatient })))
    assert.ok(texts.length >= 8)
    for (const text of texts) for (const value of values) assert.ok(!text.includes(value))
  })
}

function tellings(bench: Bench): void {
  test("what the vendor told before is told with its age while the vendor is off", async () => {
    if (!bench.world.fromFeed?.includes("getPrescription")) return
    const clock = new VirtualClock(NOON_MS)
    const running = await bench.open(clock)
    await bench.world.trouble({ mode: "down" })
    clock.advance(60_000)
    const asked = await running.ask("getPrescription", { rxNumber: bench.known.refillable })
    assert.equal(given(asked).readAtMs, NOON_MS)
  })
}

function properties(bench: Bench): void {
  test(`no schedule of trouble does a thing twice or hides it (${SCHEDULES} schedules)`, async () => {
    const running = await bench.open(systemClock, PROPERTY_TIMEOUT_MS)
    const { world } = bench
    const { outages, answered } = await tryFaultSchedules({ world, running, schedules: SCHEDULES })
    assert.ok(outages > 0 && answered >= SCHEDULES)
  })
}

function refillOf(bench: Bench, idempotencyKey: string) {
  return { rxNumber: bench.known.refillable, idempotencyKey }
}

/** Questions that reach the vendor whenever they are asked. */
function readsOf(running: Running, { known, fromFeed = [] }: World) {
  const { lastName, dateOfBirth, patient } = known.patient
  const rxNumber = known.refillable
  const reads: Readonly<Partial<Record<Command, () => Promise<Answered<unknown>>>>> = {
    ping: () => running.ask("ping", {}),
    findPatients: () => running.ask("findPatients", { lastName, dateOfBirth }),
    getPatient: () => running.ask("getPatient", { patient }),
    getPrescription: () => running.ask("getPrescription", { rxNumber }),
    listPrescriptions: () => running.ask("listPrescriptions", { patient }),
    refillEligibility: () => running.ask("refillEligibility", { rxNumber }),
    ...(running.offers("readStock") && { readStock: () => running.ask("readStock", {}) }),
  }
  return Object.entries(reads).flatMap(([name, read]) =>
    fromFeed.some((command) => command === name) ? [] : [read],
  )
}

type Answered<T> = { ok: true; value: T } | { ok: false; fault: { code: string } }

async function allThatIsKnown(running: Running, { patient: who, eligibility, absentRx }: Known) {
  const { patient } = who
  const absent = await running.ask("getPrescription", { rxNumber: absentRx })
  const answers: unknown[] = []
  for (const rxNumber of Object.values(eligibility))
    answers.push(await running.ask("refillEligibility", { rxNumber }))
  const person = await running.ask("getPatient", { patient })
  const listed = await running.ask("listPrescriptions", { patient })
  return { absent, answers, person, listed }
}

function given<T>(answer: Answered<T>): T {
  assert.ok(answer.ok, answer.ok ? "" : `fault ${answer.fault.code}`)
  return answer.value
}

function faultOf(answer: Answered<unknown>): string | undefined {
  return answer.ok ? undefined : answer.fault.code
}

function isCommand(name: string): name is Command {
  return Object.hasOwn(pms.commands, name)
}
