/** Renewals: asks the prescriber once, follows the answer, tells the patient. Renews nothing. */
import { inTurn } from "#core/in-turn.ts"
import { defineModule } from "#core/module.ts"
import { pms } from "#core/pms.ts"
import { drugs } from "../drugs/contract.ts"
import { ask } from "./ask.ts"
import { renewals } from "./contract.ts"
import { close, follow } from "./follow.ts"
import { needs } from "./needs.ts"

const LISTED_MAX = 500

export default defineModule(renewals, needs, {
  commands: {
    async request({ rxNumber }, context) {
      const { call, emit, fail } = context
      const found = await call(pms, "getPrescription", { rxNumber })
      if (!found.ok) return fail("unknown_rx")
      const asked = await inTurn(rxNumber, () => ask(found.value, context))
      if (asked.kind !== "asked") return fail(asked.kind)
      const { renewal, how, patient } = asked.renewal
      emit("requested", { renewal, rxNumber, patient, how })
      return { renewal, how }
    },

    async answer({ renewal, outcome }, context) {
      const found = await context.store.renewals.get(renewal)
      if (!found) return context.fail("unknown_renewal")
      await inTurn(renewal, () => close(found.doc, outcome, context))
      return {}
    },

    async look(_, context) {
      await follow(context)
      return {}
    },

    async list({ includeAnswered = false }, { store }) {
      const found = await store.renewals.find({
        ...(includeAnswered ? {} : { where: { isWaiting: true } }),
        orderBy: "askedAtMs",
        limit: LISTED_MAX,
      })
      return { renewals: found.map(({ doc: { isWaiting: _, ...renewal } }) => renewal) }
    },
  },

  schedules: {
    follow: { cron: "13,43 * * * *", run: follow },
  },

  facts: {
    async request({ rxNumber }, { call }) {
      const found = await call(pms, "getPrescription", { rxNumber })
      if (!found.ok) return { rxNumber }
      const { patient, schedule, drugName } = found.value
      const answer = await call(pms, "refillEligibility", { rxNumber })
      const described = await call(drugs, "describe", { drugName })
      const known = described.ok ? described.value : undefined
      return {
        rxNumber,
        patient,
        // The pharmacy system and our own table both have a say, and the stricter one counts.
        schedule: schedule === "none" ? (known?.schedule ?? "none") : schedule,
        eligibility: answer.ok ? answer.value.eligibility : "unknown",
        highAlert: known?.isHighAlert ?? true,
      }
    },

    async answer({ renewal }, { store }) {
      const patient = (await store.renewals.get(renewal))?.doc.patient
      return patient === undefined ? {} : { patient }
    },
  },
})
