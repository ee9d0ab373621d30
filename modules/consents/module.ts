/** Consents on file: who may act for a patient, until when. Takes none by telephone. */
import { DateTime } from "luxon"
import { Type as t } from "typebox"
import { type Context, defineModule, nothing } from "#core/module.ts"
import { PatientId } from "#core/pms.ts"
import { Consent, consents } from "./contract.ts"
import { isValidOn } from "./valid.ts"

/** More than anybody gives or is given. */
const LISTED_MAX = 1_000

const needs = {
  ...nothing,
  config: t.Object({
    timeZone: t.String(),
    /** Put on file once, when they are not there: for the synthetic pharmacy. */
    demo: t.Array(t.Object({ patient: PatientId, caregiver: PatientId }), { default: [] }),
  }),
  collections: {
    consents: {
      schema: Consent,
      indexes: { patient: "blind", caregiver: "blind" },
      patientField: "patient",
    },
  },
} as const

type Here = Context<typeof consents, typeof needs>

export default defineModule(consents, needs, {
  async start(context) {
    const { config, store } = context
    for (const { patient, caregiver } of config.demo) {
      const consent = `demo-${patient}-${caregiver}`
      if (await store.consents.get(consent)) continue
      const grantedOn = today(context)
      await store.consents.put(consent, { consent, patient, caregiver, grantedOn }, 0)
    }
  },

  commands: {
    async forCaregiver({ caregiver }, context) {
      const found = await context.store.consents.find({ where: { caregiver }, limit: LISTED_MAX })
      const valid = found.filter(({ doc }) => isValidOn(doc, today(context)))
      return { patients: [...new Set(valid.map(({ doc }) => doc.patient))] }
    },

    async grant({ patient, caregiver, expiresOn }, context) {
      const { emit, fail, newId, store } = context
      if (patient === caregiver) return fail("same_person")
      const consent = newId()
      const grantedOn = today(context)
      const doc = { consent, patient, caregiver, grantedOn, ...(expiresOn && { expiresOn }) }
      await store.consents.put(consent, doc, 0)
      emit("changed", { patient })
      return { consent }
    },

    async revoke({ consent }, context) {
      const { emit, fail, store } = context
      const revokedOn = today(context)
      const changed = await store.consents.change(consent, (doc) => ({ revokedOn, ...doc }))
      if (!changed) return fail("unknown_consent")
      emit("changed", { patient: changed.doc.patient })
      return {}
    },

    async list({ patient }, { store }) {
      const found = await store.consents.find({ where: { patient }, limit: LISTED_MAX })
      return { consents: found.map(({ doc }) => doc) }
    },
  },

  facts: {
    grant: async ({ patient }) => ({ patient }),
    list: async ({ patient }) => ({ patient }),
    async revoke({ consent }, { store }) {
      const found = await store.consents.get(consent)
      return found ? { patient: found.doc.patient } : {}
    },
  },
})

/** The day it is at the pharmacy. */
function today({ clock, config }: Here): string {
  return DateTime.fromMillis(clock.nowMs(), { zone: config.timeZone }).toFormat("yyyy-MM-dd")
}
