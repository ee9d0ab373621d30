/**
 * Patients: found by what a caller states, and shown to staff. The pharmacy system is the source.
 */
import { Type as t } from "typebox"
import { defineModule, nothing } from "#core/module.ts"
import { PatientId, type PatientRecord, pms } from "#core/pms.ts"
import { Preferences, patients } from "./contract.ts"
import { isLikelySameName } from "./same-name.ts"

const needs = {
  ...nothing,
  uses: [pms],
  config: t.Object({}),
  collections: {
    preferences: {
      schema: t.Object({ ...Preferences.properties, patient: PatientId }),
      patientField: "patient",
    },
  },
} as const

const MATCHES_MAX = 10

export default defineModule(patients, needs, {
  commands: {
    async match({ firstName, lastName, datesOfBirth }, { call }) {
      const found: PatientRecord[] = []
      for (const dateOfBirth of new Set(datesOfBirth)) {
        const answer = await call(pms, "findPatients", { lastName, dateOfBirth })
        if (answer.ok) found.push(...answer.value.patients)
      }
      const alike = found.filter((patient) => isLikelySameName(firstName, patient.firstName))
      return { patients: alike.slice(0, MATCHES_MAX) }
    },
    async get({ patient }, { call, fail }) {
      const found = await call(pms, "getPatient", { patient })
      return found.ok ? found.value : fail("unknown_patient")
    },
    async contact({ patient }, { call, fail, store }) {
      const found = await call(pms, "getPatient", { patient })
      if (!found.ok) return fail("unknown_patient")
      const { phones, language, firstName, lastName, dateOfBirth, zip } = found.value
      const contact = { phones, firstName, lastName, dateOfBirth }
      const { patient: _, ...preferred } = (await store.preferences.get(patient))?.doc ?? {}
      return { ...contact, ...(language && { language }), ...(zip && { zip }), ...preferred }
    },
    async atNumber({ phone }, { call, offers }) {
      if (!(await offers(pms, "findPatientsByPhone"))) return { patients: [] }
      const found = await call(pms, "findPatientsByPhone", { phone })
      return found.ok ? found.value : { patients: [] }
    },
    async search({ lastName, dateOfBirth }, { call }) {
      const found = await call(pms, "findPatients", { lastName, dateOfBirth })
      return found.ok ? found.value : { patients: [] }
    },
    async searchByNumber({ phone }, { call, offers }) {
      if (!(await offers(pms, "findPatientsByPhone"))) return { patients: [], canTell: false }
      const found = await call(pms, "findPatientsByPhone", { phone })
      return { patients: found.ok ? found.value.patients : [], canTell: true }
    },
    async preferences({ patient }, { store }) {
      const { patient: _, ...preferred } = (await store.preferences.get(patient))?.doc ?? {}
      return preferred
    },
    async prefer({ patient, preferences }, { emit, store }) {
      await store.preferences.put(patient, { ...preferences, patient })
      emit("preferred", { patient })
      return preferences
    },
  },
  facts: {
    get: async ({ patient }) => ({ patient }),
    preferences: async ({ patient }) => ({ patient }),
    prefer: async ({ patient }) => ({ patient }),
  },
})
