/**
 * Running: an event comes, the conditions are looked at, and within its cap the automation acts.
 * One after the other, so that what follows from an automation is known to.
 */
import { inTurn } from "#core/in-turn.ts"
import { act, ended } from "./act.ts"
import { switchedOff } from "./changes.ts"
import { filled, looked } from "./conditions.ts"
import type { Result, Value, Values } from "./contract.ts"
import { unfitIn } from "./draft.ts"
import { lastDueMs } from "./due.ts"
import { valuesOf } from "./fields.ts"
import { chains } from "./loops.ts"
import type { Here, Kept, KeptRun } from "./needs.ts"
import { counted, tallied, trim } from "./tally.ts"

const HOUR_MS = 3_600_000
const SAMPLES_KEPT_MAX = 10
const LOOKED_AT_MAX = 200
/** Events that wait for those before them; beyond that they set nothing off. */
const WAITING_MAX = 1_000
export const SCHEDULE = "schedule"

/** Results that did nothing, and so count towards no cap. */
const idle: readonly Result[] = ["capped", "loop"]

/** Names by which the house knows things of its own. A page may show them; they name no patient. */
const references: readonly string[] = [
  ...["call", "callback", "complaint", "conversation", "glass", "notice", "photo"],
  ...["priorAuth", "renewal", "transfer"],
]

interface Occasion {
  readonly event: string
  readonly values: Values
}

let waiting = 0

export async function heard(event: string, data: unknown, context: Here): Promise<void> {
  if (waiting >= WAITING_MAX) return context.log.warn("an event sets nothing off", { event })
  waiting++
  try {
    await inTurn("runs", () => hear({ event, values: valuesOf(data) }, context))
  } finally {
    waiting--
  }
}

async function hear(occasion: Occasion, context: Here): Promise<void> {
  const { event, values } = occasion
  const { clock, newId, store } = context
  const sample = { event, atMs: Math.round(clock.nowMs()), values, ...patientIn(values) }
  await store.samples.put(newId(), sample, 0)
  await trim(store.samples, { event }, SAMPLES_KEPT_MAX)
  for (const kept of await onFor(event, context)) await runIf(kept, occasion, context)
}

/** Times of day that came since they were last looked at; an hour late, they are let pass. */
export async function lookForDue(context: Here): Promise<void> {
  const { clock, config, store } = context
  const nowMs = Math.round(clock.nowMs())
  for (const kept of await onFor(SCHEDULE, context)) {
    if ("event" in kept.when) continue
    const dueMs = lastDueMs(kept.when, { nowMs, timeZone: config.timeZone })
    const metMs = (await store.tallies.get(kept.automation))?.doc.dueMs ?? 0
    const sinceMs = Math.max(metMs, kept.onSinceMs ?? 0, nowMs - HOUR_MS)
    if (dueMs === undefined || dueMs <= sinceMs) continue
    await tallied(kept.automation, (tally) => ({ ...tally, dueMs }), context)
    await runIf(kept, { event: SCHEDULE, values: {} }, context)
  }
}

async function onFor(event: string, { store }: Here): Promise<readonly Kept[]> {
  const found = await store.automations.find({
    where: { event, isOn: true },
    limit: LOOKED_AT_MAX,
  })
  return found.map(({ doc }) => doc)
}

async function runIf(kept: Kept, occasion: Occasion, context: Here): Promise<void> {
  const isHeld = looked(kept.holds, occasion.values).every(({ held }) => held)
  await counted(kept.automation, isHeld ? ["heard", "held"] : ["heard"], context)
  if (!isHeld) return
  const run = begun(kept, occasion, context)
  const depth = chains.depthOf(occasion.values) + 1
  if (chains.isTooLong(depth)) {
    await ended(run, { result: "loop" }, context)
    return switchedOff(kept.automation, context)
  }
  const before = await lastHourOf(run, context)
  if (before.filter((result) => !idle.includes(result)).length >= kept.perHour) {
    if (before.includes("capped")) return counted(kept.automation, ["capped"], context)
    return ended(run, { result: "capped" }, context)
  }
  if (unfitIn(run.command, run.input).length > 0) return ended(run, unfit, context)
  await context.store.runs.put(run.run, run, 0)
  await act(run, depth, context)
}

const unfit = {
  result: "failed",
  code: "unfit",
  says: "What the event said does not fit the command.",
} as const

function begun(kept: Kept, { event, values }: Occasion, { clock, newId }: Here): KeptRun {
  const { automation, name, does } = kept
  const about = Object.entries(values).find(([field]) => references.includes(field))
  return {
    ...{ run: newId(), automation, name, event, atMs: Math.round(clock.nowMs()) },
    ...{ result: "begun", command: does.command, input: filled(does.input, values) },
    ...(about ? { about: { field: about[0], id: `${about[1]}` } } : {}),
    ...patientIn(values),
  }
}

async function lastHourOf({ automation, atMs }: KeptRun, { store }: Here) {
  const found = await store.runs.find({
    where: { automation },
    from: { atMs: atMs - HOUR_MS },
    limit: LOOKED_AT_MAX,
  })
  return found.map(({ doc }) => doc.result)
}

export function patientIn(values: Readonly<Record<string, Value>>): { patient?: string } {
  const { patient } = values
  return typeof patient === "string" ? { patient } : {}
}
