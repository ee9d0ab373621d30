/**
 * Random schedules of trouble against one adapter: what was asked is done once and told, or told as
 * an outage, from which the house makes a task. For tests and `npm run fuzz -- --pms`.
 */
import assert from "node:assert/strict"
import fc from "fast-check"
import { Outage } from "#core/fault.ts"
import type { Running } from "./test-context.ts"
import type { Trouble, World } from "./world.ts"

export interface Trial {
  readonly world: World
  /** On a clock that runs, with a short time limit: each lost answer costs as much. */
  readonly running: Running
  readonly schedules: number
  /** Brings a run back. */
  readonly seed?: number
  readonly onSchedule?: (tally: Tally) => void
}

export interface Tally {
  schedules: number
  /** Requests that were answered with what the vendor said. */
  answered: number
  /** Requests that ended in an outage: each is a task for staff. */
  outages: number
}

const trouble = fc.constantFrom<Trouble>(
  ...(["ok", "down", "duplicate", "partial", "garbage", "unauthorized"] as const),
  ...(["drop_after_accept", "drop_after_accept", "timeout_after_accept"] as const),
)
const schedule = fc.array(trouble, { minLength: 1, maxLength: 6 })
/** More than a schedule is long: the trouble ends first. */
const ATTEMPTS_MAX = 50

/** Rejects at the first schedule that breaks the promise, with the seed. */
export async function tryFaultSchedules(trial: Trial): Promise<Tally> {
  const { world, running, schedules, seed, onSchedule } = trial
  const tally: Tally = { schedules: 0, answered: 0, outages: 0 }
  const check = running.offers("submitRefill") ? submitsOnce : tellsTheTruth
  const holds = fc.asyncProperty(schedule, async (sequence) => {
    await world.reset()
    await check({ ...trial, tally, sequence })
    tally.schedules++
    onSchedule?.(tally)
  })
  const numbered = seed === undefined ? {} : { seed }
  await fc.assert(holds, { numRuns: schedules, endOnFailure: true, ...numbered })
  return tally
}

interface Round extends Trial {
  readonly tally: Tally
  readonly sequence: readonly Trouble[]
}

async function submitsOnce({ world, running, tally, sequence }: Round): Promise<void> {
  await world.trouble({ sequence, mode: "ok" })
  const { refillable: rxNumber } = world.known
  const refill = { rxNumber, idempotencyKey: `key-round-${tally.schedules}` }
  const answer = await persist(() => running.ask("submitRefill", refill), tally)
  assert.ok(answer.ok && answer.value.ticket, "a refill that may be filled is acknowledged")
  assert.equal((await world.submissions()).length, 1, "a refill is submitted exactly once")
}

/** Where nothing can be submitted: trouble is never taken for an answer. */
async function tellsTheTruth({ world, running, tally, sequence }: Round): Promise<void> {
  const { refillable: rxNumber } = world.known
  const { patient } = world.known.patient
  const read = async () => {
    const [one, all] = [
      await persist(() => running.ask("refillEligibility", { rxNumber }), tally),
      await persist(() => running.ask("listPrescriptions", { patient }), tally),
    ]
    assert.ok(one.ok && all.ok)
    return [one.value, all.value.prescriptions.map(({ readAtMs: _, ...rest }) => rest)]
  }
  const plain = await read()
  await world.trouble({ sequence, mode: "ok" })
  assert.deepEqual(await read(), plain)
  assert.deepEqual(await world.submissions(), [])
}

/** As an impatient caller of the adapter would: the same again after every outage. */
async function persist<T>(ask: () => Promise<T>, tally: Tally): Promise<T> {
  for (let attempt = 1; ; attempt++) {
    try {
      const answer = await ask()
      tally.answered++
      return answer
    } catch (outage) {
      if (!(outage instanceof Outage) || attempt === ATTEMPTS_MAX) throw outage
      tally.outages++
    }
  }
}
