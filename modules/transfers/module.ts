/** Transfers: handed to the pharmacy system once, ended by a pharmacist. Moves nothing itself. */
import { createHash } from "node:crypto"
import { Type as t } from "typebox"
import { type Context, defineModule, nothing } from "#core/module.ts"
import { pms } from "#core/pms.ts"
import { controlledSubstances } from "../controlled-substances/contract.ts"
import { workQueue } from "../work-queue/contract.ts"
import { Transfer, transfers } from "./contract.ts"

const LISTED_MAX = 500

const needs = {
  ...nothing,
  uses: [pms, controlledSubstances, workQueue],
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
      const doc = { transfer, ...request, askedAtMs, ...(ticket !== undefined && { ticket }) }
      await giveToPharmacist(doc, isSent, context)
      if (!known) await store.transfers.put(transfer, { ...doc, isWaiting: true }, 0)
      emit("requested", { patient, direction, transfer })
      return { transfer, ...(ticket !== undefined && { ticket }) }
    },

    async finish({ transfer, isMoved, otherPharmacist, why }, context) {
      const { call, clock, emit, fail, store } = context
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
      const endedAtMs = Math.round(clock.nowMs())
      const noted = {
        ...{ isMoved, endedAtMs, isWaiting: false },
        ...(otherPharmacist !== undefined && { otherPharmacist }),
        ...(why !== undefined && { why }),
      }
      await store.transfers.change(transfer, (doc) =>
        doc.isWaiting ? { ...doc, ...noted } : fail("ended"),
      )
      if (isGoing && rxNumber !== undefined)
        await call(controlledSubstances, "noteMove", { rxNumber, patient }, { key: transfer })
      emit("ended", { patient, transfer, isMoved })
      return {}
    },

    async list({ includeEnded = false }, { store }) {
      const where = includeEnded ? {} : { where: { isWaiting: true } }
      const query = { ...where, orderBy: "askedAtMs", limit: LISTED_MAX }
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

    async finish({ transfer }, { store }) {
      const patient = (await store.transfers.get(transfer))?.doc.patient
      return patient === undefined ? {} : { patient }
    },
  },
})

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

/** Two pharmacists speak with each other; what came of it one of them notes. */
async function giveToPharmacist(
  { transfer, direction, otherPharmacy, patient, rxNumber }: Transfer,
  isSent: boolean,
  { call }: Here,
): Promise<void> {
  const found =
    rxNumber === undefined ? undefined : await call(pms, "getPrescription", { rxNumber })
  const drugName = found?.ok ? found.value.drugName : undefined
  const entered = isSent ? "" : " Enter it in the pharmacy system by hand."
  const way = direction === "in" ? "have a prescription moved here" : "move a prescription there"
  const willHappen = `Call the pharmacist of ${otherPharmacy} to ${way}. Note what came of it \
under transfers.${entered}`
  const context = { patient, willHappen, ...(drugName === undefined ? {} : { drugName }) }
  const item = { tier: 2 as const, row: "transfer_request", rules: [], context }
  await call(workQueue, "add", item, { key: `${transfer}:finish` })
}
