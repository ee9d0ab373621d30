/**
 * Prescribers: keeps how to reach them, and checks what can be checked. Never claims that somebody
 * is licensed, and never picks one of two with the same name.
 */
import { Type as t } from "typebox"
import { defineModule, nothing } from "#core/module.ts"
import { pms } from "#core/pms.ts"
import { isNpiPossible } from "../../pms-adapters/ncpdp/npi.ts"
import { type Prescriber, Prescriber as PrescriberSchema, prescribers } from "./contract.ts"
import { authorityOf, isDeaPossible } from "./dea.ts"
import { keyOf } from "./spelling.ts"

const FOUND_MAX = 50

const needs = {
  ...nothing,
  uses: [pms],
  config: t.Object({}),
  collections: {
    /** By NPI where there is one, else by the name's key. */
    prescribers: {
      schema: t.Object({ ...PrescriberSchema.properties, nameKey: t.String() }),
      indexes: { nameKey: "plain", npi: "plain" },
    },
  },
} as const

const plain = ({ doc: { nameKey: _, ...prescriber } }: { doc: Prescriber & { nameKey: string } }) =>
  prescriber

export default defineModule(prescribers, needs, {
  commands: {
    async check({ npi, dea, lastName, schedule }) {
      return {
        ...(npi === undefined ? {} : { isNpiPossible: isNpiPossible(npi) }),
        ...(dea === undefined ? {} : { isDeaPossible: isDeaPossible(dea, lastName) }),
        ...(schedule === undefined ? {} : { authority: authorityOf(dea ?? "", schedule) }),
      }
    },

    async remember(prescriber, { fail, store }) {
      const { dea, name, npi } = prescriber
      if (npi !== undefined && !isNpiPossible(npi)) return fail("bad_npi")
      if (dea !== undefined && !isDeaPossible(dea)) return fail("bad_dea")
      const nameKey = keyOf(name)
      await store.prescribers.put(npi ?? `name ${nameKey}`, { ...prescriber, nameKey })
      return {}
    },

    async find(wanted, { store }) {
      const where = "npi" in wanted ? { npi: wanted.npi } : { nameKey: keyOf(wanted.name) }
      const found = await store.prescribers.find({ where, limit: FOUND_MAX })
      return { prescribers: found.map(plain) }
    },

    async writerOf({ rxNumber }, { call, fail, store }) {
      const found = await call(pms, "getPrescription", { rxNumber })
      if (!found.ok) return fail("unknown_rx")
      const name = found.value.prescriber
      if (name === undefined) return {}
      const known = await store.prescribers.find({ where: { nameKey: keyOf(name) }, limit: 2 })
      const [only] = known
      // Two of one name: a request sent to the wrong one would tell a stranger about a patient.
      return only && known.length === 1 ? { name, prescriber: plain(only) } : { name }
    },
  },
})
