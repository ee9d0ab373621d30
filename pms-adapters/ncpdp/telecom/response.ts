/** Answers of a payer, of one form whatever was asked. Read into it and written from it. */
import { type Static, Type as t } from "typebox"
import { dayOf, writtenDay } from "./amounts.ts"
import { hasForm } from "./field.ts"
import { type Frame, readFrame, TRANSACTIONS_MAX, writeFrame } from "./frame.ts"
import { layoutOfD0 } from "./header.ts"
import { noteCount, ResponseHeader, readSegments, segments, writeSegments } from "./layout.ts"
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
  const notes: Note[] = []
  noteCount(frame, notes)
  const response: unknown = {
    code,
    header: headerOf(frame),
    shared: readSegments(shared, frame.shared, { at: {}, notes }),
    transactions: frame.transactions.map((found, index) =>
      readSegments(answer, found, { at: { transaction: index + 1 }, notes }),
    ),
  }
  if (!hasForm(TelecomResponse, response)) throw new TelecomError("wrong_form")
  return { response, notes }
}

function headerOf({ header }: Frame) {
  const { status, providerQualifier, provider, serviceDay = "" } = header
  const serviceOn = dayOf(serviceDay)
  if (serviceOn === undefined) throw new TelecomError("bad_day", { field: "serviceDay" })
  if (status !== "A" && status !== "R") throw new TelecomError("bad_header", { field: "status" })
  return { status, providerQualifier, provider, serviceOn }
}

export function writeResponse(response: TelecomResponse): Buffer {
  if (!hasForm(TelecomResponse, response)) throw new TelecomError("wrong_form")
  const { code, transactions } = response
  const { serviceOn, ...header } = response.header
  const serviceDay = writtenDay(serviceOn)
  if (serviceDay === undefined) throw new TelecomError("bad_day", { field: "serviceDay" })
  return writeFrame(
    {
      header: {
        ...header,
        code,
        serviceDay,
        version: layoutOfD0.version,
        count: String(Math.max(1, transactions.length)),
      },
      shared: writeSegments(shared, response.shared, {}),
      transactions: transactions.map((one, index) =>
        writeSegments(answer, one, { transaction: index + 1 }),
      ),
      isEnded: false,
    },
    "response",
  )
}
