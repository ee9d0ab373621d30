/** What is kept of what the pharmacy system told, and of what was asked of it. */
import { type Static, Type as t } from "typebox"
import { DeaSchedule } from "#core/decision.ts"
import { Day, FillStatus, PatientId, Phone, Quantity, RxNumber } from "#core/pms.ts"
import { type KeptStore, Shelf } from "../kept.ts"

const Text = t.Optional(t.String())

export const Person = t.Object({
  patient: PatientId,
  firstName: Text,
  lastName: Text,
  dateOfBirth: t.Optional(Day),
  phones: t.Array(Phone),
  zip: Text,
  language: t.Optional(t.Union([t.Literal("en"), t.Literal("es")])),
})
export type Person = Static<typeof Person>

export const Script = t.Object({
  rxNumber: RxNumber,
  patient: PatientId,
  drugName: t.String(),
  ndc: Text,
  schedule: DeaSchedule,
  refillsLeft: t.Optional(t.Integer({ minimum: 0 })),
  expiresOn: t.Optional(Day),
  lastFilledOn: t.Optional(Day),
  daysSupply: t.Optional(t.Integer({ minimum: 0 })),
  quantity: t.Optional(Quantity),
  prescriber: Text,
  fill: FillStatus,
  readyAtMs: t.Optional(t.Integer()),
  copayCents: t.Optional(t.Integer()),
  /** ORC-5, and the vendor's own words on refilling: read when somebody asks. */
  status: Text,
  eligibility: Text,
  earliestOn: t.Optional(Day),
  readAtMs: t.Integer(),
})
export type Script = Static<typeof Script>

/** A refill that was sent. Without a ticket, nobody knows yet what became of it. */
export const Request = t.Object({
  rxNumber: RxNumber,
  ticket: Text,
  readyAtMs: t.Optional(t.Integer()),
})

const Answer = t.Object({ base64: t.String() })
const Change = t.Object({ rxNumber: RxNumber, patient: PatientId, fill: FillStatus })

export interface Shelves {
  readonly people: Shelf<typeof Person>
  /** One for each phone number of a person, under a name of both. */
  readonly phones: Shelf<typeof PatientId>
  readonly scripts: Shelf<typeof Script>
  readonly requests: Shelf<typeof Request>
  readonly answers: Shelf<typeof Answer>
  readonly changes: Shelf<typeof Change>
  readonly store: KeptStore
}

export function openShelves(store: KeptStore): Shelves {
  return {
    people: new Shelf(store, "person", Person),
    phones: new Shelf(store, "phone", PatientId),
    scripts: new Shelf(store, "script", Script),
    requests: new Shelf(store, "request", Request),
    answers: new Shelf(store, "answer", Answer),
    changes: new Shelf(store, "change", Change),
    store,
  }
}
