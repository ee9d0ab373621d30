/** Acknowledgements: what became of a message, said under its control id. */
import { components, makeSegment, type Value } from "./build.ts"
import { makeHeader, requiredValue } from "./header.ts"
import { type Message, requiredSegment, segmentOfKind } from "./message.ts"
import type { Place } from "./trouble.ts"
import { Hl7Error } from "./trouble.ts"
import { valueAt } from "./value.ts"

/** Accepted, failed at the application, rejected; the second set for "safely stored" alone. */
const codes = ["AA", "AE", "AR", "CA", "CE", "CR"] as const
export type AckCode = (typeof codes)[number]

/** Table 0357, as far as we say or understand it. */
export const errorCodes = {
  segment: "100",
  missingField: "101",
  value: "102",
  unsupportedType: "200",
  unsupportedVersion: "203",
  unknownKey: "204",
  duplicateKey: "205",
  locked: "206",
  internal: "207",
} as const

export interface Ack {
  readonly code: AckCode
  /** Of the message that was answered. */
  readonly controlId: string
  /** ERR-3, from table 0357. */
  readonly error?: string
  /** ERR-5, whose codes are the site's own. */
  readonly applicationError?: string
}

export interface NewAck {
  readonly code: AckCode
  readonly controlId: string
  readonly atMs: number
  readonly timeZone: string
  readonly error?: string
  readonly at?: Place
}

export const isAccepted = ({ code }: Ack): boolean => code === "AA" || code === "CA"

/** Reads MSA and ERR, of an ACK or of any other answer. */
export function readAck(message: Message): Ack {
  const segment = requiredSegment(message, "MSA")
  const code = codes.find((known) => known === requiredValue(segment, 1))
  if (code === undefined) throw new Hl7Error("bad_value", { segment: "MSA", field: 1 })
  const error = segmentOfKind(message, "ERR")
  const [standardCode, ownCode] = [valueAt(error, 3), valueAt(error, 5)]
  return {
    code,
    controlId: requiredValue(segment, 2),
    ...(standardCode ? { error: standardCode } : {}),
    ...(ownCode ? { applicationError: ownCode } : {}),
  }
}

/** Answers a message. It need not make sense: that is what some answers are about. */
export function makeAck(message: Message, ack: NewAck): Message {
  const source = requiredSegment(message, "MSH")
  const header = makeHeader({
    type: "ACK",
    trigger: valueAt(source, 9, 2) ?? "",
    structure: "ACK",
    controlId: ack.controlId,
    atMs: ack.atMs,
    timeZone: ack.timeZone,
    version: valueAt(source, 12) ?? "2.5.1",
    processing: valueAt(source, 11) ?? "P",
    sendingApplication: valueAt(source, 5) ?? "",
    sendingFacility: valueAt(source, 6) ?? "",
    receivingApplication: valueAt(source, 3) ?? "",
    receivingFacility: valueAt(source, 4) ?? "",
  })
  const answered = makeSegment("MSA", { 1: ack.code, 2: valueAt(source, 10) })
  if (ack.error === undefined) return { segments: [header, answered] }
  const { segment, line, field } = ack.at ?? {}
  const place: Value = segment === undefined ? undefined : components(segment, line ?? 1, field)
  const severity = "E"
  const error = makeSegment("ERR", {
    2: place,
    3: components(ack.error, "", "HL70357"),
    4: severity,
  })
  return { segments: [header, answered, error] }
}

/** Whether the answer to this message is read as "safely stored" and not as "carried out". */
export function isEnhanced(message: Message): boolean {
  const header = requiredSegment(message, "MSH")
  return Boolean(valueAt(header, 15) || valueAt(header, 16))
}

/** Whether the sender wants to hear nothing. */
export function wantsNoAnswer(message: Message): boolean {
  return valueAt(requiredSegment(message, "MSH"), 15) === "NE"
}
