/** Transfers between pharmacies, in and out: taken down by us, ended by a pharmacist. */
import { type Static, Type as t } from "typebox"
import { defineContract } from "#core/contract.ts"
import { PatientId, RxNumber } from "#core/pms.ts"

const Direction = t.Union([t.Literal("in"), t.Literal("out")])
const TransferId = t.String({ maxLength: 64 })
/** As the caller named it. */
const OtherPharmacy = t.String({ minLength: 1, maxLength: 120 })

export const Transfer = t.Object({
  transfer: TransferId,
  patient: PatientId,
  direction: Direction,
  otherPharmacy: OtherPharmacy,
  rxNumber: t.Optional(RxNumber),
  /** The pharmacy system's own number of it; absent where it takes none. */
  ticket: t.Optional(t.String()),
  askedAtMs: t.Integer(),
  endedAtMs: t.Optional(t.Integer()),
  isMoved: t.Optional(t.Boolean()),
  /** The pharmacist at the other pharmacy who gave it or took it. */
  otherPharmacist: t.Optional(t.String({ minLength: 1, maxLength: 120 })),
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
  version: "0.2.0",
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
        why: Transfer.properties.why,
      }),
      output: t.Object({}),
      faults: {
        ...law,
        unknown_transfer: "No transfer has that id.",
        ended: "What came of it was noted already.",
        who_took_it: "Say which pharmacist at the other pharmacy you spoke with.",
        why_not: "Say why it did not move.",
      },
      phi: ["otherPharmacist", "why"],
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
