/**
 * Bytes to a message and back. A message in memory is written with the standard delimiters,
 * whatever it came with; fields are kept as they came until somebody asks, and nothing is dropped.
 */
import { isAscii } from "node:buffer"
import { bytesOf, textOf } from "./charset.ts"
import { announced, type Delimiters, delimitersOf, isStandard, standard } from "./delimiters.ts"
import { rewritten } from "./rewrite.ts"
import { Hl7Error } from "./trouble.ts"
import { valueAt } from "./value.ts"

export interface Segment {
  readonly id: string
  /** As it stands in a message with the standard delimiters. `value.ts` takes it apart. */
  readonly line: string
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
const HEADER_BYTES_MAX = 1_024
const ESCAPE_TO_OTHER_SET = 0x1b
const LEADING = /^\ufeff?[\r\n]*/
const idForm = /^[A-Z][A-Z0-9]{2}$/

/** Reads one message. Throws `Hl7Error`, and nothing else. */
export function readMessage(bytes: Uint8Array, limits: ReadLimits = {}): Message {
  const { bytesMax = MESSAGE_BYTES_MAX, segmentsMax = SEGMENTS_MAX } = limits
  if (bytes.length > bytesMax) throw new Hl7Error("too_large")
  const text = decoded(bytes)
  if (!text.startsWith("MSH")) throw new Hl7Error("not_hl7")
  const delimiters = delimitersOf(text)
  const from = isStandard(delimiters) ? undefined : delimiters
  const lines = linesOf(text)
  if (lines.length > segmentsMax) throw new Hl7Error("too_many_segments")
  const segments: Segment[] = []
  for (let index = 0; index < lines.length; index++) {
    const line = lines[index]
    if (line) segments.push(segmentOf(line, index + 1, from))
  }
  return { segments }
}

/** Names of character sets matter only where bytes differ between them, or switch between some. */
function decoded(bytes: Uint8Array): string {
  const isPlain = isAscii(bytes) && !bytes.includes(ESCAPE_TO_OTHER_SET)
  const text = textOf(bytes, isPlain ? "" : charsetOf(bytes))
  return text.startsWith("MSH") ? text : text.replace(LEADING, "")
}

/** Looks for MSH-18 in bytes whose character set is not known yet; names are plain ASCII. */
function charsetOf(bytes: Uint8Array): string {
  const text = Buffer.from(bytes.buffer, bytes.byteOffset, Math.min(bytes.length, HEADER_BYTES_MAX))
    .toString("latin1")
    .replace(/^[^M]*/, "")
  const header = /^[^\r\n]*/.exec(text)?.[0] ?? ""
  const fields = header.split(text.charAt(3) || "|")
  const name = fields[MSH_CHARSET - 1]
  return name ? (name.split(text.charAt(5) || "~")[0] ?? "").trim() : ""
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

/** `from` is left out when the message uses the standard delimiters. */
function segmentOf(line: string, number: number, from: Delimiters | undefined): Segment {
  const id = line.slice(0, 3)
  const delimiter = from?.field ?? standard.field
  const isNamed = idForm.test(id) && (id === "MSH") === (number === 1)
  if (!isNamed || (line.length > 3 && line.charAt(3) !== delimiter)) {
    throw new Hl7Error("bad_segment", { line: number })
  }
  return { id, line: from === undefined ? line : rewrittenLine(line, from, standard) }
}

/** Writes one message, in the character set that its MSH-18 names. Throws `Hl7Error`. */
export function writeMessage({ segments }: Message, options: WriteOptions = {}): Buffer {
  const { delimiters = standard } = options
  const [header] = segments
  if (header?.id !== "MSH") throw new Hl7Error("missing_segment", { segment: "MSH" })
  const to = isStandard(delimiters) ? undefined : delimiters
  let text = ""
  for (const { line } of segments) text += `${to ? rewrittenLine(line, standard, to) : line}\r`
  return bytesOf(text, valueAt(header, MSH_CHARSET) ?? "")
}

/** The first segment announces its delimiters where others have a field. */
function rewrittenLine(line: string, from: Delimiters, to: Delimiters): string {
  const fields = line.split(from.field)
  const written = fields.map((field) => rewritten(field, from, to))
  if (fields[0] === "MSH") written[1] = announced(to)
  return written.join(to.field)
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
