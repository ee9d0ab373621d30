/** Prescriptions: asks the pharmacy system, every time. Keeps nothing and invents nothing. */
import { Type as t } from "typebox"
import { defineModule, nothing } from "#core/module.ts"
import { pms } from "#core/pms.ts"
import { prescriptions } from "./contract.ts"

const needs = { ...nothing, uses: [pms], config: t.Object({}) } as const

export default defineModule(prescriptions, needs, {
  commands: {
    async profile({ patient, rxNumbers = [] }, { call, fail }) {
      const found = await call(pms, "listPrescriptions", { patient })
      if (!found.ok) return fail("unknown_patient")
      const { prescriptions: listed } = found.value
      const known = listed.map(({ rxNumber }) => rxNumber)
      const unlisted = rxNumbers.filter((rxNumber) => !known.includes(rxNumber))
      const read = await Promise.all(
        unlisted.map((rxNumber) => call(pms, "getPrescription", { rxNumber })),
      )
      // Somebody else's is not there, as one that nobody has.
      const theirs = read.flatMap((one) =>
        one.ok && one.value.patient === patient ? one.value : [],
      )
      return { prescriptions: [...listed, ...theirs] }
    },
    async status({ rxNumber }, { call, fail }) {
      const found = await call(pms, "getPrescription", { rxNumber })
      return found.ok ? found.value : fail("unknown_rx")
    },
    async list({ patient }, { call, fail }) {
      const found = await call(pms, "listPrescriptions", { patient })
      return found.ok ? found.value : fail("unknown_patient")
    },
    async alerts({ rxNumber }, { call, clock, fail, offers }) {
      const readAtMs = Math.round(clock.nowMs())
      if (!(await offers(pms, "durAlerts"))) return { readAtMs }
      const found = await call(pms, "durAlerts", { rxNumber })
      return found.ok ? { alerts: found.value.alerts, readAtMs } : fail("unknown_rx")
    },
  },
  facts: {
    async status({ rxNumber }, { call }) {
      const found = await call(pms, "getPrescription", { rxNumber })
      if (!found.ok) return { rxNumber }
      const { patient, schedule } = found.value
      return { rxNumber, patient, schedule }
    },
    list: async ({ patient }) => ({ patient }),
    async alerts({ rxNumber }, { call }) {
      const found = await call(pms, "getPrescription", { rxNumber })
      return found.ok ? { rxNumber, patient: found.value.patient } : { rxNumber }
    },
  },
})
