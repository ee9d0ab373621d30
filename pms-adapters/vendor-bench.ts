/**
 * One vendor's simulator for a whole file of tests, and adapters opened over it. It is as at the
 * start before each test. For tests only.
 */
import assert from "node:assert/strict"
import { after, afterEach, before } from "node:test"
import { setImmediate as turn } from "node:timers/promises"
import type { TSchema } from "typebox"
import { VirtualClock } from "#core/clock.ts"
import { Outage } from "#core/fault.ts"
import type { PmsAdapter } from "./define.ts"
import { type Running, runAdapter } from "./test-context.ts"
import type { World } from "./world.ts"

export const TIMEOUT_MS = 3_000
export const NOON_MS = Date.UTC(2026, 10, 20, 18)

export interface VendorBench<W extends World> {
  readonly world: W
  /** Of the adapter that was started last. */
  readonly clock: VirtualClock
  /** With settings beside the world's own, or going on with the store of one that ran before. */
  start(changes?: object, restarts?: Running): Promise<Running>
}

export function vendorBench<C extends TSchema, W extends World>(
  adapter: PmsAdapter<C>,
  startWorld: () => Promise<W>,
): VendorBench<W> {
  let world: W | undefined
  let clock = new VirtualClock(NOON_MS)
  const opened: Running[] = []
  before(async () => {
    world = await startWorld()
  })
  afterEach(async () => {
    for (const running of opened.splice(0)) await running.stop()
    await world?.reset()
  })
  after(() => world?.stop())
  return {
    get world() {
      assert.ok(world)
      return world
    },
    get clock() {
      return clock
    },
    async start(changes = {}, restarts) {
      clock = new VirtualClock(NOON_MS)
      const running = await runAdapter(adapter, {
        settings: Object.assign({}, this.world.settings(TIMEOUT_MS), changes),
        secrets: this.world.secrets,
        clock,
        ...(restarts && { restarts }),
      })
      opened.push(running)
      return running
    },
  }
}

export async function outageOf(asked: Promise<unknown>): Promise<Outage> {
  const trouble = await asked.catch((error: unknown) => error)
  assert.ok(trouble instanceof Outage, "expected an outage")
  return trouble
}

/** Lets time-outs fall due, one after the other, until there is an answer. */
export async function whileTimePasses<T>(clock: VirtualClock, asked: Promise<T>): Promise<T> {
  let isOver = false
  const over = () => {
    isOver = true
  }
  asked.then(over, over)
  while (!isOver) {
    clock.advance(TIMEOUT_MS)
    await turn()
  }
  return asked
}
