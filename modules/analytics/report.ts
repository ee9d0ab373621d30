/** Days that were counted, as a person reads them. Pure. */
import type { Report } from "./contract.ts"
import {
  APPROVAL_STEPS_MIN,
  emptyTally,
  LATENCY_STEPS_MS,
  quantile,
  type Tally,
  together,
} from "./tally.ts"

const HOURS = 24
const CONFIDENCE_STEPS = 10

export function reportOf(tallies: readonly Tally[]): Report {
  const all = tallies.reduce(together, emptyTally(""))
  return {
    days: tallies.map((tally) => ({ day: tally.day, ...figuresOf(tally) })),
    all: figuresOf(all),
    hours: padded(all.hours, HOURS),
    reasons: Object.entries(all.reasons)
      .map(([reason, count]) => ({ reason, count }))
      .sort((a, b) => b.count - a.count || a.reason.localeCompare(b.reason)),
    latencyMs: spreadOf(all.latency, LATENCY_STEPS_MS),
    confidence: padded(all.confidence, CONFIDENCE_STEPS),
    approvals: Object.entries(all.approvals).map(([tier, counts]) => ({
      tier: Number(tier),
      ...spreadOf(counts, APPROVAL_STEPS_MIN),
    })),
  }
}

export function figuresOf({ calls, texts, outcomes, repeated }: Tally): Report["all"] {
  return { calls, texts, outcomes, contained: outcomes.alone ?? 0, repeated }
}

function spreadOf(counts: readonly number[], ends: readonly number[]) {
  const count = counts.reduce((sum, one) => sum + one, 0)
  return { count, p50: rounded(counts, ends, 0.5), p95: rounded(counts, ends, 0.95) }
}

function rounded(counts: readonly number[], ends: readonly number[], part: number): number {
  return Math.round(quantile(counts, ends, part) * 10) / 10
}

function padded(counts: readonly number[], length: number): number[] {
  return Array.from({ length }, (_, at) => counts[at] ?? 0)
}
