/**
 * The fixed header before everything else, as one table a version. Offsets follow from the lengths;
 * another version, such as F6 with its eight-digit issuer number, is another entry and no code.
 */
import { TelecomError } from "./trouble.ts"

export type Direction = "request" | "response"

export interface HeaderPart {
  readonly name: string
  readonly length: number
  /** Must be digits; anything else is padded with blanks on the right. */
  readonly isDigits?: true
}

export interface HeaderLayout {
  readonly version: string
  readonly request: readonly HeaderPart[]
  readonly response: readonly HeaderPart[]
}

export type Header = Readonly<Record<string, string>>

const pharmacy: readonly HeaderPart[] = [
  { name: "providerQualifier", length: 2 },
  { name: "provider", length: 15 },
  { name: "serviceDay", length: 8, isDigits: true },
]

/** Lengths: pharmacy.md 2.3. */
export const layoutOfD0: HeaderLayout = {
  version: "D0",
  request: [
    { name: "bin", length: 6, isDigits: true },
    { name: "version", length: 2 },
    { name: "code", length: 2 },
    { name: "pcn", length: 10 },
    { name: "count", length: 1, isDigits: true },
    ...pharmacy,
    { name: "software", length: 10 },
  ],
  response: [
    { name: "version", length: 2 },
    { name: "code", length: 2 },
    { name: "count", length: 1, isDigits: true },
    { name: "status", length: 1 },
    ...pharmacy,
  ],
}

export const layouts: readonly HeaderLayout[] = [layoutOfD0]

/** Reads the header and answers where it ends. */
export function readHeader(
  text: string,
  direction: Direction,
  known: readonly HeaderLayout[],
): { readonly header: Header; readonly end: number } {
  const layout = known.find((one) => isOf(one, text, direction))
  if (!layout) throw new TelecomError(text.length < 2 ? "header_short" : "unknown_version")
  let end = 0
  const parts = layout[direction].map(({ name, length, isDigits }) => {
    const value = text.slice(end, end + length)
    end += length
    if (value.length < length) throw new TelecomError("header_short", { field: name })
    if (isDigits && !/^\d+$/.test(value)) throw new TelecomError("bad_header", { field: name })
    return [name, isDigits ? value : unpadded(value)] as const
  })
  return { header: Object.fromEntries(parts), end }
}

export function writeHeader(
  header: Header,
  direction: Direction,
  known: readonly HeaderLayout[],
): string {
  const layout = known.find(({ version }) => version === header.version)
  if (!layout) throw new TelecomError("unknown_version")
  return layout[direction].map((part) => padded(part, header[part.name] ?? "")).join("")
}

function padded({ name, length, isDigits }: HeaderPart, value: string): string {
  if (value.length > length) throw new TelecomError("too_long", { field: name })
  if (isDigits && !(value.length === length && /^\d+$/.test(value))) {
    throw new TelecomError("bad_header", { field: name })
  }
  return value.padEnd(length)
}

/** The version stands at a place that each version chooses for itself. */
function isOf(layout: HeaderLayout, text: string, direction: Direction): boolean {
  const parts = layout[direction]
  const before = parts.slice(
    0,
    parts.findIndex(({ name }) => name === "version"),
  )
  const offset = before.reduce((sum, { length }) => sum + length, 0)
  return text.slice(offset, offset + layout.version.length) === layout.version
}

/** Blanks alone are padding: other white space came from somewhere and is kept. */
export function unpadded(value: string): string {
  let end = value.length
  while (value[end - 1] === " ") end--
  return value.slice(0, end)
}
