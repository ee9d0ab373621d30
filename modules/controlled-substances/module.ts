/** Controlled substances: the law as data, asked before the pharmacy system. Refills nothing. */
import { DateTime } from "luxon"
import { Type as t } from "typebox"
import type { DeaSchedule } from "#core/decision.ts"
import { type Context, defineModule, nothing } from "#core/module.ts"
import { PatientId, type Prescription, pms, RxNumber } from "#core/pms.ts"
import { Site } from "#core/site.ts"
import { drugs } from "../drugs/contract.ts"
import { controlledSubstances, type Ruling } from "./contract.ts"
import { inForce, type Row, type StateSchedule, stateSchedules } from "./law.ts"
import { type Known, type Ruled, refillRuling, transferRuling } from "./ruling.ts"

const needs = {
  ...nothing,
  uses: [pms, drugs],
  config: t.Object({ address: Site.properties.address, timeZone: Site.properties.timeZone }),
  collections: {
    /** Prescriptions that have moved from here. */
    moves: {
      schema: t.Object({ rxNumber: RxNumber, patient: PatientId, atMs: t.Integer() }),
      indexes: { rxNumber: "blind" },
      patientField: "patient",
    },
  },
} as const

type Here = Context<typeof controlledSubstances, typeof needs>

export default defineModule(controlledSubstances, needs, {
  commands: {
    async mayRefill({ rxNumber }, context) {
      const found = await read(rxNumber, context)
      if (!found) return context.fail("unknown_rx")
      return told(refillRuling(found.known), found.known.schedule)
    },

    async mayTransfer({ rxNumber }, context) {
      const found = await read(rxNumber, context)
      if (!found) return context.fail("unknown_rx")
      return told(transferRuling(found.known, found.hasMoved), found.known.schedule)
    },

    async noteMove({ rxNumber, patient }, { clock, key, store }) {
      if (await store.moves.get(key)) return {}
      await store.moves.put(key, { rxNumber, patient, atMs: Math.round(clock.nowMs()) })
      return {}
    },

    async review({ rxNumber, ...seen }, context) {
      const found = await read(rxNumber, context)
      if (!found) return context.fail("unknown_rx")
      const known = { ...found.known, ...seen }
      const { schedule } = known
      const about = ["refill", "partial_fill", "transfer"] as const
      const { ofState } = found
      return {
        refill: told(refillRuling(known), schedule),
        transfer: told(transferRuling(known, found.hasMoved), schedule),
        rows: about.flatMap((one) => inForce(one, known)).map(shown),
        ...(ofState && {
          stateSchedule: { schedule: ofState.schedule, source: ofState.source, needsCounsel: true },
        }),
      }
    },
  },

  facts: {
    async review({ rxNumber }, { call }) {
      const found = await call(pms, "getPrescription", { rxNumber })
      return found.ok ? { rxNumber, patient: found.value.patient } : { rxNumber }
    },
  },
})

interface Read {
  readonly known: Known
  readonly hasMoved: boolean
  readonly ofState: StateSchedule | undefined
}

async function read(rxNumber: string, context: Here): Promise<Read | undefined> {
  const { call, clock, config, store } = context
  const found = await call(pms, "getPrescription", { rxNumber })
  if (!found.ok) return undefined
  const { state } = config.address
  const { schedule, ofState } = await scheduleOf(found.value, context)
  const on = DateTime.fromMillis(clock.nowMs(), { zone: config.timeZone }).toFormat("yyyy-MM-dd")
  const { expiresOn, lastFilledOn, refillsLeft } = found.value
  const moved = await store.moves.find({ where: { rxNumber }, limit: 1 })
  return {
    known: {
      ...{ schedule, on, state },
      ...(expiresOn === undefined ? {} : { expiresOn }),
      ...(lastFilledOn === undefined ? {} : { lastFilledOn }),
      ...(refillsLeft === undefined ? {} : { refillsLeft }),
    },
    hasMoved: moved.length > 0,
    ofState,
  }
}

/** The pharmacy system, our own table and the state each have a say, and the stricter counts. */
async function scheduleOf({ schedule, drugName }: Prescription, { call, config }: Here) {
  const described = await call(drugs, "describe", { drugName })
  const own = (described.ok ? described.value.schedule : undefined) ?? "none"
  const name = drugName.toLowerCase()
  const ofState = stateSchedules.find(
    ({ genericName, states }) =>
      name.includes(genericName) && states.includes(config.address.state),
  )
  const strict: DeaSchedule = schedule === "none" ? own : schedule
  return { schedule: strict === "none" ? (ofState?.schedule ?? "none") : strict, ofState }
}

function told({ broken, unknown, ...ruled }: Ruled, schedule: DeaSchedule): Ruling {
  return { ...ruled, schedule, unknown: [...unknown], ...(broken && { broken: shown(broken) }) }
}

function shown({ rule, about, is, source, since, needsCounsel }: Row) {
  return { rule, about, is, source, needsCounsel, ...(since === undefined ? {} : { since }) }
}
