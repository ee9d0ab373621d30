/** An order as a file for a spreadsheet: RFC 4180. No wholesaler's own format is guessed. */
import type { Order } from "./contract.ts"

const HEAD = ["NDC", "Product", "Packages", "Units in a package", "Cost of a package, dollars"]

export function csvOf({ lines }: Order): string {
  const rows = lines.map(({ ndc, name, packs, packSize, isPackKnown, packCents }) => [
    ndcOf(ndc),
    name,
    String(packs),
    isPackKnown ? packSize : "",
    packCents === undefined ? "" : dollarsOf(packCents),
  ])
  return [HEAD, ...rows].map((row) => `${row.map(cell).join(",")}\r\n`).join("")
}

/** What a spreadsheet would take for a formula is a word again, and quotes are doubled. */
function cell(text: string): string {
  const plain = /^[=+\-@\t\r]/.test(text) ? `'${text}` : text
  return /[",\r\n]/.test(plain) ? `"${plain.replaceAll('"', '""')}"` : plain
}

/** 5-4-2, as claims and wholesalers have it, while the labeler has five digits. */
function ndcOf(ndc12: string): string {
  const [labeler, product, pack] = [ndc12.slice(0, 6), ndc12.slice(6, 10), ndc12.slice(10)]
  return [labeler.replace(/^0/, ""), product, pack].join("-")
}

function dollarsOf(cents: number): string {
  const digits = String(cents).padStart(3, "0")
  return `${digits.slice(0, -2)}.${digits.slice(-2)}`
}
