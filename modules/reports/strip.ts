/** What stands at the head of a report on paper: title, period, filters, who made it, the proof. */
import type { Report } from "./contract.ts"
import { momentText } from "./kinds.ts"

export function stripOf(report: Report): readonly (readonly string[])[] {
  const { title, from, until, timeZone, patient, person, madeBy, madeAtMs, checkpoint } = report
  const [origin = "", , , , signature = ""] = checkpoint.note.split("\n")
  return [
    ["Report", title],
    ["Period", `${from} to ${until} (${timeZone})`],
    ["Patient", patient ?? "all"],
    ["Person", person ?? "all"],
    ["Made by", madeBy],
    ["Made at", momentText(madeAtMs, timeZone)],
    ["Log", origin],
    ["Checkpoint", `${checkpoint.size} entries`],
    ["Root", checkpoint.root],
    ["Signature", signature.split(" ").at(-1) ?? ""],
  ]
}

/** A name for its file that holds no patient. */
export function fileNameOf({ kind, from, until }: Report, format: string): string {
  return `${kind.replaceAll("_", "-")}-${from}-${until}.${format}`
}
