/**
 * Bytes to a message and back. A message in memory is written with the standard delimiters,
 * whatever it came with; fields are kept as they came until somebody asks, and nothing is dropped.
 */
import { bytesOf, textOf } from "./charset.ts"
import { announced, type Delimiters, delimitersOf, isStandard, standard } from "./delimiters.ts"
import { rewritten } from "./rewrite.ts"
import { Hl7Error } from "./trouble.ts"
import { valueAt } from "./value.ts"

export interface Segment {
  readonly id: string
  /** Escapes and delimiters still in them. The first is the id, so that `fields[3]` is field 3. */
  readonly fields: readonly string[]
}

export interface Message {
  /** The first is MSH. */
  readonly segments: readonly Segment[]
}

export interface ReadLimits {
  readonly bytesMax?: number
  readonly segmentsMax?: number
}

export interface WriteOptions {
  readonly delimiters?: Delimiters
}

/** A year's prescriptions of one patient are a tenth of this. */
export const MESSAGE_BYTES_MAX = 1_048_576
const SEGMENTS_MAX = 10_000
const MSH_CHARSET = 18
const CR = 0x0d
const LF = 0x0a
const idForm = /^[A-Z][A-Z0-9]{2}$/

/** Reads one message. Throws `Hl7Error`, and nothing else. */
export function readMessage(bytes: Uint8Array, limits: ReadLimits = {}): Message {
  const { bytesMax = MESSAGE_BYTES_MAX, segmentsMax = SEGMENTS_MAX } = limits
  if (bytes.length > bytesMax) throw new Hl7Error("too_large")
  const text = textOf(bytes, charsetOf(bytes)).replace(/^\ufeff?[\r\n]*/, "")
  if (!text.startsWith("MSH")) throw new Hl7Error("not_hl7")
  const delimiters = delimitersOf(text)
  const lines = linesOf(text)
  if (lines.length > segmentsMax) throw new Hl7Error("too_many_segments")
  const segments: Segment[] = []
  for (const [index, line] of lines.entries()) {
    if (line !== "") segments.push(segmentOf(line, index + 1, delimiters))
  }
  return { segments }
}

/** Looks for MSH-18 in bytes whose character set is not known yet; names are plain ASCII. */
function charsetOf(bytes: Uint8Array): string {
  const start = bytes.indexOf(0x4d)
  const ends = [bytes.indexOf(CR, start), bytes.indexOf(LF, start)].filter((end) => end >= 0)
  const header = Buffer.from(bytes.subarray(start, Math.min(bytes.length, 4_096, ...ends)))
  const text = header.toString("latin1")
  const fields = text.split(text.charAt(3) || "|")
  const [first = ""] = (fields[MSH_CHARSET - 1] ?? "").split(text.charAt(5) || "~")
  return first.trim()
}

/**
 * The first segment tells how the sender ends segments. Where that is a carriage return, a line
 * feed elsewhere is text: it is spelt out, so that it ends nothing when it is written again.
 */
function linesOf(text: string): readonly string[] {
  if (!text.includes("\n")) return text.split("\r")
  const [first = ""] = /\r\n|\r|\n/.exec(text) ?? []
  if (first !== "\r") return text.split(/\r\n|\r|\n/)
  return text.split(/\r\n?/).map((line) => line.replaceAll("\n", "\\X0A\\"))
}

function segmentOf(line: string, number: number, delimiters: Delimiters): Segment {
  const id = line.slice(0, 3)
  const isNamed = idForm.test(id) && (id === "MSH") === (number === 1)
  if (!isNamed || (line.length > 3 && line.charAt(3) !== delimiters.field)) {
    throw new Hl7Error("bad_segment", { line: number })
  }
  const fields = line.split(delimiters.field)
  if (id === "MSH") fields.splice(1, 1, standard.field, announced(standard))
  if (isStandard(delimiters)) return { id, fields }
  const isFixed = (field: number): boolean => id === "MSH" && field <= 2
  return {
    id,
    fields: fields.map((raw, field) =>
      isFixed(field) ? raw : rewritten(raw, delimiters, standard),
    ),
  }
}

/** Writes one message, in the character set that its MSH-18 names. Throws `Hl7Error`. */
export function writeMessage({ segments }: Message, options: WriteOptions = {}): Buffer {
  const { delimiters = standard } = options
  const [header] = segments
  if (header?.id !== "MSH") throw new Hl7Error("missing_segment", { segment: "MSH" })
  const text = segments.map((segment) => `${lineOf(segment, delimiters)}\r`).join("")
  return bytesOf(text, valueAt(header, MSH_CHARSET) ?? "")
}

function lineOf({ id, fields }: Segment, delimiters: Delimiters): string {
  if (isStandard(delimiters)) {
    return id === "MSH" ? `MSH${standard.field}${fields.slice(2).join("|")}` : fields.join("|")
  }
  const written = fields.map((field) => rewritten(field, standard, delimiters))
  if (id !== "MSH") return written.join(delimiters.field)
  const rest = [announced(delimiters), ...written.slice(3)]
  return `MSH${delimiters.field}${rest.join(delimiters.field)}`
}

export function segmentsOf({ segments }: Message, id: string): readonly Segment[] {
  return segments.filter((segment) => segment.id === id)
}

/** The first of its kind. */
export function segmentOfKind({ segments }: Message, id: string): Segment | undefined {
  return segments.find((segment) => segment.id === id)
}

/** The first of its kind, which a message of its type must have. */
export function requiredSegment(message: Message, id: string): Segment {
  const found = segmentOfKind(message, id)
  if (!found) throw new Hl7Error("missing_segment", { segment: id })
  return found
}
