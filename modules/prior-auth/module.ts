/** Prior authorisations: prepared here, sent by a person, followed to the paid claim. */
import { defineModule } from "#core/module.ts"
import { pms } from "#core/pms.ts"
import { rejectOf } from "../../pms-adapters/ncpdp/telecom/rejects.ts"
import { insurance } from "../insurance/contract.ts"
import { priorAuth } from "./contract.ts"
import { look, tellPatient } from "./follow.ts"
import { draft, isStillDraft } from "./letter.ts"
import { dayHere, type Here, needs } from "./needs.ts"
import { open, openDemo, task } from "./open.ts"

const HOUR_MS = 3_600_000
const LISTED_MAX = 500
const TOLD_MAX = 10
/** What a payer says when it wants one, or has one in hand. */
const wantsOne: readonly string[] = ["start_prior_auth", "follow_prior_auth"]

export default defineModule(priorAuth, needs, {
  start: openDemo,

  commands: {
    async takeReject({ codes, ...refused }, context) {
      if (!codes.some((code) => wantsOne.includes(rejectOf(code).act))) return {}
      const opened = await open(refused, context)
      return opened ? { priorAuth: opened.priorAuth } : context.fail("unknown_rx")
    },

    async request(wanted, context) {
      const opened = await open(wanted, context)
      return opened ? { priorAuth: opened.priorAuth } : context.fail("unknown_rx")
    },

    async status({ patient }, { call, store }) {
      const all = await store.auths.find({ where: { patient }, limit: LISTED_MAX })
      const newest = all
        .map(({ doc }) => doc)
        .toSorted((a, b) => (a.openedOn < b.openedOn ? 1 : -1))
      const found = []
      for (const { rxNumber, state, openedOn, submittedOn, answeredOn } of newest.slice(
        0,
        TOLD_MAX,
      )) {
        const prescription = await call(pms, "getPrescription", { rxNumber })
        if (!prescription.ok) continue
        const { drugName } = prescription.value
        found.push({ rxNumber, drugName, state, on: answeredOn ?? submittedOn ?? openedOn })
      }
      return { found }
    },

    async prepare({ priorAuth: id, ...given }, context) {
      const { fail, store } = context
      const known = (await store.auths.get(id))?.doc
      if (!known) return fail("unknown_prior_auth")
      const letter = await draft(known, given, context)
      if (!letter) return fail("unknown_rx")
      await store.auths.change(id, (doc) => ({ ...doc, letter }))
      return letter
    },

    async submit({ priorAuth: id, letter: sent, dueInHours, ...by }, context) {
      const { clock, config, emit, fail, store } = context
      if (isStillDraft(sent)) return fail("still_a_draft")
      const submittedOn = dayHere(context)
      const hours = dueInHours ?? config.answerHours
      const dueAtMs = Math.round(clock.nowMs() + hours * HOUR_MS)
      const stored = await store.auths.change(id, (doc) =>
        doc.state === "open"
          ? { ...doc, ...by, state: "submitted", sent, submittedOn, dueAtMs }
          : fail("not_open"),
      )
      if (!stored) return fail("unknown_prior_auth")
      emit("changed", { priorAuth: id, patient: stored.doc.patient, state: "submitted" })
      return {}
    },

    async answer({ priorAuth: id, isApproved, ...given }, context) {
      const { emit, fail, store } = context
      const state = isApproved ? "approved" : "denied"
      const answeredOn = dayHere(context)
      const stored = await store.auths.change(id, (doc) =>
        doc.state === "submitted"
          ? { ...doc, ...given, state, answeredOn, isOver: !isApproved }
          : fail("not_submitted"),
      )
      if (!stored) return fail("unknown_prior_auth")
      await task(stored.doc, isApproved ? resend : appeal, context)
      await tellPatient(stored.doc, context)
      emit("changed", { priorAuth: id, patient: stored.doc.patient, state })
      return {}
    },

    async resubmit({ priorAuth: id }, context) {
      const { call, emit, fail, store } = context
      const known = (await store.auths.get(id))?.doc
      if (!known) return fail("unknown_prior_auth")
      if (known.state === "paid") return { isPaid: true, rejects: [] }
      if (known.state !== "approved") return fail("not_approved")
      const { claim, number, patient, resentOn: serviceOn = dayHere(context) } = known
      if (!claim) return fail("by_hand")
      await store.auths.change(id, (doc) => ({ ...doc, resentOn: serviceOn }))
      const asked = { patient, claim, serviceOn, ...(number && { priorAuthNumber: number }) }
      const answer = await call(insurance, "resend", asked)
      if (!answer.ok) return fail("by_hand")
      if (!answer.value.isPaid) return answer.value
      await store.auths.change(id, (doc) => ({ ...doc, state: "paid", isOver: true }))
      emit("changed", { priorAuth: id, patient, state: "paid" })
      return answer.value
    },

    async look(_, context) {
      await look(context)
      return {}
    },

    async list({ patient }, { store }) {
      const where = patient === undefined ? { isOver: false } : { patient }
      const found = await store.auths.find({ where, limit: LISTED_MAX })
      return { found: found.map(({ doc: { isOver: _, ...one } }) => one) }
    },
  },

  schedules: {
    look: { cron: "11,41 * * * *", run: look },
  },

  facts: {
    takeReject: async ({ patient, rxNumber }) => ({ patient, rxNumber }),
    status: async ({ patient }) => ({ patient }),
    list: async ({ patient }) => (patient === undefined ? {} : { patient }),
    request: async ({ patient, rxNumber }, context) => ({
      ...(await scheduleOf(rxNumber, context)),
      patient,
    }),
    prepare: ofAuth,
    submit: ofAuth,
    answer: ofAuth,
    resubmit: ofAuth,
  },
})

const resend = "The plan approved it. Send the claim again with its number."
const appeal = "The plan denied it. Ask the prescriber: an appeal, or another drug."

async function scheduleOf(rxNumber: string, { call }: Here) {
  const found = await call(pms, "getPrescription", { rxNumber })
  return found.ok ? { rxNumber, schedule: found.value.schedule } : { rxNumber }
}

async function ofAuth({ priorAuth: id }: { priorAuth: string }, context: Here) {
  const known = (await context.store.auths.get(id))?.doc
  return known ? { ...(await scheduleOf(known.rxNumber, context)), patient: known.patient } : {}
}
