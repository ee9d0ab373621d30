/** Refills: asks the pharmacy system whether, then to do it. Promises only what it acknowledged. */
import { createHash } from "node:crypto"
import { Type as t } from "typebox"
import { inTurn } from "#core/in-turn.ts"
import type { Context } from "#core/module.ts"
import { defineModule, nothing } from "#core/module.ts"
import { type Prescription, pms } from "#core/pms.ts"
import { controlledSubstances, type Ruling } from "../controlled-substances/contract.ts"
import { drugs } from "../drugs/contract.ts"
import { workQueue } from "../work-queue/contract.ts"
import { refills } from "./contract.ts"
import { worstAlert } from "./worst-alert.ts"

const DAY_MS = 86_400_000
/** Longer than a request waits for a person or is sent again. */
const REMEMBERED_DAYS = 30
const FORGOTTEN_AT_ONCE = 1_000

const needs = {
  ...nothing,
  uses: [pms, controlledSubstances, drugs, workQueue],
  config: t.Object({}),
  collections: {
    /** Requests that may have reached the pharmacy system, by the key they were sent under. */
    sent: { schema: t.Object({ atMs: t.Integer() }), indexes: { atMs: "plain" } },
  },
} as const

type Here = Context<typeof refills, typeof needs>

export default defineModule(refills, needs, {
  commands: {
    async check({ rxNumber }, { call, fail }) {
      const found = await call(pms, "getPrescription", { rxNumber })
      if (!found.ok) return fail("unknown_rx")
      const answer = await call(pms, "refillEligibility", { rxNumber })
      if (!answer.ok) return fail("unknown_rx")
      return { ...answer.value, drugName: found.value.drugName }
    },

    async request({ rxNumber }, context) {
      const { call, emit, fail, key, offers } = context
      const found = await call(pms, "getPrescription", { rxNumber })
      if (!found.ok) return fail("unknown_rx")
      const law = await call(controlledSubstances, "mayRefill", { rxNumber })
      if (!law.ok) return fail("unknown_rx")
      if (!law.value.isAllowed) return fail(lawFault(law.value.says))
      if (!(await offers(pms, "submitRefill"))) {
        await giveToTechnician(found.value, context)
        return fail("by_hand")
      }
      // The key names this one request, so the pharmacy system takes it once however often it is
      // sent.
      const idempotencyKey = createHash("sha256").update(key).digest("base64url")
      const submitted = await inTurn(rxNumber, async () => {
        await assertFirst({ rxNumber, idempotencyKey }, context)
        return call(pms, "submitRefill", { rxNumber, idempotencyKey })
      })
      if (!submitted.ok) return fail(submitted.fault.code)
      const { ticket } = submitted.value
      emit("requested", { rxNumber, patient: found.value.patient, ticket })
      return submitted.value
    },
  },

  schedules: {
    forget: {
      cron: "37 3 * * *",
      async run({ clock, store }) {
        const before = { atMs: Math.round(clock.nowMs()) - REMEMBERED_DAYS * DAY_MS }
        const old = await store.sent.find({ before, limit: FORGOTTEN_AT_ONCE })
        for (const { id } of old) await store.sent.remove(id)
      },
    },
  },

  facts: {
    async check({ rxNumber }, { call }) {
      const found = await call(pms, "getPrescription", { rxNumber })
      if (!found.ok) return { rxNumber }
      const { patient, schedule } = found.value
      return { rxNumber, patient, schedule }
    },

    async request({ rxNumber }, context) {
      const { call } = context
      const found = await call(pms, "getPrescription", { rxNumber })
      if (!found.ok) return { rxNumber }
      const { patient, schedule, drugName } = found.value
      const answer = await call(pms, "refillEligibility", { rxNumber })
      const described = await call(drugs, "describe", { drugName })
      const known = described.ok ? described.value : undefined
      const dur = await worstDur(rxNumber, context)
      return {
        rxNumber,
        patient,
        // The pharmacy system and our own table both have a say, and the stricter one counts.
        schedule: schedule === "none" ? (known?.schedule ?? "none") : schedule,
        eligibility: answer.ok ? answer.value.eligibility : "unknown",
        highAlert: known?.isHighAlert ?? true,
        ...(dur === undefined ? {} : { dur }),
      }
    },
  },
})

/** The rule that refuses, as whoever approved reads it. */
function lawFault(says: Ruling["says"]) {
  if (says === "too_old") return "law_six_months"
  return says === "used_up" ? "law_used_up" : "law_no_refills"
}

/** Whoever asked or approved has done their part: the task keeps it from being forgotten. */
async function giveToTechnician(
  { rxNumber, patient, drugName }: Prescription,
  { actor, call, key }: Here,
): Promise<void> {
  const conversation = actor.kind === "caller" ? { conversation: actor.conversation } : {}
  const willHappen = `Enter a refill of ${rxNumber} in the pharmacy system: it takes no requests.`
  const context = { ...conversation, patient, drugName, willHappen }
  const task = { tier: 1 as const, row: "refill_request", rules: [], context }
  await call(workQueue, "add", task, { key: `${key}:task` })
}

type Request = { readonly rxNumber: string; readonly idempotencyKey: string }

/**
 * Two people may ask for one prescription at the same moment, and both were told that it may be
 * refilled. What was sent before under this key is not looked at: its answer is the system's own.
 */
async function assertFirst(
  { rxNumber, idempotencyKey }: Request,
  { call, clock, fail, store }: Here & { fail(code: "already_requested"): never },
): Promise<void> {
  if (await store.sent.get(idempotencyKey)) return
  const now = await call(pms, "refillEligibility", { rxNumber })
  if (now.ok && now.value.eligibility === "already_in_process") return fail("already_requested")
  await store.sent.put(idempotencyKey, { atMs: Math.round(clock.nowMs()) })
}

async function worstDur(rxNumber: string, { call, offers }: Here) {
  if (!(await offers(pms, "durAlerts"))) return undefined
  const alerts = await call(pms, "durAlerts", { rxNumber })
  return alerts.ok ? worstAlert(alerts.value.alerts.map(({ severity }) => severity)) : undefined
}
