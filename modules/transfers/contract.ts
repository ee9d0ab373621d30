/** Transfers between pharmacies, in and out: taken down by us, ended by a pharmacist. */
import { type Static, Type as t } from "typebox"
import { defineContract } from "#core/contract.ts"
import { Day, PatientId, RxNumber } from "#core/pms.ts"

const Direction = t.Union([t.Literal("in"), t.Literal("out")])
const TransferId = t.String({ maxLength: 64 })
/** As the caller named it. */
const OtherPharmacy = t.String({ minLength: 1, maxLength: 120 })

const Refills = t.Integer({ minimum: 0, maximum: 99 })

/** What two pharmacists tell each other of a prescription that moves, and write down. */
export const TransferRecord = t.Object({
  otherAddress: t.Optional(t.String({ minLength: 1, maxLength: 200 })),
  otherDea: t.Optional(t.String({ pattern: "^[A-Za-z][A-Za-z9]\\d{7}$" })),
  /** The prescription's number over there. */
  otherRxNumber: t.Optional(t.String({ minLength: 1, maxLength: 20 })),
  writtenOn: t.Optional(Day),
  firstFilledOn: t.Optional(Day),
  refillsAuthorised: t.Optional(Refills),
  refillsLeft: t.Optional(Refills),
  /** When and where it was refilled before, in words. */
  refillsBefore: t.Optional(t.String({ minLength: 1, maxLength: 300 })),
  /** Where it was filled first, if that was not where it comes from. */
  filledFirstAt: t.Optional(t.String({ minLength: 1, maxLength: 300 })),
})
export type TransferRecord = Static<typeof TransferRecord>

/** One thing that the law wants written down of a controlled prescription that moves. */
export const Wanted = t.Object({
  field: t.KeyOf(TransferRecord),
  is: t.String(),
  source: t.String(),
  since: t.Optional(Day),
})
export type Wanted = Static<typeof Wanted>

export const Transfer = t.Object({
  transfer: TransferId,
  patient: PatientId,
  direction: Direction,
  otherPharmacy: OtherPharmacy,
  rxNumber: t.Optional(RxNumber),
  /** As the pharmacy system named them when it was asked for. */
  patientName: t.Optional(t.String({ maxLength: 200 })),
  drugName: t.Optional(t.String({ maxLength: 200 })),
  /** The pharmacy system's own number of it; absent where it takes none. */
  ticket: t.Optional(t.String()),
  askedAtMs: t.Integer(),
  endedAtMs: t.Optional(t.Integer()),
  isMoved: t.Optional(t.Boolean()),
  /** The pharmacist at the other pharmacy who gave it or took it. */
  otherPharmacist: t.Optional(t.String({ minLength: 1, maxLength: 120 })),
  /** Our pharmacist, who noted it. */
  endedBy: t.Optional(t.String({ maxLength: 120 })),
  isControlled: t.Optional(t.Boolean()),
  record: t.Optional(TransferRecord),
  why: t.Optional(t.String({ minLength: 1, maxLength: 300 })),
})
export type Transfer = Static<typeof Transfer>

const law = {
  law_stays_here:
    "The law does not let it move (21 CFR 1306.08, 1306.12). It needs a new one there.",
  law_moved_before: "It has moved once, and the law lets it move no further (21 CFR 1306.25).",
}

export const transfers = defineContract({
  name: "transfers",
  version: "0.3.0",
  commands: {
    request: {
      does: "Take down a request to transfer a prescription in or out.",
      effect: "irreversible",
      action: "transfer_request",
      input: t.Object({
        direction: Direction,
        patient: PatientId,
        otherPharmacy: OtherPharmacy,
        rxNumber: t.Optional(RxNumber),
      }),
      output: t.Object({ transfer: TransferId, ticket: t.Optional(t.String()) }),
      faults: { ...law, unknown_rx: "No prescription has that number." },
      phi: ["patient", "otherPharmacy", "rxNumber"],
    },
    finish: {
      does: "Note, as the pharmacist who spoke with the other pharmacy, what came of a transfer.",
      effect: "write",
      action: "pharmacist_act",
      input: t.Object({
        transfer: TransferId,
        isMoved: t.Boolean(),
        otherPharmacist: Transfer.properties.otherPharmacist,
        /** The pharmacist's word, where our records do not say. */
        isControlled: Transfer.properties.isControlled,
        record: Transfer.properties.record,
        why: Transfer.properties.why,
      }),
      output: t.Object({}),
      faults: {
        ...law,
        unknown_transfer: "No transfer has that id.",
        ended: "What came of it was noted already.",
        who_took_it: "Say which pharmacist at the other pharmacy you spoke with.",
        why_not: "Say why it did not move.",
        controlled_or_not: "Say whether it is a controlled substance.",
        law_wants_more: "The law wants more written down of a controlled one (21 CFR 1306.25).",
        bad_dea: "The DEA number has a wrong check digit.",
      },
      phi: ["otherPharmacist", "record", "why"],
    },
    law: {
      does: "Tell what the law wants written down when a prescription moves, with sources.",
      effect: "read",
      action: "queue_work",
      discloses: true,
      input: t.Object({ transfer: TransferId }),
      output: t.Object({
        /** Absent when our records do not say, so that a pharmacist has to. */
        isControlled: t.Optional(t.Boolean()),
        wanted: t.Array(Wanted, { maxItems: 20 }),
      }),
      faults: { unknown_transfer: "No transfer has that id." },
    },
    list: {
      does: "List the transfers that wait for a pharmacist, the oldest first.",
      effect: "read",
      action: "queue_work",
      discloses: true,
      input: t.Object({ includeEnded: t.Optional(t.Boolean()) }),
      output: t.Object({ transfers: t.Array(Transfer, { maxItems: 500 }) }),
      faults: {},
    },
  },
  events: {
    requested: t.Object({ patient: PatientId, direction: Direction, transfer: TransferId }),
    ended: t.Object({ patient: PatientId, transfer: TransferId, isMoved: t.Boolean() }),
  },
})
