/** Prior authorisations: prepared here, sent by a person, followed to the paid claim. */
import { inTurn } from "#core/in-turn.ts"
import { defineModule } from "#core/module.ts"
import { pms } from "#core/pms.ts"
import { rejectOf } from "../../pms-adapters/ncpdp/telecom/rejects.ts"
import { insurance } from "../insurance/contract.ts"
import { type PriorAuth, priorAuth } from "./contract.ts"
import { look, tellPatient } from "./follow.ts"
import { draft, isStillDraft } from "./letter.ts"
import { dayHere, type Here, needs } from "./needs.ts"
import { open, openDemo, stepped, task } from "./open.ts"
import { asksForOne, hearFill, waitIsOver } from "./waits.ts"

const HOUR_MS = 3_600_000
const LISTED_MAX = 500
const TOLD_MAX = 10

export default defineModule(priorAuth, needs, {
  start: openDemo,

  commands: {
    async takeReject(refused, context) {
      const { patient, rxNumber, codes } = refused
      const rejects = codes.map(rejectOf)
      const found = await context.call(pms, "getPrescription", { rxNumber })
      if (!found.ok || found.value.patient !== patient) return context.fail("unknown_rx")
      await inTurn(rxNumber, () => waitIsOver(rxNumber, context))
      if (!asksForOne(rejects)) return { rejects }
      const opened = await open(refused, context)
      return opened ? { priorAuth: opened.priorAuth, rejects } : context.fail("unknown_rx")
    },

    async request(wanted, context) {
      const opened = await open(wanted, context)
      return opened ? { priorAuth: opened.priorAuth } : context.fail("unknown_rx")
    },

    async status({ patient }, { call, store }) {
      const all = await store.auths.find({ where: { patient }, limit: LISTED_MAX })
      const newest = all
        .map(({ doc }) => doc)
        .filter(({ state }) => state !== "not_needed")
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
      if (known.state !== "open") return fail("not_open")
      const letter = await draft(known, given, context)
      if (!letter) return fail("unknown_rx")
      await store.auths.change(id, ({ edited: _, ...doc }) => ({
        ...{ ...doc, letter, packet: given },
        steps: stepped(doc, "drafted", context),
      }))
      tell(known, context)
      return letter
    },

    async edit({ priorAuth: id, letter: edited }, context) {
      const { fail, store } = context
      const stored = await store.auths.change(id, (doc) => {
        if (doc.state !== "open") return fail("not_open")
        // One who saves as they write is one step.
        const isFirst = doc.steps?.at(-1)?.did !== "edited"
        return { ...doc, edited, ...(isFirst && { steps: stepped(doc, "edited", context) }) }
      })
      if (!stored) return fail("unknown_prior_auth")
      tell(stored.doc, context)
      return {}
    },

    async submit({ priorAuth: id, letter: sent, dueInHours, ...by }, context) {
      const { clock, config, fail, store } = context
      if (isStillDraft(sent)) return fail("still_a_draft")
      const submittedOn = dayHere(context)
      const hours = dueInHours ?? config.answerHours
      const dueAtMs = Math.round(clock.nowMs() + hours * HOUR_MS)
      const stored = await store.auths.change(id, (doc) => {
        if (doc.state !== "open") return fail("not_open")
        const steps = stepped(doc, "submitted", context)
        return { ...doc, ...by, state: "submitted", sent, submittedOn, dueAtMs, steps }
      })
      if (!stored) return fail("unknown_prior_auth")
      tell(stored.doc, context)
      return {}
    },

    async answer({ priorAuth: id, isApproved, ...given }, context) {
      const { fail, store } = context
      const state = isApproved ? "approved" : "denied"
      const answeredOn = dayHere(context)
      const stored = await store.auths.change(id, (doc) => {
        if (doc.state !== "submitted") return fail("not_submitted")
        const steps = stepped(doc, state, context)
        return { ...doc, ...given, state, answeredOn, isOver: !isApproved, steps }
      })
      if (!stored) return fail("unknown_prior_auth")
      await task(stored.doc, isApproved ? resend : appeal, context)
      await tellPatient(stored.doc, context)
      tell(stored.doc, context)
      return {}
    },

    async resubmit({ priorAuth: id }, context) {
      const { call, fail, store } = context
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
      const { isPaid, rejects } = answer.value
      const stored = await store.auths.change(id, (doc) =>
        isPaid
          ? paid(doc, context)
          : { ...doc, rejects, steps: stepped(doc, "refused_again", context) },
      )
      if (stored) tell(stored.doc, context)
      return answer.value
    },

    async notePaid({ priorAuth: id }, context) {
      const { fail, store } = context
      const stored = await store.auths.change(id, (doc) =>
        doc.state === "approved" ? paid(doc, context) : fail("not_approved"),
      )
      if (!stored) return fail("unknown_prior_auth")
      tell(stored.doc, context)
      return {}
    },

    async close({ priorAuth: id, reason: closedBecause }, context) {
      const { fail, store } = context
      const stored = await store.auths.change(id, (doc) => {
        if (doc.isOver) return fail("over")
        const steps = stepped(doc, "not_needed", context)
        return { ...doc, closedBecause, state: "not_needed", isOver: true, steps }
      })
      if (!stored) return fail("unknown_prior_auth")
      tell(stored.doc, context)
      return {}
    },

    async look(_, context) {
      await look(context)
      return {}
    },

    async list({ patient, isOver = false }, { store }) {
      const where = patient === undefined ? { isOver } : { patient }
      const query = { where, orderBy: "openedOn", descending: true, limit: LISTED_MAX }
      return { found: (await store.auths.find(query)).map(({ doc }) => shown(doc)) }
    },

    async get({ priorAuth: id }, { fail, store }) {
      const found = await store.auths.get(id)
      return found ? shown(found.doc) : fail("unknown_prior_auth")
    },

    async waits(_, { store }) {
      const found = await store.waits.find({ orderBy: "sinceMs", limit: LISTED_MAX })
      return { found: found.map(({ doc }) => doc) }
    },
  },

  events: {
    "pms.fillChanged": async (change, context) =>
      await inTurn(change.rxNumber, () => hearFill(change, context)),
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
    get: ofAuth,
    prepare: ofAuth,
    edit: ofAuth,
    notePaid: ofAuth,
    submit: ofAuth,
    answer: ofAuth,
    resubmit: ofAuth,
    close: ofAuth,
  },
})

type Stored = PriorAuth & { readonly isOver: boolean; readonly isWaiting?: boolean }

function shown({ isOver: _, isWaiting: __, ...one }: Stored): PriorAuth {
  return one
}

function paid(doc: Stored, context: Here) {
  const { rejects: _, ...rest } = doc
  const steps = stepped(doc, "paid", context)
  return { ...rest, state: "paid" as const, isOver: true, steps }
}

function tell({ priorAuth, patient, state }: PriorAuth, { emit }: Here): void {
  emit("changed", { priorAuth, patient, state })
}

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
