/** The trial itself: an adapter that breaks the promise is caught. */
import assert from "node:assert/strict"
import { test } from "node:test"
import { Outage } from "#core/fault.ts"
import { cast } from "./cast.ts"
import { tryFaultSchedules } from "./fault-schedules.ts"
import type { Running } from "./test-context.ts"
import type { Trouble, World } from "./world.ts"

/** A vendor and its adapter in one: `sends` is how an adapter goes about one attempt. */
function pretend(sends: (next: () => Trouble, take: () => void) => void) {
  let taken = 0
  let sequence: readonly Trouble[] = []
  const world: World = {
    known: cast,
    secrets: {},
    offers: ["submitRefill"],
    settings: () => ({}),
    async trouble(plan) {
      sequence = plan.sequence ?? []
    },
    submissions: async () =>
      Array.from({ length: taken }, () => ({ rxNumber: "7001234", key: "key", deliveries: 1 })),
    async reset() {
      taken = 0
    },
    stop: async () => undefined,
  }
  const next = () => {
    const [first = "ok", ...rest] = sequence
    sequence = rest
    return first
  }
  const running = {
    offers: () => true,
    ask: async () => {
      sends(next, () => {
        taken++
      })
      return { ok: true, value: { ticket: "T", duplicate: false } }
    },
  } as unknown as Running
  return { world, running, schedules: 200, seed: 7 }
}

function isCaught(trouble: unknown): boolean {
  return trouble instanceof Error && /submitted exactly once/.test(String(trouble.cause))
}

test("an adapter that sends again on a guess is caught", async () => {
  const trial = pretend((next, take) => {
    const trouble = next()
    if (trouble !== "down") take()
    if (trouble !== "ok") throw new Outage("pms_down")
  })
  await assert.rejects(tryFaultSchedules(trial), isCaught)
})

test("an adapter that says done of what was lost is caught", async () => {
  const trial = pretend((next, take) => {
    if (next() !== "down") take()
  })
  await assert.rejects(tryFaultSchedules(trial), isCaught)
})
