/**
 * SCRIPT messages, read and written: envelope, header and one transaction. A transaction without a
 * schema here is kept whole. Nothing in an error or a note comes from the message.
 */
import { type Static, type TObject, Type as t } from "typebox"
import { isRecord, validatorOf } from "#core/json.ts"
import { readGroup } from "../xml/read-group.ts"
import { type Element, readTree, writeDocument, writeTree } from "../xml/tree.ts"
import { XmlError, type XmlNote } from "../xml/trouble.ts"
import { writeGroup } from "../xml/write-group.ts"
import { CancelRx, CancelRxResponse } from "./cancel.ts"
import { RxChangeRequest, RxChangeResponse } from "./change.ts"
import { missingIn } from "./either.ts"
import { RxFill, RxFillIndicatorChange } from "./fill.ts"
import { Header } from "./header.ts"
import { RxHistoryRequest, RxHistoryResponse } from "./history.ts"
import { NewRx, NewRxRequest, NewRxResponseDenied } from "./new-rx.ts"
import { priorAuth } from "./prior-auth.ts"
import { ScriptError, Status, Verify } from "./receipt.ts"
import { RxRenewalRequest, RxRenewalResponse } from "./renewal.ts"
import { transfers } from "./transfer.ts"
import { stampsFor, versionOf, versions } from "./version.ts"

/** Transactions by the name of their element. */
export const transactions = {
  NewRx,
  NewRxRequest,
  NewRxResponseDenied,
  RxRenewalRequest,
  RxRenewalResponse,
  RxChangeRequest,
  RxChangeResponse,
  CancelRx,
  CancelRxResponse,
  RxFill,
  RxFillIndicatorChange,
  ...transfers,
  Status,
  Error: ScriptError,
  Verify,
  ...priorAuth,
  RxHistoryRequest,
  RxHistoryResponse,
} as const

type Kind = keyof typeof transactions

const Envelope = t.Object({
  version: t.Union(versions.map((one) => t.Literal(one))),
  header: Header,
  /** As they came; what is left out when writing is stamped with the version. */
  stamps: t.Optional(t.Record(t.String(), t.String())),
  /** What stood beside header and body, as XML. */
  beside: t.Optional(t.Array(t.String())),
})
type Envelope = Static<typeof Envelope>

type Known = { [K in Kind]: { kind: K; body: Static<(typeof transactions)[K]> } }[Kind]
/** A transaction without a schema here, as XML. */
type Other = { kind: "other"; xml: string }

export type ScriptMessage = Envelope & (Known | Other)

export interface ScriptReading {
  readonly message: ScriptMessage
  readonly notes: readonly XmlNote[]
}

/** Reads one message. Throws `XmlError`, and nothing else. */
export function readScript(bytes: Uint8Array): ScriptReading {
  const root = readTree(bytes)
  if (root.name !== "Message") throw new XmlError("wrong_root")
  const notes: XmlNote[] = []
  const version = versionOf(root.attributes, notes)
  const [header, body] = [partOf(root, "Header"), partOf(root, "Body")]
  const [transaction, ...more] = body.children
  if (!transaction) throw new XmlError("missing", "Message/Body")
  if (more.length > 0) throw new XmlError("bad_value", "Message/Body")
  const beside = root.children.filter((child) => child !== header && child !== body)
  for (const _ of beside) notes.push({ code: "unknown_element", at: "Message" })
  const message = {
    version,
    header: readGroup(header, Header, { at: "Message/Header", notes }),
    stamps: root.attributes,
    ...(beside.length > 0 ? { beside: beside.map(writeTree) } : {}),
    ...readTransaction(transaction, notes),
  }
  if (!isMessage(message)) throw new XmlError("wrong_form", "Message")
  return { message, notes }
}

function partOf(root: Element, name: "Header" | "Body"): Element {
  const [part, second] = root.children.filter((child) => child.name === name)
  if (!part) throw new XmlError("missing", `Message/${name}`)
  if (second) throw new XmlError("bad_value", `Message/${name}`)
  return part
}

function readTransaction(element: Element, notes: XmlNote[]): Record<string, unknown> {
  const { name } = element
  const schema = schemaOf(name)
  if (schema) {
    const at = `Message/Body/${name}`
    const body = readGroup(element, schema, { at, notes })
    const missing = missingIn(name, body, at)
    if (missing !== undefined) throw new XmlError("missing", missing)
    return { kind: name, body }
  }
  notes.push({ code: "unknown_transaction", at: "Message/Body" })
  return { kind: "other", xml: writeTree(element) }
}

const byName = new Map<string, TObject>(Object.entries(transactions))

function schemaOf(name: string): TObject | undefined {
  return byName.get(name)
}

/** Whether it is a message through and through. */
export function isMessage(value: unknown): value is ScriptMessage {
  if (!isRecord(value) || !validatorOf(Envelope).Check(value)) return false
  if (value.kind === "other") return typeof value.xml === "string"
  const kind = String(value.kind)
  const schema = schemaOf(kind)
  if (!schema || !validatorOf(schema).Check(value.body)) return false
  return missingIn(kind, value.body, kind) === undefined
}

/** Writes one message. Throws `XmlError` for a form that is none. */
export function writeScript(message: ScriptMessage): Uint8Array {
  const { version, header, stamps = stampsFor(version), beside = [] } = message
  if (!validatorOf(Envelope).Check(message)) throw new XmlError("wrong_form", "Message")
  if (versionOf(stamps, []) !== version) throw new XmlError("wrong_form", "Message")
  return writeDocument({
    name: "Message",
    attributes: stamps,
    children: [
      writeGroup("Header", header, Header),
      { name: "Body", attributes: {}, children: [writeTransaction(message)], text: "" },
      ...beside.map(readText),
    ],
    text: "",
  })
}

function writeTransaction(message: ScriptMessage): Element {
  if (message.kind === "other") return readText(message.xml)
  const schema = schemaOf(message.kind)
  if (!schema || missingIn(message.kind, message.body, "") !== undefined) {
    throw new XmlError("wrong_form", "Message/Body")
  }
  return writeGroup(message.kind, message.body, schema)
}

const readText = (xml: string): Element => readTree(new TextEncoder().encode(xml))
