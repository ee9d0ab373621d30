/** The gravest of a prescription's alerts: the one that decides who must look. */
import type { DurSeverity } from "#core/decision.ts"

const gravestFirst = ["contraindicated", "major", "moderate", "minor"] as const

export function worstAlert(severities: readonly DurSeverity[]): DurSeverity | undefined {
  return gravestFirst.find((severity) => severities.includes(severity))
}
