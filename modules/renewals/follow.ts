/**
 * What became of a request: the pharmacy system is looked at again, and whoever waits too long is
 * put before a technician once. Ends no request that the pharmacy system still calls run out.
 */
import type { RefillEligibility } from "#core/decision.ts"
import { pms } from "#core/pms.ts"
import { workQueue } from "../work-queue/contract.ts"
import type { Outcome, Renewal } from "./contract.ts"
import type { Here } from "./needs.ts"
import { tellPatient } from "./tell.ts"

const HOUR_MS = 3_600_000
const FOLLOWED_AT_ONCE = 200

/** With one of these there are fills again: it was renewed. */
const renewed: readonly RefillEligibility[] = [
  "refillable",
  "already_in_process",
  "ready_now",
  "recently_picked_up",
  "too_soon",
]

export async function follow(context: Here): Promise<void> {
  const { store } = context
  const waiting = await store.renewals.find({
    where: { isWaiting: true },
    orderBy: "askedAtMs",
    limit: FOLLOWED_AT_ONCE,
  })
  for (const { doc } of waiting) await followOne(doc, context)
}

async function followOne(renewal: Renewal, context: Here): Promise<void> {
  const { call, clock, config, store } = context
  const { rxNumber, patient, form } = renewal
  const now = await call(pms, "refillEligibility", { rxNumber })
  if (now.ok && renewed.includes(now.value.eligibility)) {
    await close(renewal, "approved", context)
    return
  }
  const isLate = clock.nowMs() - renewal.askedAtMs >= config.remindAfterHours * HOUR_MS
  if (!isLate || renewal.remindedAtMs !== undefined) return
  const { drugName, prescriber = "The prescriber" } = form
  const willHappen = `${prescriber} has not answered a renewal request. Ask again.`
  await call(
    workQueue,
    "add",
    { tier: 1, row: "refill_request", rules: [], context: { patient, drugName, willHappen } },
    { key: `${renewal.renewal}:late` },
  )
  const remindedAtMs = Math.round(clock.nowMs())
  await store.renewals.change(renewal.renewal, (doc) => ({ ...doc, remindedAtMs }))
}

/** Noted once, told once: whoever comes second changes nothing. */
export async function close(renewal: Renewal, outcome: Outcome, context: Here): Promise<void> {
  const { clock, emit, store } = context
  const answeredAtMs = Math.round(clock.nowMs())
  const before = await store.renewals.get(renewal.renewal)
  if (!before?.doc.isWaiting) return
  await tellPatient(renewal, outcome, context)
  await store.renewals.change(renewal.renewal, (doc) =>
    doc.isWaiting ? { ...doc, isWaiting: false, outcome, answeredAtMs } : doc,
  )
  emit("answered", { renewal: renewal.renewal, patient: renewal.patient, outcome })
}
