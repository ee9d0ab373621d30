/**
 * The pharmacy system, in our words. Every adapter is a module that keeps this contract; what its
 * vendor lacks it leaves out. An unknown vendor code becomes `unknown` and never a guess.
 */
import { type Static, Type as t } from "typebox"
import { defineContract } from "./contract.ts"
import { DeaSchedule, DurSeverity, RefillEligibility } from "./decision.ts"

export const FillStatus = t.Union([
  t.Literal("queued"),
  t.Literal("in_process"),
  t.Literal("waiting_payer"),
  t.Literal("waiting_prescriber"),
  t.Literal("verified"),
  t.Literal("ready"),
  t.Literal("picked_up"),
  t.Literal("shipped"),
  t.Literal("delivered"),
  t.Literal("returned_to_stock"),
  t.Literal("cancelled"),
  t.Literal("unknown"),
])
export type FillStatus = Static<typeof FillStatus>

/** A calendar day without a time, `YYYY-MM-DD`. */
export const Day = t.String({ pattern: "^\\d{4}-\\d{2}-\\d{2}$" })
/** E.164. */
export const Phone = t.String({ pattern: "^\\+[1-9]\\d{6,14}$" })
export const RxNumber = t.String({ pattern: "^[0-9]{6,9}$" })
export const PatientId = t.String({ minLength: 1, maxLength: 64 })

/** Tablets, millilitres or grams, as claims count them: three decimals at most. */
export const Quantity = t.String({ pattern: "^\\d{1,7}(\\.\\d{1,3})?$" })
/** Eleven digits, 5-4-2, as claims have them; twelve, 6-4-2, from 2033 on (91 FR 10749). */
export const Ndc = t.String({ pattern: "^\\d{11,12}$" })
/** Why a payer refused, by NCPDP's list (511-FB). Leading zeros count. */
export const RejectCode = t.String({ pattern: "^[0-9A-Z]{1,3}$" })

export const PatientRecord = t.Object({
  patient: PatientId,
  firstName: t.String(),
  lastName: t.String(),
  dateOfBirth: Day,
  phones: t.Array(Phone),
  zip: t.Optional(t.String()),
  language: t.Optional(t.Union([t.Literal("en"), t.Literal("es")])),
})
export type PatientRecord = Static<typeof PatientRecord>

export const Prescription = t.Object({
  rxNumber: RxNumber,
  patient: PatientId,
  /** As the label says it. */
  drugName: t.String(),
  ndc: t.Optional(t.String()),
  schedule: DeaSchedule,
  refillsLeft: t.Optional(t.Integer({ minimum: 0 })),
  expiresOn: t.Optional(Day),
  lastFilledOn: t.Optional(Day),
  daysSupply: t.Optional(t.Integer({ minimum: 0 })),
  /** What one fill takes from the shelf. */
  quantity: t.Optional(Quantity),
  prescriber: t.Optional(t.String()),
  fill: FillStatus,
  /** When the current fill is promised, if the pharmacy system promised it. */
  readyAtMs: t.Optional(t.Integer()),
  /** What the patient pays for the current fill, if it was adjudicated. */
  copayCents: t.Optional(t.Integer()),
  /** Read from the pharmacy system at this moment. */
  readAtMs: t.Integer(),
})
export type Prescription = Static<typeof Prescription>

/** What the pharmacy system has on its books of one product. */
export const StockLevel = t.Object({
  ndc: Ndc,
  drugName: t.String(),
  schedule: DeaSchedule,
  /** Below zero where more was dispensed than was ever booked in. */
  onHand: t.String({ pattern: "^-?\\d{1,7}(\\.\\d{1,3})?$" }),
  lots: t.Optional(
    t.Array(t.Object({ lot: t.String(), expiresOn: Day, quantity: Quantity }), { maxItems: 50 }),
  ),
  /** When the pharmacy system last booked something, if it says so. */
  bookedAtMs: t.Optional(t.Integer()),
  readAtMs: t.Integer(),
})
export type StockLevel = Static<typeof StockLevel>

const unknownRx = "No prescription has that number."
const read = { effect: "read", action: "internal" } as const
const readOfRx = {
  ...read,
  input: t.Object({ rxNumber: RxNumber }),
  faults: { unknown_rx: unknownRx },
  phi: ["rxNumber"],
} as const

export const pms = defineContract({
  name: "pms",
  version: "1.2.0",
  commands: {
    findPatients: {
      does: "Find patients by last name and date of birth.",
      ...read,
      input: t.Object({ lastName: t.String({ minLength: 1 }), dateOfBirth: Day }),
      output: t.Object({ patients: t.Array(PatientRecord, { maxItems: 50 }) }),
      faults: {},
      phi: ["lastName", "dateOfBirth"],
    },
    getPatient: {
      does: "Read one patient.",
      ...read,
      input: t.Object({ patient: PatientId }),
      output: PatientRecord,
      faults: { unknown_patient: "No patient has that id." },
    },
    findPatientsByPhone: {
      does: "Find patients who have a phone number on file.",
      ...read,
      optional: true,
      input: t.Object({ phone: Phone }),
      output: t.Object({ patients: t.Array(PatientRecord, { maxItems: 50 }) }),
      faults: {},
      phi: ["phone"],
    },
    getPrescription: {
      does: "Read one prescription.",
      ...readOfRx,
      output: Prescription,
    },
    listPrescriptions: {
      does: "Read all prescriptions of one patient.",
      ...read,
      input: t.Object({ patient: PatientId }),
      output: t.Object({ prescriptions: t.Array(Prescription, { maxItems: 500 }) }),
      faults: { unknown_patient: "No patient has that id." },
    },
    refillEligibility: {
      does: "Ask whether a prescription may be refilled now.",
      ...readOfRx,
      output: t.Object({
        eligibility: RefillEligibility,
        /** The first day a refill is allowed, only when the pharmacy system says it. */
        earliestOn: t.Optional(Day),
      }),
    },
    submitRefill: {
      does: "Submit one refill request.",
      effect: "irreversible",
      action: "internal",
      optional: true,
      input: t.Object({
        rxNumber: RxNumber,
        /** The same key is one request, however often it is sent. */
        idempotencyKey: t.String({ minLength: 8, maxLength: 64 }),
        note: t.Optional(t.String({ maxLength: 200 })),
      }),
      output: t.Object({
        ticket: t.String(),
        /** True when the pharmacy system already had this request. */
        duplicate: t.Boolean(),
        readyAtMs: t.Optional(t.Integer()),
      }),
      faults: {
        unknown_rx: unknownRx,
        not_refillable: "The pharmacy system did not accept a refill of this prescription.",
      },
      phi: ["rxNumber"],
    },
    requestRenewal: {
      does: "Ask the prescriber for a renewal.",
      effect: "irreversible",
      action: "internal",
      optional: true,
      input: t.Object({
        rxNumber: RxNumber,
        idempotencyKey: t.String({ minLength: 8, maxLength: 64 }),
      }),
      output: t.Object({ ticket: t.String() }),
      faults: {
        unknown_rx: unknownRx,
        not_renewable: "The pharmacy system did not accept a renewal of this prescription.",
      },
      phi: ["rxNumber"],
    },
    requestTransfer: {
      does: "Record a request to transfer a prescription in or out.",
      effect: "irreversible",
      action: "internal",
      optional: true,
      input: t.Object({
        direction: t.Union([t.Literal("in"), t.Literal("out")]),
        patient: PatientId,
        rxNumber: t.Optional(RxNumber),
        otherPharmacy: t.String({ maxLength: 120 }),
        idempotencyKey: t.String({ minLength: 8, maxLength: 64 }),
      }),
      output: t.Object({ ticket: t.String() }),
      faults: { unknown_rx: unknownRx },
      phi: ["patient", "rxNumber", "otherPharmacy"],
    },
    durAlerts: {
      does: "Read the drug utilisation review alerts of a prescription.",
      ...readOfRx,
      optional: true,
      output: t.Object({
        alerts: t.Array(t.Object({ severity: DurSeverity, reasonCode: t.String() })),
      }),
    },
    claimRejects: {
      does: "Read why the payer refused a prescription's claim: none, when nothing is told of it.",
      ...readOfRx,
      optional: true,
      output: t.Object({ codes: t.Array(RejectCode, { maxItems: 20 }) }),
    },
    readStock: {
      does: "Read what is on hand of one product, or of all, a page at a time.",
      ...read,
      optional: true,
      input: t.Object({ ndc: t.Optional(Ndc), after: t.Optional(t.String({ maxLength: 64 })) }),
      /** `next` asks for the page that follows; a product that is not stocked is left out. */
      output: t.Object({
        stock: t.Array(StockLevel, { maxItems: 200 }),
        next: t.Optional(t.String({ maxLength: 64 })),
      }),
      faults: {},
    },
    ping: {
      does: "Ask whether the pharmacy system answers.",
      ...read,
      input: t.Object({}),
      output: t.Object({ system: t.String() }),
      faults: {},
    },
  },
  events: {
    fillChanged: t.Object({ rxNumber: RxNumber, patient: PatientId, fill: FillStatus }),
  },
})
