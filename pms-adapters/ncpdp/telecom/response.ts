/** Answers of a payer, of one form whatever was asked. Read into it and written from it. */
import { type Static, Type as t } from "typebox"
import { hasForm } from "./field.ts"
import { type Frame, readFrame, TRANSACTIONS_MAX, writeFrame } from "./frame.ts"
import { framed, ResponseHeader, readParts, segments, serviceOf } from "./layout.ts"
import { isRequestCode } from "./request.ts"
import {
  ClaimAnswer,
  DurAlerts,
  Message,
  OtherCoverage,
  PaidPricing,
  PartDAnswer,
  PatientAnswer,
  PlanAnswer,
  PriorAuthAnswer,
  Status,
} from "./response-segments.ts"
import { type Note, TelecomError } from "./trouble.ts"

const optional = t.Optional

const shared = segments({
  message: optional(Message),
  plan: optional(PlanAnswer),
  partD: optional(PartDAnswer),
  patient: optional(PatientAnswer),
})

const answer = segments({
  status: Status,
  claim: optional(ClaimAnswer),
  pricing: optional(PaidPricing),
  dur: optional(DurAlerts),
  priorAuth: optional(PriorAuthAnswer),
  otherCoverage: optional(OtherCoverage),
})
export type TelecomAnswer = Static<typeof answer>

const layout = { shared, each: answer }

const TelecomResponse = t.Object({
  code: t.Union([
    t.Literal("B1"),
    t.Literal("B2"),
    t.Literal("B3"),
    t.Literal("E1"),
    t.Literal("N1"),
    t.Literal("P1"),
    t.Literal("P2"),
    t.Literal("P3"),
    t.Literal("P4"),
  ]),
  header: ResponseHeader,
  shared,
  /** In the order of the request. */
  transactions: t.Array(answer, { maxItems: TRANSACTIONS_MAX }),
})
export type TelecomResponse = Static<typeof TelecomResponse>

/** Reads an answer. Throws `TelecomError`, and nothing else. */
export function readResponse(bytes: Uint8Array): {
  readonly response: TelecomResponse
  readonly notes: readonly Note[]
} {
  const frame = readFrame(bytes, "response")
  const code = frame.header.code ?? ""
  if (!isRequestCode(code)) throw new TelecomError("unknown_transaction", { field: "code" })
  const header = headerOf(frame)
  const { notes, ...parts } = readParts(layout, frame)
  const response: unknown = { code, header, ...parts }
  if (!hasForm(TelecomResponse, response)) throw new TelecomError("wrong_form")
  return { response, notes }
}

function headerOf(frame: Frame) {
  const { status, providerQualifier, provider } = frame.header
  const serviceOn = serviceOf(frame)
  if (status !== "A" && status !== "R") throw new TelecomError("bad_header", { field: "status" })
  return { status, providerQualifier, provider, serviceOn }
}

export function writeResponse(response: TelecomResponse): Buffer {
  if (!hasForm(TelecomResponse, response)) throw new TelecomError("wrong_form")
  return writeFrame(framed(layout, response), "response")
}
