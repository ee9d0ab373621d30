/** Transfers: hands a request to the pharmacy system, once. Moves no prescription by itself. */
import { createHash } from "node:crypto"
import { Type as t } from "typebox"
import { defineModule, nothing } from "#core/module.ts"
import { pms } from "#core/pms.ts"
import { transfers } from "./contract.ts"

const needs = { ...nothing, uses: [pms], config: t.Object({}) } as const

export default defineModule(transfers, needs, {
  commands: {
    async request(request, { call, emit, fail, key, offers }) {
      const { direction, patient, rxNumber } = request
      if (rxNumber !== undefined) {
        const found = await call(pms, "getPrescription", { rxNumber })
        // Somebody else's number is answered like a number that nobody has.
        if (!found.ok || found.value.patient !== patient) return fail("unknown_rx")
      }
      if (!(await offers(pms, "requestTransfer"))) return fail("by_hand")
      // The key names this one request, so the pharmacy system takes it once however often sent.
      const idempotencyKey = createHash("sha256").update(key).digest("base64url")
      const taken = await call(pms, "requestTransfer", { ...request, idempotencyKey })
      if (!taken.ok) return fail("unknown_rx")
      const { ticket } = taken.value
      emit("requested", { patient, direction, ticket })
      return { ticket }
    },
  },

  facts: {
    async request({ patient, rxNumber }, { call }) {
      if (rxNumber === undefined) return { patient }
      const found = await call(pms, "getPrescription", { rxNumber })
      if (!found.ok) return { patient, rxNumber }
      return { patient, rxNumber, schedule: found.value.schedule }
    },
  },
})
