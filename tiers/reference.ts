/** Renders the matrix and the rules as Markdown, for a pharmacist and for the docs. */
import type { Rule } from "#core/rule.ts"
import type { Matrix, Row } from "./matrix.ts"

const tierNames = ["T0 alone", "T1 technician", "T2 pharmacist", "T3 manager"] as const

const records = { none: "no", acts: "acts on it", shows: "shows it" } as const

/** One page: both blocks of the matrix, then the rules in the order in which they speak. */
export function tierReference(matrix: Matrix, rules: readonly Rule[]): string {
  return [
    "# Tier matrix",
    "",
    "A request is let through, waits for a person, or is refused. The highest tier of any signal",
    "wins and nothing lowers it. No row means no.",
    "",
    "## Requests",
    "",
    ...rowsTable(matrix.filter((row) => row.kind === "request")),
    "",
    "## Steps of the house",
    "",
    ...rowsTable(matrix.filter((row) => row.kind === "step")),
    "",
    "## Rules",
    "",
    ...table(
      ["Priority", "Rule", "Looks for", "Then", "Because"],
      rules
        .toSorted((a, b) => b.priority - a.priority)
        .map((rule) => [
          `${rule.priority}${rule.enabled ? "" : " (off)"}`,
          `\`${rule.name}\``,
          lookedFor(rule),
          "tier" in rule.raises ? tierNames[rule.raises.tier] : "refused",
          rule.because,
        ]),
    ),
    "",
  ].join("\n")
}

function rowsTable(rows: readonly Row[]): readonly string[] {
  return table(
    ["Action", "What it is", "Tier", "Callers", "Staff", "Partners", "Schedules", "Record"],
    rows.map((row) => [
      `\`${row.action}\``,
      row.is,
      tierNames[row.tier],
      row.callers ? "yes" : "no",
      row.staff.join(", ") || "no",
      row.partners === "scope" ? "with the scope" : row.partners === "any" ? "yes" : "no",
      row.system ? "yes" : "no",
      records[row.record],
    ]),
  )
}

function lookedFor({ when }: Rule): string {
  return Object.entries(when)
    .map(([what, value]) => `${what}: ${Array.isArray(value) ? value.join(", ") : value}`)
    .join("; ")
}

function table(head: readonly string[], rows: readonly (readonly string[])[]): readonly string[] {
  const line = (cells: readonly string[]): string => `| ${cells.join(" | ")} |`
  return [line(head), line(head.map(() => "---")), ...rows.map(line)]
}
