/**
 * Files of fixed columns: a header, details, a trailer with the count. A file is read whole or not
 * at all: half of one says nothing. No trouble here holds a value.
 */

export type Layout = Readonly<Record<string, number>>

/** Widths, in the order of the columns. README.md has the same tables. */
export const head = {
  kind: 8,
  version: 2,
  written: 14,
  number: 26,
  before: 26,
  scope: 1,
  status: 3,
  store: 7,
  word: 16,
} as const
export const patient = {
  patient: 12,
  lastName: 30,
  firstName: 20,
  bornOn: 8,
  phone: 14,
  cell: 14,
  zip: 10,
  language: 2,
} as const
export const script = {
  rx: 9,
  patient: 12,
  drug: 40,
  ndc: 11,
  schedule: 1,
  refillsLeft: 3,
  expiresOn: 8,
  prescriber: 40,
  refill: 1,
  earliestOn: 8,
} as const
export const fill = {
  rx: 9,
  status: 1,
  filledOn: 8,
  daysSupply: 3,
  promised: 12,
  copay: 9,
  quantity: 11,
} as const
export const request = { key: 64, rx: 9, note: 200 } as const
export const answer = { key: 64, rx: 9, result: 1 } as const

const VERSION = "01"
const BYTES_MAX = 64 * 1_048_576
const TRAILER = /^T(\d{8})$/

/** The text of each column, without the blanks around it. */
export type Fields<L extends Layout> = { readonly [K in keyof L]: string }

export interface File<L extends Layout> {
  readonly head: Fields<typeof head>
  readonly details: readonly Fields<L>[]
}

/** Thrown for a file that is not whole, or is none of ours. It has no room for a value. */
export class BadFile extends Error {}

export function readWhole<L extends Layout>(bytes: Uint8Array, kind: string, layout: L): File<L> {
  if (bytes.length > BYTES_MAX) throw new BadFile()
  const lines = new TextDecoder("windows-1252").decode(bytes).split(/\r\n|\n|\r/)
  while (lines.at(-1)?.trim() === "") lines.pop()
  const [first = "", ...rest] = lines
  const trailer = TRAILER.exec(rest.pop()?.trimEnd() ?? "")
  if (!first.startsWith("H") || Number(trailer?.[1] ?? -1) !== rest.length) throw new BadFile()
  const header = fieldsIn(first, head)
  if (header.kind !== kind || header.version !== VERSION) throw new BadFile()
  if (!rest.every((line) => line.startsWith("D"))) throw new BadFile()
  return { head: header, details: rest.map((line) => fieldsIn(line, layout)) }
}

/** Blanks at the end of a line may have been cut; what is wider than its columns is not ours. */
function fieldsIn<L extends Layout>(line: string, layout: L): Fields<L> {
  const fields: { -readonly [K in keyof L]?: string } = {}
  let at = 1
  for (const name in layout) {
    const width = layout[name] ?? 0
    fields[name] = line.slice(at, at + width).trim()
    at += width
  }
  if (line.trimEnd().length > at || !isFull(fields, layout)) throw new BadFile()
  return fields
}

function isFull<L extends Layout>(
  fields: { [K in keyof L]?: string },
  layout: L,
): fields is Fields<L> {
  return Object.keys(layout).every((name) => Object.hasOwn(fields, name))
}

/** A file of ours with its one detail. What ASCII lacks becomes a question mark. */
export function writeWhole<L extends Layout>(
  header: Partial<Fields<typeof head>>,
  layout: L,
  detail: Partial<Fields<L>>,
): Uint8Array {
  const lines = [
    `H${columns(head, { ...header, version: VERSION })}`,
    `D${columns(layout, detail)}`,
    `T${"1".padStart(8, "0")}`,
  ]
  return Buffer.from(`${lines.join("\r\n")}\r\n`, "latin1")
}

function columns<L extends Layout>(layout: L, fields: Partial<Fields<L>>): string {
  const texts: string[] = []
  for (const name in layout) {
    const width = layout[name] ?? 0
    const plain = (fields[name] ?? "").replace(/[^ -~]/g, "?")
    texts.push(plain.slice(0, width).padEnd(width))
  }
  return texts.join("")
}
