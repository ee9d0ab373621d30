/**
 * Bytes to segments and fields and back, byte for byte. Knows separators and no field: whatever is
 * well formed is kept as it came, so that nothing a payer says is lost between reading and writing.
 */
import {
  type Direction,
  type Header,
  type HeaderLayout,
  layouts,
  readHeader,
  writeHeader,
} from "./header.ts"
import { type Place, TelecomError } from "./trouble.ts"

const FIELD = "\x1c"
const GROUP = "\x1d"
const SEGMENT = "\x1e"
const END = "\x03"
/** A full transmission of four claims is a few thousand. */
const BYTES_MAX = 65_536
export const TRANSACTIONS_MAX = 4

export interface Field {
  readonly id: string
  readonly value: string
}

export interface Segment {
  readonly id: string
  readonly fields: readonly Field[]
}

export interface Frame {
  readonly header: Header
  /** What all transactions share. */
  readonly shared: readonly Segment[]
  readonly transactions: readonly (readonly Segment[])[]
  /** Whether ETX ended it. */
  readonly isEnded: boolean
}

/** Reads what has the shape of a transmission. Throws `TelecomError`, and nothing else. */
export function readFrame(
  bytes: Uint8Array,
  direction: Direction,
  known: readonly HeaderLayout[] = layouts,
): Frame {
  if (bytes.length > BYTES_MAX) throw new TelecomError("too_large")
  // One byte, one character: whatever the payer's code page is, it is written back the same.
  const text = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length).toString("latin1")
  const { header, end } = readHeader(text, direction, known)
  if (!isWritable(text.slice(0, end))) throw new TelecomError("bad_header")
  const isEnded = text.endsWith(END) && text.length > end
  const rest = text.slice(end, isEnded ? -1 : undefined)
  if (rest.includes(END)) throw new TelecomError("after_end")
  const [shared = "", ...groups] = rest.split(GROUP)
  if (groups.length > TRANSACTIONS_MAX) throw new TelecomError("too_many_transactions")
  return {
    header,
    shared: segmentsIn(shared, {}),
    transactions: groups.map((group, index) => transactionIn(group, { transaction: index + 1 })),
    isEnded,
  }
}

function transactionIn(text: string, at: Place): readonly Segment[] {
  const segments = segmentsIn(text, at)
  if (segments.length === 0) throw new TelecomError("empty_transaction", at)
  return segments
}

function segmentsIn(text: string, at: Place): readonly Segment[] {
  const [before, ...parts] = text.split(SEGMENT)
  if (before !== "") throw new TelecomError("stray_text", at)
  return parts.map((part) => segmentIn(part, at))
}

const segmentName = /^AM([0-9A-Z]{2})$/
const fieldName = /^[0-9A-Z]{2}/

function segmentIn(text: string, at: Place): Segment {
  const [before, name = "", ...parts] = text.split(FIELD)
  const id = segmentName.exec(name)?.[1]
  if (before !== "" || id === undefined) throw new TelecomError("bad_segment", at)
  const fields = parts.map((part) => {
    if (!fieldName.test(part)) throw new TelecomError("bad_field", { ...at, segment: id })
    return { id: part.slice(0, 2), value: part.slice(2) }
  })
  return { id, fields }
}

export function writeFrame(
  frame: Frame,
  direction: Direction,
  known: readonly HeaderLayout[] = layouts,
): Buffer {
  const { header, shared, transactions, isEnded } = frame
  if (transactions.length > TRANSACTIONS_MAX) throw new TelecomError("too_many_transactions")
  const head = writeHeader(header, direction, known)
  if (!isWritable(head)) throw new TelecomError("unwritable")
  const groups = transactions.map((segments, index) => {
    const at = { transaction: index + 1 }
    if (segments.length === 0) throw new TelecomError("empty_transaction", at)
    return GROUP + segments.map((segment) => written(segment, at)).join("")
  })
  const own = shared.map((segment) => written(segment, {})).join("")
  return Buffer.from(head + own + groups.join("") + (isEnded ? END : ""), "latin1")
}

/** Separators would end the value early; beyond one byte there is no telling what is meant. */
function isWritable(text: string): boolean {
  for (let at = 0; at < text.length; at++) {
    const code = text.charCodeAt(at)
    if (code === 0x03 || (code >= 0x1c && code <= 0x1e) || code > 0xff) return false
  }
  return true
}

function written({ id, fields }: Segment, at: Place): string {
  if (!segmentName.test(`AM${id}`)) throw new TelecomError("bad_segment", at)
  const parts = fields.map((field) => {
    const place = { ...at, segment: id }
    if (!/^[0-9A-Z]{2}$/.test(field.id)) throw new TelecomError("bad_field", place)
    if (!isWritable(field.value)) {
      throw new TelecomError("unwritable", { ...place, field: field.id })
    }
    return FIELD + field.id + field.value
  })
  return `${SEGMENT}${FIELD}AM${id}${parts.join("")}`
}
