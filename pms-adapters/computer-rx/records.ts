/** What is kept of what the exports told. */
import { type Static, Type as t } from "typebox"
import { DeaSchedule } from "#core/decision.ts"
import { Day, FillStatus, PatientId, PatientRecord, Quantity, RxNumber } from "#core/pms.ts"
import { type KeptStore, Shelf } from "../kept.ts"

export const Script = t.Object({
  rxNumber: RxNumber,
  patient: PatientId,
  drugName: t.String(),
  ndc: t.Optional(t.String()),
  schedule: DeaSchedule,
  refillsLeft: t.Optional(t.Integer({ minimum: 0 })),
  expiresOn: t.Optional(Day),
  prescriber: t.Optional(t.String()),
  /** The vendor's own word on refilling, read when somebody asks. */
  refill: t.String(),
  earliestOn: t.Optional(Day),
  readAtMs: t.Integer(),
})
export type Script = Static<typeof Script>

export const Fill = t.Object({
  rxNumber: RxNumber,
  fill: FillStatus,
  lastFilledOn: t.Optional(Day),
  daysSupply: t.Optional(t.Integer({ minimum: 0 })),
  quantity: t.Optional(Quantity),
  readyAtMs: t.Optional(t.Integer()),
  copayCents: t.Optional(t.Integer()),
  readAtMs: t.Integer(),
})
export type Fill = Static<typeof Fill>

/** How far one kind of export was read, and whether nothing is missing before that. */
const Place = t.Object({ number: t.String(), isWhole: t.Boolean(), takenAtMs: t.Integer() })
const Change = t.Object({ rxNumber: RxNumber, patient: PatientId, fill: FillStatus })

export interface Shelves {
  readonly people: Shelf<typeof PatientRecord>
  /** One for each phone number of a person, under a name of both. */
  readonly phones: Shelf<typeof PatientId>
  readonly scripts: Shelf<typeof Script>
  readonly fills: Shelf<typeof Fill>
  readonly places: Shelf<typeof Place>
  readonly changes: Shelf<typeof Change>
  readonly store: KeptStore
}

export function openShelves(store: KeptStore): Shelves {
  return {
    people: new Shelf(store, "person", PatientRecord),
    phones: new Shelf(store, "phone", PatientId),
    scripts: new Shelf(store, "script", Script),
    fills: new Shelf(store, "fill", Fill),
    places: new Shelf(store, "place", Place),
    changes: new Shelf(store, "change", Change),
    store,
  }
}
