/**
 * PMP Gateway 5.1: a state's monitoring programme asked through one door. Two steps, patient then
 * report; what comes back is for a pharmacist's eyes. Shapes: public clients' code; the licence has
 * the rest.
 */
import { type Static, type TObject, Type as t } from "typebox"
import { isRecord, validatorOf } from "#core/json.ts"
import { readGroup } from "../xml/read-group.ts"
import { attribute, content, day, digits, group, moment, several, text } from "../xml/schema.ts"
import { readTree, writeDocument } from "../xml/tree.ts"
import { XmlError, type XmlNote } from "../xml/trouble.ts"
import { writeGroup } from "../xml/write-group.ts"

export const NAMESPACE = "http://xml.appriss.com/gateway/v5_1"
const NAME = 80
const NOTE = 4_000

const address = () =>
  group({
    Street: t.Optional(text(160)),
    City: t.Optional(text(NAME)),
    StateCode: t.Optional(text(2)),
    ZipCode: t.Optional(text(10)),
  })

/** The person who asks and will look: a licensed one, by name. */
const provider = () =>
  group({
    Role: text(NAME),
    FirstName: t.Optional(text(NAME)),
    LastName: t.Optional(text(NAME)),
    DEANumber: t.Optional(text(20)),
    NPINumber: t.Optional(digits(10)),
  })

const location = () =>
  group({
    Name: text(NAME),
    DEANumber: t.Optional(text(20)),
    NPINumber: t.Optional(digits(10)),
    NCPDPNumber: t.Optional(digits(7)),
    Address: address(),
  })

const requester = {
  LicenseeRequestId: t.Optional(text(NAME)),
  SenderSoftware: t.Optional(
    group({ Developer: text(NAME), Product: text(NAME), Version: text(NAME) }),
  ),
  RequestDestinations: t.Optional(group({ Pmp: several(text(10)) })),
  Provider: provider(),
  Location: location(),
}

const patient = () =>
  group({
    Name: group({ First: text(NAME), Middle: t.Optional(text(NAME)), Last: text(NAME) }),
    Birthdate: day(),
    SexCode: t.Optional(text(1)),
    /** The gateway wants a ZIP code or a telephone number. */
    Address: t.Optional(address()),
    Phone: t.Optional(digits(15)),
  })

/** The namespace stands on the first element; what else stands there is dropped, with a note. */
const message = { xmlns: t.Optional(attribute(200)) }

const refusal = () => group({ Message: text(NOTE), Source: t.Optional(text(NAME)) })

const score = () => group({ ScoreType: text(NAME), ScoreValue: text(10) })

const remark = () =>
  group({
    MessageType: t.Optional(text(200)),
    MessageText: t.Optional(text(NOTE)),
    MessageSeverity: t.Optional(text(20)),
  })

const report = () =>
  group({
    Message: t.Optional(text(NOTE)),
    NarxScores: t.Optional(group({ Score: t.Optional(several(score())) })),
    NarxMessages: t.Optional(group({ Message: t.Optional(several(remark())) })),
    ReportExpiration: t.Optional(moment()),
    /** Where to ask for the report itself. An address that leads to a record: never logged. */
    ReportRequestURLs: t.Optional(
      group({
        ViewableReport: t.Optional(
          group({ Type: t.Optional(attribute(NAME)), Value: content(2_000) }),
        ),
      }),
    ),
  })

export const gatewayMessages = {
  PatientRequest: group({
    ...message,
    Requester: group(requester),
    PrescriptionRequest: group({
      DateRange: t.Optional(group({ Begin: day(), End: day() })),
      Patient: patient(),
    }),
  }),
  PatientResponse: group({
    ...message,
    RequestId: t.Optional(text(NAME)),
    LicenseeRequestId: t.Optional(text(NAME)),
    Report: t.Optional(report()),
    Disclaimer: t.Optional(text(NOTE)),
    Error: t.Optional(refusal()),
  }),
  ReportRequest: group({
    ...message,
    /** `ReportLink` asks for an address that works once. */
    Requester: group({ ReportLink: t.Optional(group({})), ...requester }),
  }),
  ReportResponse: group({
    ...message,
    ReportRequestId: t.Optional(text(NAME)),
    ReportLink: t.Optional(text(2_000)),
    Error: t.Optional(refusal()),
  }),
} as const

type Kind = keyof typeof gatewayMessages
export type GatewayMessage = {
  [K in Kind]: { kind: K; body: Static<(typeof gatewayMessages)[K]> }
}[Kind]

export interface GatewayReading {
  readonly message: GatewayMessage
  readonly notes: readonly XmlNote[]
}

const byName = new Map<string, TObject>(Object.entries(gatewayMessages))

/** Reads one message. Throws `XmlError`, and nothing else. */
export function readGateway(bytes: Uint8Array): GatewayReading {
  const root = readTree(bytes)
  const schema = byName.get(root.name)
  if (!schema) throw new XmlError("wrong_root")
  const notes: XmlNote[] = []
  const body = readGroup(root, schema, { at: root.name, notes })
  const message = { kind: root.name, body }
  if (!isGatewayMessage(message)) throw new XmlError("wrong_form", root.name)
  return { message, notes }
}

export function isGatewayMessage(value: unknown): value is GatewayMessage {
  if (!isRecord(value)) return false
  const schema = byName.get(String(value.kind))
  return schema !== undefined && validatorOf(schema).Check(value.body)
}

/** Writes one message. Throws `XmlError` for a form that is none. */
export function writeGateway({ kind, body }: GatewayMessage): Uint8Array {
  const schema = byName.get(kind)
  if (!schema) throw new XmlError("wrong_form")
  return writeDocument(writeGroup(kind, { xmlns: NAMESPACE, ...body }, schema))
}
