/**
 * Patients: found by what a caller states, and shown to staff. The pharmacy system is the source.
 */
import { type Static, Type as t } from "typebox"
import { type Context, defineModule, nothing } from "#core/module.ts"
import { PatientId, type PatientRecord, pms } from "#core/pms.ts"
import { Preferences, patients } from "./contract.ts"
import { isLikelySameName, soundsLikeFullName } from "./same-name.ts"

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

type Here = Context<typeof patients, typeof needs>
type StatedName = Static<typeof patients.commands.match.input>

export default defineModule(patients, needs, {
  commands: {
    async match(stated, context) {
      const asWritten = await foundByName(stated, context)
      const isBySound = asWritten.length === 0
      const found = isBySound ? await foundBySound(stated, context) : asWritten
      return { patients: found.slice(0, MATCHES_MAX), isBySound }
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
    async atNumber({ phone }, context) {
      return { patients: [...(await atPhone(phone, context))] }
    },
    async search({ lastName, dateOfBirth }, { call }) {
      const found = await call(pms, "findPatients", { lastName, dateOfBirth })
      return found.ok ? found.value : { patients: [] }
    },
    async searchByNumber({ phone }, context) {
      const canTell = await context.offers(pms, "findPatientsByPhone")
      return { patients: [...(await atPhone(phone, context))], canTell }
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

async function foundByName(
  { firstName, lastName, datesOfBirth }: StatedName,
  { call }: Here,
): Promise<readonly PatientRecord[]> {
  const found: PatientRecord[] = []
  for (const dateOfBirth of new Set(datesOfBirth)) {
    const answer = await call(pms, "findPatients", { lastName, dateOfBirth })
    if (answer.ok) found.push(...answer.value.patients)
  }
  return found.filter((patient) => isLikelySameName(firstName, patient.firstName))
}

/**
 * Nobody is found by a last name that was heard badly. Whoever has the caller's number or the
 * prescription they named is looked at as well, and counts when born on that very day.
 */
async function foundBySound(
  { firstName, lastName, datesOfBirth, phone, rxNumber }: StatedName,
  context: Here,
): Promise<readonly PatientRecord[]> {
  const likely = [...(await atPhone(phone, context)), ...(await ofRx(rxNumber, context))]
  const alike = likely.filter(
    (one) =>
      datesOfBirth.includes(one.dateOfBirth) &&
      soundsLikeFullName(`${firstName} ${lastName}`, `${one.firstName} ${one.lastName}`),
  )
  return [...new Map(alike.map((one) => [one.patient, one])).values()]
}

async function atPhone(
  phone: string | undefined,
  { call, offers }: Here,
): Promise<readonly PatientRecord[]> {
  if (phone === undefined || !(await offers(pms, "findPatientsByPhone"))) return []
  const found = await call(pms, "findPatientsByPhone", { phone })
  return found.ok ? found.value.patients : []
}

async function ofRx(
  rxNumber: string | undefined,
  { call }: Here,
): Promise<readonly PatientRecord[]> {
  if (rxNumber === undefined) return []
  const written = await call(pms, "getPrescription", { rxNumber })
  if (!written.ok) return []
  const found = await call(pms, "getPatient", { patient: written.value.patient })
  return found.ok ? [found.value] : []
}
