/** One day as counts that can be added up: nothing in it leads back to a call. Pure. */
import { type Static, Type as t } from "typebox"
import { Day, type Outcome } from "./contract.ts"

/** Upper ends of the steps in which waiting is counted, in milliseconds; the last is open. */
export const LATENCY_STEPS_MS = steps(100, 1.15, 40)
/** And those of a decision, in minutes. */
export const APPROVAL_STEPS_MIN = steps(0.5, 1.3, 36)

const Counts = t.Array(t.Integer({ minimum: 0 }))

export const Tally = t.Object({
  day: Day,
  calls: t.Integer(),
  texts: t.Integer(),
  hours: Counts,
  outcomes: t.Record(t.String(), t.Integer()),
  repeated: t.Integer(),
  reasons: t.Record(t.String(), t.Integer()),
  latency: Counts,
  confidence: Counts,
  approvals: t.Record(t.String(), Counts),
})
export type Tally = Static<typeof Tally>

/** One conversation that is over. */
export interface Talk {
  readonly channel: string
  /** The hour it began in, at the pharmacy. */
  readonly hour: number
  readonly outcome: Outcome
  readonly reasons: readonly string[]
  readonly latenciesMs: readonly number[]
  readonly confidences: readonly number[]
}

export function emptyTally(day: string): Tally {
  const none = { outcomes: {}, reasons: {}, approvals: {}, latency: [], confidence: [], hours: [] }
  return { day, calls: 0, texts: 0, repeated: 0, ...none }
}

export function withTalk(tally: Tally, talk: Talk): Tally {
  const { channel, hour, outcome, reasons, latenciesMs, confidences } = talk
  return {
    ...tally,
    calls: tally.calls + (channel === "phone" ? 1 : 0),
    texts: tally.texts + (channel === "phone" ? 0 : 1),
    hours: raised(tally.hours, [hour]),
    outcomes: summed(tally.outcomes, { [outcome]: 1 }),
    reasons: summed(tally.reasons, Object.fromEntries(reasons.map((reason) => [reason, 1]))),
    latency: raised(
      tally.latency,
      latenciesMs.map((ms) => stepOf(LATENCY_STEPS_MS, ms)),
    ),
    confidence: raised(
      tally.confidence,
      confidences.map((one) => Math.min(9, Math.floor(one * 10))),
    ),
  }
}

export function withDecision(tally: Tally, tier: number, minutes: number): Tally {
  const before = tally.approvals[tier] ?? []
  const counts = raised(before, [stepOf(APPROVAL_STEPS_MIN, minutes)])
  return { ...tally, approvals: { ...tally.approvals, [tier]: counts } }
}

/** Two days, or two weeks, as one. */
export function together(one: Tally, other: Tally): Tally {
  const tiers = new Set([...Object.keys(one.approvals), ...Object.keys(other.approvals)])
  return {
    day: one.day,
    calls: one.calls + other.calls,
    texts: one.texts + other.texts,
    repeated: one.repeated + other.repeated,
    hours: added(one.hours, other.hours),
    outcomes: summed(one.outcomes, other.outcomes),
    reasons: summed(one.reasons, other.reasons),
    latency: added(one.latency, other.latency),
    confidence: added(one.confidence, other.confidence),
    approvals: Object.fromEntries(
      [...tiers].map((tier) => [
        tier,
        added(one.approvals[tier] ?? [], other.approvals[tier] ?? []),
      ]),
    ),
  }
}

/** The value that so large a part of all counts does not exceed: the upper end of its step. */
export function quantile(counts: readonly number[], ends: readonly number[], part: number): number {
  const all = counts.reduce((sum, count) => sum + count, 0)
  let seen = 0
  const at = counts.findIndex((count) => {
    seen += count
    return seen >= all * part && all > 0
  })
  return at < 0 ? 0 : (ends[Math.min(at, ends.length - 1)] ?? 0)
}

function steps(first: number, growth: number, count: number): readonly number[] {
  return Array.from({ length: count }, (_, at) => first * growth ** at)
}

function stepOf(ends: readonly number[], value: number): number {
  const at = ends.findIndex((end) => value <= end)
  return at < 0 ? ends.length : at
}

function raised(counts: readonly number[], places: readonly number[]): number[] {
  const copy = [...counts]
  for (const place of places) {
    while (copy.length <= place) copy.push(0)
    copy[place] = (copy[place] ?? 0) + 1
  }
  return copy
}

function added(one: readonly number[], other: readonly number[]): number[] {
  const length = Math.max(one.length, other.length)
  return Array.from({ length }, (_, at) => (one[at] ?? 0) + (other[at] ?? 0))
}

type Named = Readonly<Record<string, number>>

function summed(one: Named, other: Named): Record<string, number> {
  const sum = { ...one }
  for (const [name, count] of Object.entries(other)) sum[name] = (sum[name] ?? 0) + count
  return sum
}
