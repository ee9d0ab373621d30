/**
 * How this vendor lays out its files: one record a line, columns of fixed width, a header first and
 * a trailer with the count last.
 */

type Widths = readonly (readonly [name: string, width: number])[]

const header: Widths = [
  ["kind", 8],
  ["version", 2],
  ["written", 14],
  ["number", 26],
  ["before", 26],
  ["scope", 1],
  ["status", 3],
  ["store", 7],
  ["word", 16],
]
const patient: Widths = [
  ["patient", 12],
  ["lastName", 30],
  ["firstName", 20],
  ["bornOn", 8],
  ["phone", 14],
  ["cell", 14],
  ["zip", 10],
  ["language", 2],
]
const script: Widths = [
  ["rx", 9],
  ["patient", 12],
  ["drug", 40],
  ["ndc", 11],
  ["schedule", 1],
  ["refillsLeft", 3],
  ["expiresOn", 8],
  ["prescriber", 40],
  ["refill", 1],
  ["earliestOn", 8],
]
const fill: Widths = [
  ["rx", 9],
  ["status", 1],
  ["filledOn", 8],
  ["daysSupply", 3],
  ["promised", 12],
  ["copay", 9],
  ["quantity", 11],
]
const request: Widths = [
  ["key", 64],
  ["rx", 9],
  ["note", 200],
]
const answer: Widths = [
  ["key", 64],
  ["rx", 9],
  ["result", 1],
]

export const layouts = { header, patient, script, fill, request, answer } as const
export type Layout = keyof typeof layouts
export type Fields = Readonly<Record<string, string>>

const COUNT_WIDTH = 8

export function lineOf(mark: "H" | "D", layout: Layout, fields: Fields): string {
  const columns = layouts[layout].map(([name, width]) =>
    (fields[name] ?? "").slice(0, width).padEnd(width),
  )
  return mark + columns.join("")
}

export const trailerOf = (count: number): string => `T${String(count).padStart(COUNT_WIDTH, "0")}`

export function fieldsIn(line: string, layout: Layout): Fields {
  let at = 1
  const entries = layouts[layout].map(([name, width]) => {
    const value = line.slice(at, at + width).trim()
    at += width
    return [name, value] as const
  })
  return Object.fromEntries(entries)
}

/** Windows-1252, which is what such systems write; what it lacks is a question mark. */
export function bytesOf(lines: readonly string[]): Buffer {
  const text = `${lines.join("\r\n")}\r\n`.replace(/[^\0-\xff]/g, "?")
  return Buffer.from(text, "latin1")
}
