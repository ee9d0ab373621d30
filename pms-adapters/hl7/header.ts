/** MSH: who sent what to whom, under which control id. */
import { components, makeSegment, type Value } from "./build.ts"
import { type Message, requiredSegment, type Segment } from "./message.ts"
import { writtenMoment } from "./time.ts"
import { Hl7Error } from "./trouble.ts"
import { valueAt } from "./value.ts"

export interface Header {
  /** As in `RDE`. */
  readonly type: string
  /** As in `O11`; ACK may have none. */
  readonly trigger?: string
  /** Names the message in its acknowledgement. */
  readonly controlId: string
  /** As in `2.5.1`. */
  readonly version: string
  /** P production, T training, D debugging. */
  readonly processing?: string
  readonly sendingApplication?: string
  readonly sendingFacility?: string
  readonly receivingApplication?: string
  readonly receivingFacility?: string
}

export interface NewHeader extends Omit<Header, "version"> {
  readonly version?: string
  /** As in `RDE_O11`. */
  readonly structure?: string
  readonly atMs: number
  readonly timeZone: string
  /** MSH-8, where two sites agreed on a word. */
  readonly security?: string
  /** MSH-18. UTF-8 unless told. */
  readonly charset?: string
}

export function readHeader(message: Message): Header {
  const segment = requiredSegment(message, "MSH")
  return {
    type: requiredValue(segment, 9),
    controlId: requiredValue(segment, 10),
    version: valueAt(segment, 12) ?? "",
    ...given("trigger", valueAt(segment, 9, 2)),
    ...given("processing", valueAt(segment, 11)),
    ...given("sendingApplication", valueAt(segment, 3)),
    ...given("sendingFacility", valueAt(segment, 4)),
    ...given("receivingApplication", valueAt(segment, 5)),
    ...given("receivingFacility", valueAt(segment, 6)),
  }
}

export function makeHeader(header: NewHeader): Segment {
  const { type, trigger, structure, atMs, timeZone, charset = "UNICODE UTF-8" } = header
  const values: Readonly<Record<number, Value>> = {
    3: header.sendingApplication,
    4: header.sendingFacility,
    5: header.receivingApplication,
    6: header.receivingFacility,
    7: writtenMoment(atMs, timeZone),
    8: header.security,
    9: components(type, trigger, structure),
    10: header.controlId,
    11: header.processing ?? "P",
    12: header.version ?? "2.5.1",
    18: charset,
  }
  return makeSegment("MSH", values)
}

/** What a message can't be understood without. */
export function requiredValue(segment: Segment, field: number): string {
  const value = valueAt(segment, field)
  if (!value) throw new Hl7Error("missing_field", { segment: segment.id, field })
  return value
}

/** Refuses a message of another type: what it says would be read as something it is not. */
export function requireType(message: Message, type: string, triggers?: readonly string[]): Header {
  const header = readHeader(message)
  const isExpected = triggers === undefined || triggers.includes(header.trigger ?? "")
  if (header.type !== type || !isExpected) {
    throw new Hl7Error("other_type", { segment: "MSH", field: 9 })
  }
  return header
}

function given<K extends string>(key: K, value: string | null | undefined): { [P in K]?: string } {
  const entries: { [P in K]?: string } = {}
  if (value) entries[key] = value
  return entries
}
