/**
 * Orders of pharmacy messages: ORC with the RXE or RXD that follows it, and the site's own segments
 * kept beside. RDE O11 and O25, RRE, RDS. Codes stay text: their meaning is the reader's.
 */
import { components, makeSegment, type Value } from "./build.ts"
import { requireType } from "./header.ts"
import { type Message, type Segment, segmentOfKind } from "./message.ts"
import { Hl7Error } from "./trouble.ts"
import { type Told, valueAt } from "./value.ts"

export interface Drug {
  readonly code: Told
  readonly name: Told
  /** As in NDC. */
  readonly system: Told
}

/** RXE: what is to be dispensed, and how often still. */
export interface Encoded {
  readonly drug: Drug
  /** RXE-15. */
  readonly rxNumber: Told
  /** RXE-10 and RXE-11. */
  readonly quantity: Told
  readonly units: Told
  /** RXE-12. */
  readonly refills: Told
  /** RXE-16. */
  readonly refillsLeft: Told
  /** RXE-18, as written. */
  readonly lastFilledAt: Told
  /** RXE-35, table 0477: I to VI. */
  readonly schedule: Told
}

/** RXD: what was dispensed. */
export interface Dispensed {
  readonly drug: Drug
  /** RXD-3, as written. */
  readonly dispensedAt: Told
  /** RXD-7. */
  readonly rxNumber: Told
  /** RXD-8. */
  readonly refillsLeft: Told
  /** RXD-4 and RXD-5. */
  readonly quantity: Told
  readonly units: Told
}

export interface Order {
  /** ORC-1, table 0119: NW, RF, SC, DC … */
  readonly control: string
  /** ORC-2, the asking side's number. */
  readonly placerNumber: Told
  /** ORC-3, the pharmacy system's number. */
  readonly fillerNumber: Told
  /** ORC-5, table 0038: IP, CM, HD, DC … */
  readonly status: Told
  /** ORC-12, family and given name. */
  readonly prescriber: Told
  /** ORC-16, why. */
  readonly reason: Told
  readonly encoded: Encoded | undefined
  readonly dispensed: Dispensed | undefined
  /** Everything from ORC to the next one, for what has no name here. */
  readonly segments: readonly Segment[]
}

export interface OrderMessage {
  /** PID; an answer may leave it out. */
  readonly patient: Segment | undefined
  readonly orders: readonly Order[]
}

const kinds = {
  RDE: ["O01", "O11", "O25", "O49"],
  RDS: ["O01", "O13"],
  RRE: ["O02", "O12", "O26", "O50"],
  ORR: ["O02"],
  OSR: ["Q06"],
} as const
export type OrderKind = keyof typeof kinds

/** Reads one message of orders. Another kind of message is refused, never read as one. */
export function readOrders(message: Message, kind: OrderKind): OrderMessage {
  requireType(message, kind, kinds[kind])
  const starts = message.segments.flatMap(({ id }, index) => (id === "ORC" ? [index] : []))
  return {
    patient: segmentOfKind(message, "PID"),
    orders: starts.map((start, index) =>
      orderOf(message.segments.slice(start, starts[index + 1]), start + 1),
    ),
  }
}

function orderOf(segments: readonly Segment[], line: number): Order {
  const [common] = segments
  const control = valueAt(common, 1)
  if (!control) throw new Hl7Error("missing_field", { segment: "ORC", line, field: 1 })
  const find = (id: string) => segments.find((segment) => segment.id === id)
  const [encoded, dispensed] = [find("RXE"), find("RXD")]
  return {
    control,
    placerNumber: valueAt(common, 2),
    fillerNumber: valueAt(common, 3),
    status: valueAt(common, 5),
    prescriber: prescriberOf(common),
    reason: valueAt(common, 16),
    encoded: encoded && encodedOf(encoded),
    dispensed: dispensed && dispensedOf(dispensed),
    segments,
  }
}

function encodedOf(segment: Segment): Encoded {
  return {
    drug: drugAt(segment, 2),
    quantity: valueAt(segment, 10),
    units: unitsAt(segment, 11),
    refills: valueAt(segment, 12),
    rxNumber: valueAt(segment, 15),
    refillsLeft: valueAt(segment, 16),
    lastFilledAt: valueAt(segment, 18),
    schedule: valueAt(segment, 35),
  }
}

function dispensedOf(segment: Segment): Dispensed {
  return {
    drug: drugAt(segment, 2),
    dispensedAt: valueAt(segment, 3),
    quantity: valueAt(segment, 4),
    units: unitsAt(segment, 5),
    rxNumber: valueAt(segment, 7),
    refillsLeft: valueAt(segment, 8),
  }
}

const drugAt = (segment: Segment, field: number): Drug => ({
  code: valueAt(segment, field, 1),
  name: valueAt(segment, field, 2),
  system: valueAt(segment, field, 3),
})

/** The code, or the text where the sender has no code. */
const unitsAt = (segment: Segment, field: number): Told =>
  valueAt(segment, field) ?? valueAt(segment, field, 2)

function prescriberOf(common: Segment | undefined): Told {
  const [family, given] = [valueAt(common, 12, 2), valueAt(common, 12, 3)]
  if (family === null) return null
  return [given, family].filter((part) => part).join(" ") || undefined
}

/** ORC and RXE of an order as the asking side writes them. */
export interface NewOrder {
  readonly control: string
  readonly placerNumber: string
  readonly placer?: string
  readonly fillerNumber?: string
  readonly drug?: { readonly code?: string; readonly name: string }
  readonly rxNumber?: string
  readonly note?: string
}

export function makeOrder(order: NewOrder): readonly Segment[] {
  const { drug, note } = order
  const common = makeSegment("ORC", {
    1: order.control,
    2: components(order.placerNumber, order.placer),
    3: order.fillerNumber,
  })
  const code: Value = drug && components(drug.code, drug.name, drug.code && "NDC")
  const encoded = makeSegment("RXE", { 1: 1, 2: code, 15: order.rxNumber })
  const comment = note === undefined ? [] : [makeSegment("NTE", { 1: 1, 3: note })]
  return drug ? [common, encoded, ...comment] : [common]
}
