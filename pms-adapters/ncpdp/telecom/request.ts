/**
 * Requests to a payer: billing, reversal, rebilling, eligibility, information, prior authorisation.
 * Read into forms and written from them; the field table of each segment stands elsewhere.
 */
import { type Static, type TObject, Type as t } from "typebox"
import { hasForm } from "./field.ts"
import { type Frame, readFrame, TRANSACTIONS_MAX, writeFrame } from "./frame.ts"
import { framed, type Layout, RequestHeader, readParts, segments, serviceOf } from "./layout.ts"
import {
  Claim,
  ClaimReference,
  Clinical,
  Compound,
  Coupon,
  Documentation,
  DurResponse,
  Facility,
  Insurance,
  Narrative,
  OtherPayers,
  Patient,
  Prescriber,
  Pricing,
  PriorAuthRequest,
  Provider,
  WorkersCompensation,
} from "./request-segments.ts"
import { type Note, TelecomError } from "./trouble.ts"

const optional = t.Optional

const about = segments({ insurance: Insurance, patient: optional(Patient) })
const aboutCard = segments({ insurance: Insurance })

const people = {
  provider: optional(Provider),
  prescriber: optional(Prescriber),
}
/** What else a payer may want to know before it pays or approves. */
const supporting = {
  clinical: optional(Clinical),
  documentation: optional(Documentation),
  facility: optional(Facility),
  narrative: optional(Narrative),
}
const billed = segments({
  claim: Claim,
  pricing: Pricing,
  ...people,
  otherPayers: optional(OtherPayers),
  workersCompensation: optional(WorkersCompensation),
  dur: optional(DurResponse),
  coupon: optional(Coupon),
  compound: optional(Compound),
  priorAuth: optional(PriorAuthRequest),
  ...supporting,
})

/** One to four of them after what they share; for eligibility, none. */
const form = <C extends string, S extends TObject, E extends TObject>(
  code: C,
  shared: S,
  each: E,
) =>
  t.Object({
    code: t.Literal(code),
    header: RequestHeader,
    shared,
    transactions: t.Array(each, {
      minItems: code === "E1" ? 0 : 1,
      maxItems: TRANSACTIONS_MAX,
    }),
  })

const forms = {
  B1: form("B1", about, billed),
  B3: form("B3", about, billed),
  B2: form(
    "B2",
    segments({ insurance: optional(Insurance) }),
    segments({
      claim: ClaimReference,
      pricing: optional(Pricing),
      otherPayers: optional(OtherPayers),
      dur: optional(DurResponse),
    }),
  ),
  E1: form(
    "E1",
    segments({
      insurance: Insurance,
      patient: optional(Patient),
      ...people,
      documentation: optional(Documentation),
    }),
    segments({}),
  ),
  N1: form(
    "N1",
    about,
    segments({
      claim: ClaimReference,
      pricing: optional(Pricing),
      ...people,
      workersCompensation: optional(WorkersCompensation),
      dur: optional(DurResponse),
      clinical: optional(Clinical),
    }),
  ),
  /** Prior authorisation: asked for with the claim, taken back, inquired about, asked for alone. */
  P1: form(
    "P1",
    about,
    segments({
      claim: Claim,
      pricing: Pricing,
      priorAuth: PriorAuthRequest,
      ...people,
      otherPayers: optional(OtherPayers),
      workersCompensation: optional(WorkersCompensation),
      dur: optional(DurResponse),
      compound: optional(Compound),
      ...supporting,
    }),
  ),
  P2: form("P2", aboutCard, segments({ priorAuth: PriorAuthRequest })),
  P3: form("P3", aboutCard, segments({ priorAuth: PriorAuthRequest })),
  P4: form(
    "P4",
    about,
    segments({
      claim: ClaimReference,
      priorAuth: PriorAuthRequest,
      ...people,
      workersCompensation: optional(WorkersCompensation),
      dur: optional(DurResponse),
      compound: optional(Compound),
      clinical: optional(Clinical),
    }),
  ),
} as const

type Forms = typeof forms
export type RequestCode = keyof Forms
export type TelecomRequest<C extends RequestCode = RequestCode> = {
  [K in C]: Static<Forms[K]>
}[C]
export type Billing = TelecomRequest<"B1">
export type Reversal = TelecomRequest<"B2">

export function isRequestCode(code: string): code is RequestCode {
  return Object.hasOwn(forms, code)
}

/** Reads a request. Throws `TelecomError`, and nothing else. */
export function readRequest(bytes: Uint8Array): {
  readonly request: TelecomRequest
  readonly notes: readonly Note[]
} {
  const frame = readFrame(bytes, "request")
  const code = frame.header.code ?? ""
  if (!isRequestCode(code)) throw new TelecomError("unknown_transaction", { field: "code" })
  const header = headerOf(frame)
  const { notes, ...parts } = readParts(layoutOf(code), frame)
  const read: unknown = { code, header, ...parts }
  if (!hasForm(forms[code], read)) throw new TelecomError("wrong_form")
  return { request: read, notes }
}

function layoutOf(code: RequestCode): Layout {
  const { shared, transactions } = forms[code].properties
  return { shared, each: transactions.items }
}

function headerOf(frame: Frame) {
  const { bin, pcn, providerQualifier, provider, software } = frame.header
  return { bin, pcn, providerQualifier, provider, serviceOn: serviceOf(frame), software }
}

/** Writes a request. Throws `TelecomError` when it is none, or holds what cannot be written. */
export function writeRequest(request: TelecomRequest): Buffer {
  return writeFrame(framed(layoutOf(request.code), request), "request")
}

/**
 * Takes a billing back. A payer finds it by day, number, fill and product alone, so they are echoed
 * and never typed again. For a billing that nobody answered this comes before any other attempt.
 */
export function reversalOf({ header, shared, transactions }: Billing): Reversal {
  return {
    code: "B2",
    header,
    shared: { insurance: shared.insurance },
    transactions: transactions.map(({ claim }) => {
      const { rxQualifier, rxNumber, productQualifier, product, fillNumber } = claim
      return { claim: { rxQualifier, rxNumber, productQualifier, product, fillNumber } }
    }),
  }
}
