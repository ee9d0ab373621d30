/**
 * A file of ASAP 4.2 to segments and back. The header's last element ends segments, and stars
 * part elements. Reads no meaning into a value, and loses none.
 */
import { type Static, Type as t } from "typebox"
import { validatorOf } from "#core/json.ts"
import { elementNames, Segment } from "./segments.ts"
import { AsapError, type AsapNote } from "./trouble.ts"

const BYTES_MAX = 8_388_608
const ELEMENT = "*"
/** Any printable sign but a letter, a digit, or the star. */
const TERMINATOR = /^[!-)+-/:-@[-`{-~]$/
const HEADER_ELEMENTS = 9
const HEADER_CHARACTERS_MAX = 2_000

export const AsapFile = t.Object({
  terminator: t.String({ pattern: TERMINATOR.source }),
  /** After every segment; nothing, or a line end. */
  lineEnd: t.Union([t.Literal(""), t.Literal("\n"), t.Literal("\r\n")]),
  segments: t.Array(Segment, { minItems: 2, maxItems: 200_000 }),
})
export type AsapFile = Static<typeof AsapFile>

export interface AsapReading {
  readonly file: AsapFile
  readonly notes: readonly AsapNote[]
}

/** Reads one file. Throws `AsapError`, and nothing else. */
export function readAsap(bytes: Uint8Array): AsapReading {
  if (bytes.length > BYTES_MAX) throw new AsapError("too_large")
  // One byte, one character: whatever code page the sender has, it is written back the same.
  const text = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length).toString("latin1")
  const { header, terminator, end } = headerOf(text)
  const lineEnd = lineEndAt(text, end)
  const pieces = text.slice(end).split(terminator)
  if (pieces.pop()?.trim() !== "") throw new AsapError("unterminated", pieces.length + 2)
  const notes: AsapNote[] = []
  const raw = [header, ...pieces.map((piece) => piece.replace(/^[\r\n]+/, ""))]
  const segments = raw.map((piece, index) => segmentOf(piece, index + 1, notes))
  const file = { terminator, lineEnd, segments }
  if (!isFile(file)) throw new AsapError("bad_segment")
  checkCounts(file, notes)
  return { file, notes }
}

function isFile(value: unknown): value is AsapFile {
  return validatorOf(AsapFile).Check(value)
}

/** The header up to its ninth element, which is the sign that ends it and every other segment. */
function headerOf(text: string) {
  if (!text.startsWith(`TH${ELEMENT}`)) throw new AsapError("not_asap")
  const parts = text.slice(0, HEADER_CHARACTERS_MAX).split(ELEMENT, HEADER_ELEMENTS + 1)
  const terminator = parts.at(HEADER_ELEMENTS)?.[0] ?? ""
  const header = parts.slice(0, HEADER_ELEMENTS).join(ELEMENT)
  const end = header.length + ELEMENT.length + 2
  const isEnded = text.slice(end - 2, end) === terminator.repeat(2)
  if (!TERMINATOR.test(terminator) || !isEnded || header.includes(terminator)) {
    throw new AsapError("bad_header", 1)
  }
  return { header, terminator, end }
}

function lineEndAt(text: string, at: number): AsapFile["lineEnd"] {
  if (text.startsWith("\r\n", at)) return "\r\n"
  return text.startsWith("\n", at) ? "\n" : ""
}

function segmentOf(text: string, number: number, notes: AsapNote[]): Record<string, unknown> {
  if (hasControl(text)) throw new AsapError("bad_character", number)
  const [id = "", ...elements] = withoutTail(text.split(ELEMENT))
  if (!/^[A-Z][A-Z0-9]{1,2}$/.test(id)) throw new AsapError("bad_segment", number)
  if (id === "TH" && number > 1) throw new AsapError("out_of_place", number)
  const names = elementNames.get(id)
  if (!names) {
    notes.push({ code: "unknown_segment", segment: number })
    return { id: "unknown", name: id, elements }
  }
  const more = elements.slice(names.length)
  if (more.length > 0) notes.push({ code: "more_elements", segment: number })
  const values = names.flatMap((name, index) => {
    const value = elements[index]
    return value === undefined || value === "" ? [] : [[name, value]]
  })
  return { id, ...Object.fromEntries(values), ...(more.length > 0 ? { more } : {}) }
}

function hasControl(text: string): boolean {
  for (let at = 0; at < text.length; at++) {
    const code = text.charCodeAt(at)
    if (code < 0x20 || code === 0x7f || code > 0xff) return true
  }
  return false
}

/** A file whose counts do not add up was cut or put together wrongly: a person looks at it. */
function checkCounts({ segments }: AsapFile, notes: AsapNote[]): void {
  let pharmacyAt = 0
  let controlNumber: string | undefined
  for (const [index, segment] of segments.entries()) {
    const at = index + 1
    if (segment.id === "TH") controlNumber = segment.controlNumber
    if (segment.id === "PHA") pharmacyAt = at
    if (segment.id === "TP" && segment.count !== String(at - pharmacyAt + 1)) {
      notes.push({ code: "count_differs", segment: at })
    }
    if (segment.id !== "TT") continue
    if (segment.count !== String(segments.length)) {
      notes.push({ code: "count_differs", segment: at })
    }
    if (segment.controlNumber !== controlNumber) {
      notes.push({ code: "control_number_differs", segment: at })
    }
  }
  if (segments.at(-1)?.id !== "TT") notes.push({ code: "count_differs", segment: segments.length })
}

/** Writes one file. Throws `AsapError` for a form that is none, or a separator in a value. */
export function writeAsap(file: AsapFile): Uint8Array {
  const { terminator, lineEnd, segments } = file
  if (!isFile(file) || segments[0]?.id !== "TH") throw new AsapError("wrong_form")
  const lines = segments.map((segment, index) => {
    const elements = elementsOf(segment)
    const isWritable = elements.every(
      (value) => !value.includes(ELEMENT) && !value.includes(terminator) && !hasControl(value),
    )
    if (!isWritable) throw new AsapError("unwritable", index + 1)
    if (segment.id !== "TH") return withoutTail(elements).join(ELEMENT)
    if (index > 0 || segment.more) throw new AsapError("out_of_place", index + 1)
    return `${elements.join(ELEMENT)}${ELEMENT}${terminator}`
  })
  return Buffer.from(lines.map((line) => line + terminator + lineEnd).join(""), "latin1")
}

function elementsOf(segment: Segment): readonly string[] {
  if (segment.id === "unknown") return [segment.name, ...segment.elements]
  const values = new Map(Object.entries(segment))
  const names = elementNames.get(segment.id) ?? []
  const known = names.map((name) => String(values.get(name) ?? ""))
  return [segment.id, ...known, ...(segment.more ?? [])]
}

/** Empty elements at the end say nothing. */
function withoutTail(elements: readonly string[]): readonly string[] {
  return elements.slice(0, elements.findLastIndex((value) => value !== "") + 1)
}
