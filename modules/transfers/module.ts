/** Transfers: handed to the pharmacy system once, ended by a pharmacist. Moves nothing itself. */
import { createHash } from "node:crypto"
import { Type as t } from "typebox"
import { type Context, defineModule, nothing } from "#core/module.ts"
import { pms } from "#core/pms.ts"
import { controlledSubstances } from "../controlled-substances/contract.ts"
import { prescribers } from "../prescribers/contract.ts"
import { workQueue } from "../work-queue/contract.ts"
import { Transfer, transfers } from "./contract.ts"
import { isComplete, wantedFor } from "./law.ts"

const LISTED_MAX = 500

const needs = {
  ...nothing,
  uses: [pms, controlledSubstances, prescribers, workQueue],
  config: t.Object({}),
  collections: {
    transfers: {
      schema: t.Object({ ...Transfer.properties, isWaiting: t.Boolean() }),
      indexes: { isWaiting: "plain", askedAtMs: "plain" },
      patientField: "patient",
    },
  },
} as const

type Here = Context<typeof transfers, typeof needs>

export default defineModule(transfers, needs, {
  commands: {
    async request(request, context) {
      const { call, clock, emit, fail, key, offers, store } = context
      const { direction, patient, rxNumber } = request
      if (rxNumber !== undefined) {
        const found = await call(pms, "getPrescription", { rxNumber })
        // Somebody else's number is answered like a number that nobody has.
        if (!found.ok || found.value.patient !== patient) return fail("unknown_rx")
      }
      const against = direction === "out" ? await lawAgainst(rxNumber, context) : undefined
      if (against) return fail(against)
      // The key names this one request, so the pharmacy system takes it once however often sent.
      const transfer = createHash("sha256").update(key).digest("base64url")
      const known = await store.transfers.get(transfer)
      const ticket = known?.doc.ticket ?? (await ticketFor(request, transfer, context))
      if (ticket === "unknown_rx") return fail("unknown_rx")
      const isSent = await offers(pms, "requestTransfer")
      const askedAtMs = Math.round(clock.nowMs())
      const named = await namesOf(request, context)
      const taken = { ...named, ...(ticket !== undefined && { ticket }) }
      const doc = { transfer, ...request, ...taken, askedAtMs }
      await giveToPharmacist(doc, isSent, context)
      if (!known) await store.transfers.put(transfer, { ...doc, isWaiting: true }, 0)
      emit("requested", { patient, direction, transfer })
      return { transfer, ...(ticket !== undefined && { ticket }) }
    },

    async finish({ transfer, ...said }, context) {
      const { isMoved, otherPharmacist, record = {}, why } = said
      const { actor, call, clock, emit, fail, store } = context
      const known = (await store.transfers.get(transfer))?.doc
      if (!known) return fail("unknown_transfer")
      if (!known.isWaiting) return fail("ended")
      // From one licensed pharmacist to another (21 CFR 1306.25): without a name it did not move.
      if (isMoved && otherPharmacist === undefined) return fail("who_took_it")
      if (!isMoved && why === undefined) return fail("why_not")
      const { direction, patient, rxNumber } = known
      const isGoing = isMoved && direction === "out"
      const against = isGoing ? await lawAgainst(rxNumber, context) : undefined
      if (against) return fail(against)
      const isControlled = (await isControlledBy(known, context)) ?? said.isControlled
      if (isMoved && isControlled === undefined) return fail("controlled_or_not")
      if (isMoved && isControlled && !isComplete(direction, record)) return fail("law_wants_more")
      if (!(await isDeaPossible(record.otherDea, context))) return fail("bad_dea")
      const noted = {
        ...{ ...said, endedAtMs: Math.round(clock.nowMs()), isWaiting: false },
        ...(actor.kind === "staff" && { endedBy: actor.person }),
        ...(isControlled !== undefined && { isControlled }),
      }
      await store.transfers.change(transfer, (doc) =>
        doc.isWaiting ? { ...doc, ...noted } : fail("ended"),
      )
      if (isGoing && rxNumber !== undefined)
        await call(controlledSubstances, "noteMove", { rxNumber, patient }, { key: transfer })
      emit("ended", { patient, transfer, isMoved })
      return {}
    },

    async law({ transfer }, context) {
      const known = (await context.store.transfers.get(transfer))?.doc
      if (!known) return context.fail("unknown_transfer")
      const isControlled = known.isControlled ?? (await isControlledBy(known, context))
      return {
        wanted: wantedFor(known.direction),
        ...(isControlled !== undefined && { isControlled }),
      }
    },

    async list({ includeEnded = false }, { store }) {
      const where = includeEnded ? {} : { where: { isWaiting: true } }
      const query = { ...where, orderBy: "askedAtMs", descending: includeEnded, limit: LISTED_MAX }
      const found = await store.transfers.find(query)
      return { transfers: found.map(({ doc: { isWaiting: _, ...transfer } }) => transfer) }
    },
  },

  facts: {
    async request({ patient, rxNumber }, { call }) {
      if (rxNumber === undefined) return { patient }
      const found = await call(pms, "getPrescription", { rxNumber })
      if (!found.ok) return { patient, rxNumber }
      return { patient, rxNumber, schedule: found.value.schedule }
    },

    finish: ofTransfer,
    law: ofTransfer,
  },
})

async function ofTransfer({ transfer }: { transfer: string }, { store }: Here) {
  const patient = (await store.transfers.get(transfer))?.doc.patient
  return patient === undefined ? {} : { patient }
}

/** By our own prescription; undefined when there is none here, or nobody knows its schedule. */
async function isControlledBy({ direction, rxNumber }: Transfer, { call }: Here) {
  if (direction === "in" || rxNumber === undefined) return undefined
  const law = await call(controlledSubstances, "mayTransfer", { rxNumber })
  if (!law.ok || law.value.schedule === "unknown") return undefined
  return law.value.schedule !== "none"
}

async function isDeaPossible(dea: string | undefined, { call }: Here): Promise<boolean> {
  if (dea === undefined) return true
  const checked = await call(prescribers, "check", { dea })
  return checked.ok && checked.value.isDeaPossible === true
}

/** The fault of the rule that stands in the way. */
async function lawAgainst(rxNumber: string | undefined, { call }: Here) {
  if (rxNumber === undefined) return undefined
  const law = await call(controlledSubstances, "mayTransfer", { rxNumber })
  if (!law.ok || law.value.isAllowed) return undefined
  return law.value.says === "moved_before" ? "law_moved_before" : "law_stays_here"
}

type Request = Pick<Transfer, "direction" | "patient" | "otherPharmacy" | "rxNumber">

/** Undefined where the pharmacy system takes none: then it is all a person's work. */
async function ticketFor(request: Request, idempotencyKey: string, { call, offers }: Here) {
  if (!(await offers(pms, "requestTransfer"))) return undefined
  const taken = await call(pms, "requestTransfer", { ...request, idempotencyKey })
  return taken.ok ? taken.value.ticket : "unknown_rx"
}

/** Whose it is and of what, as the pharmacy system says. */
async function namesOf({ patient, rxNumber }: Request, { call }: Here) {
  const person = await call(pms, "getPatient", { patient })
  const found =
    rxNumber === undefined ? undefined : await call(pms, "getPrescription", { rxNumber })
  return {
    ...(person.ok && { patientName: `${person.value.firstName} ${person.value.lastName}` }),
    ...(found?.ok && { drugName: found.value.drugName }),
  }
}

/** Two pharmacists speak with each other; what came of it one of them notes. */
async function giveToPharmacist(
  { transfer, direction, otherPharmacy, patient, patientName, drugName }: Transfer,
  isSent: boolean,
  { call }: Here,
): Promise<void> {
  const entered = isSent ? "" : " Enter it in the pharmacy system by hand."
  const way = direction === "in" ? "have a prescription moved here" : "move a prescription there"
  const willHappen = `Call the pharmacist of ${otherPharmacy} to ${way}. Note what came of it \
under transfers.${entered}`
  const context = {
    ...{ patient, willHappen, case: { of: "transfers", id: transfer } as const },
    ...(patientName === undefined ? {} : { patientName }),
    ...(drugName === undefined ? {} : { drugName }),
  }
  const item = { tier: 2 as const, row: "transfer_request", rules: [], context }
  await call(workQueue, "add", item, { key: `${transfer}:finish` })
}
