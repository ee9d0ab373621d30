/**
 * Envelopes of the IVR interface, as text and back. Elements are known by their namespace, however
 * a sender abbreviates it. Whatever the reader of `ncpdp/xml` refuses never gets this far.
 */
import { type TSchema, Type as t } from "typebox"
import { Unreadable, type Wire } from "../http.ts"
import { readGroup } from "../ncpdp/xml/read-group.ts"
import { attribute, group, isGroup } from "../ncpdp/xml/schema.ts"
import { type Element, readTree, writeDocument } from "../ncpdp/xml/tree.ts"
import { XmlError } from "../ncpdp/xml/trouble.ts"
import { writeGroup } from "../ncpdp/xml/write-group.ts"

const SOAP = "http://schemas.xmlsoap.org/soap/envelope/"
const TREX_1_0 = "http://www.techrx.com/trexone/1_0"
const TREX_1_1 = "http://www.techrx.com/trexone/1_1"
/** What SOAP leaves without a namespace, such as the code of a fault, has none. */
const ours: readonly string[] = [SOAP, TREX_1_0, TREX_1_1, ""]

const NAME_MAX = 64
const named = () => attribute(NAME_MAX)

const MsgHeader = group({
  MsgName: named(),
  MsgID: named(),
  SourceID: named(),
  DestinationID: named(),
  Version: named(),
  TimeStamp: named(),
})

const RxInfoReq = group({ "t1:RxInfoQuery": group({ StoreNum: named(), RxNum: named() }) })
const SubmitIVROrder = group({
  StoreNum: named(),
  "t1:RxOrder": group({ RxNum: named(), OrderSource: named() }),
})

const Question = group({
  "xmlns:soap": named(),
  "xmlns:t1": named(),
  "soap:Header": group({ "t1:MsgHeader": MsgHeader }),
  "soap:Body": group({
    "t1:RxInfoReq": t.Optional(RxInfoReq),
    "t1:SubmitIVROrder": t.Optional(SubmitIVROrder),
  }),
})

export interface Letterhead {
  readonly name: "RxInfoReq" | "SubmitIVROrder"
  readonly id: string
  readonly source: string
  readonly destination: string
  readonly nowMs: number
}

/** A whole question, as the wire writes it. */
export function questionOf(letterhead: Letterhead, body: object): object {
  const { name, id, source, destination, nowMs } = letterhead
  return {
    "xmlns:soap": SOAP,
    "xmlns:t1": TREX_1_1,
    "soap:Header": {
      "t1:MsgHeader": {
        MsgName: name,
        MsgID: id,
        SourceID: source,
        DestinationID: destination,
        Version: "1.1",
        TimeStamp: new Date(nowMs).toISOString(),
      },
    },
    "soap:Body": { [`t1:${name}`]: body },
  }
}

export const soap: Wire = {
  contentType: "text/xml; charset=utf-8",
  answersWith: [500],
  write: (body) =>
    new TextDecoder().decode(writeDocument(writeGroup("soap:Envelope", body, Question))),
  read(bytes: Uint8Array, answer: TSchema): unknown {
    try {
      const root = localised(readTree(bytes), new Map())
      if (root.name !== "Envelope" || !isGroup(answer)) throw new XmlError("wrong_root")
      return readGroup(root, answer, { at: root.name, notes: [] })
    } catch (trouble) {
      if (trouble instanceof XmlError) throw new Unreadable()
      throw trouble
    }
  },
}

type Spaces = ReadonlyMap<string, string>

/** The element with its own name alone where its namespace is ours; any other keeps its prefix. */
function localised(element: Element, above: Spaces): Element {
  const entries = Object.entries(element.attributes)
  const spaces = new Map(above)
  for (const [key, value] of entries) {
    const [, prefix = ""] = /^xmlns(?::(.+))?$/.exec(key) ?? [undefined, undefined]
    if (/^xmlns(:|$)/.test(key)) spaces.set(prefix, value)
  }
  return {
    name: nameIn(spaces, element.name),
    attributes: Object.fromEntries(entries.filter(([key]) => !/^xmlns(:|$)/.test(key))),
    children: element.children.map((child) => localised(child, spaces)),
    text: element.text,
  }
}

function nameIn(spaces: Spaces, name: string): string {
  const [local = "", prefix = ""] = name.split(":").reverse()
  const space = spaces.get(prefix)
  if (space === undefined && prefix !== "") throw new XmlError("not_xml")
  return ours.includes(space ?? "") ? local : `other:${local}`
}
