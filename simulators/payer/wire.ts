/** Telecommunication D.0 as a payer's own program reads and writes it. It shares no code. */

const FS = "\x1c"
const GS = "\x1d"
const RS = "\x1e"
const REQUEST_HEADER = 56

export type Fields = ReadonlyMap<string, readonly string[]>
export type Segments = ReadonlyMap<string, Fields>

export interface Asked {
  readonly bin: string
  readonly code: string
  /** Count, pharmacy and day as they came, for the answer. */
  readonly count: string
  readonly pharmacy: string
  readonly day: string
  readonly shared: Segments
  readonly transactions: readonly Segments[]
}

/** Undefined when it is no request that this payer understands. */
export function readAsked(bytes: Uint8Array): Asked | undefined {
  const whole = Buffer.from(bytes).toString("latin1")
  const text = whole.endsWith("\x03") ? whole.slice(0, -1) : whole
  if (text.length < REQUEST_HEADER || text.slice(6, 8) !== "D0") return undefined
  const [shared = "", ...groups] = text.slice(REQUEST_HEADER).split(GS)
  return {
    bin: text.slice(0, 6),
    code: text.slice(8, 10),
    count: text.slice(20, 21),
    pharmacy: text.slice(21, 38),
    day: text.slice(38, 46),
    shared: segmentsOf(shared),
    transactions: groups.map(segmentsOf),
  }
}

function segmentsOf(text: string): Segments {
  const segments = new Map<string, Fields>()
  for (const part of text.split(RS).slice(1)) {
    const [, name = "", ...fields] = part.split(FS)
    segments.set(
      name.slice(2),
      Map.groupBy(fields, (field) => field.slice(0, 2)),
    )
  }
  return segments
}

/** The first value of a field, without the blanks that pad it. */
export function valueIn(segments: Segments, segment: string, field: string): string {
  return segments.get(segment)?.get(field)?.[0]?.slice(2).trimEnd() ?? ""
}

/** Field and value, in the order in which they are written. */
export type Line = readonly [field: string, value: string]

export interface Part {
  readonly segment: string
  readonly lines: readonly Line[]
}

export interface Said {
  readonly shared: readonly Part[]
  readonly transactions: readonly (readonly Part[])[]
}

export function writeSaid({ code, count, pharmacy, day }: Asked, said: Said): Buffer {
  const written = ({ segment, lines }: Part) =>
    `${RS}${FS}AM${segment}${lines.map(([field, value]) => `${FS}${field}${value}`).join("")}`
  const head = `D0${code}${count}A${pharmacy}${day}`
  const shared = said.shared.map(written).join("")
  const groups = said.transactions.map((parts) => `${GS}${parts.map(written).join("")}`)
  return Buffer.from(head + shared + groups.join(""), "latin1")
}

/** Cents with their sign over the last digit. */
export function punched(cents: number): string {
  const digits = String(Math.abs(cents)).padStart(3, "0")
  const last = Number(digits.at(-1))
  return digits.slice(0, -1) + (cents < 0 ? "}JKLMNOPQR" : "{ABCDEFGHI")[last]
}
