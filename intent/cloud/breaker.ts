/**
 * A circuit breaker as a pure state machine: a provider that keeps failing is left alone for a
 * while, then tried once. It knows no clock and no provider.
 */

export type Breaker =
  | { readonly state: "closed"; readonly failures: number }
  | { readonly state: "open"; readonly untilMs: number }
  /** One question is out to see whether the provider is back. */
  | { readonly state: "half_open" }

/** How a question went out, to be handed back with what came of it. */
export type Pass = "usual" | "probe"

export interface Verdict {
  readonly pass: Pass
  /** Undecided: whoever asked lost interest before the provider could fail. */
  readonly went: "well" | "badly" | "undecided"
  readonly nowMs: number
}

export const FAILURES_MAX = 3
export const REST_MS = 30_000

export const closedBreaker: Breaker = { state: "closed", failures: 0 }

/** The state after letting one question through; undefined when none may go now. */
export function letThrough(
  breaker: Breaker,
  nowMs: number,
): { readonly next: Breaker; readonly pass: Pass } | undefined {
  if (breaker.state === "closed") return { next: breaker, pass: "usual" }
  if (breaker.state === "half_open" || nowMs < breaker.untilMs) return undefined
  return { next: { state: "half_open" }, pass: "probe" }
}

/** The state after what came of a question. What is late, from before it opened, counts no more. */
export function settle(breaker: Breaker, { pass, went, nowMs }: Verdict): Breaker {
  if (pass === "probe" && breaker.state === "half_open") {
    if (went === "well") return closedBreaker
    return { state: "open", untilMs: went === "badly" ? nowMs + REST_MS : nowMs }
  }
  if (pass === "probe" || breaker.state !== "closed" || went === "undecided") return breaker
  const failures = went === "well" ? 0 : breaker.failures + 1
  if (failures >= FAILURES_MAX) return { state: "open", untilMs: nowMs + REST_MS }
  return { state: "closed", failures }
}
