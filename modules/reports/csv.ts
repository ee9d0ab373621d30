/** A report as CSV for a spreadsheet, after RFC 4180. No cell can become a formula there. Pure. */

import type { Report } from "./contract.ts"
import { stripOf } from "./strip.ts"

/** What spreadsheets take for the beginning of a formula, or of a cell of their own. */
const FORMULA = /^[\s]*[=+\-@\t\r\n|]/
const NEEDS_QUOTES = /[",\r\n]/

export function toCsv(report: Report): string {
  const { columns, rows, figures } = report
  const lines = [
    ...stripOf(report),
    [],
    columns,
    ...rows,
    [],
    ...figures.map(({ name, count }) => [name, `${count}`]),
  ]
  return lines.map((cells) => `${cells.map(cellOf).join(",")}\r\n`).join("")
}

/** An apostrophe makes it text, in every spreadsheet that people use. */
function cellOf(value: string): string {
  const safe = FORMULA.test(value) ? `'${value}` : value
  return NEEDS_QUOTES.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe
}
