/**
 * What went wrong with a provider, in our words. Reads a thrown error by its status and headers
 * and never by its message, which may repeat what was asked.
 */
import { isRecord } from "#core/json.ts"

export interface Trouble {
  readonly outcome:
    | "cut"
    | "too_slow"
    | "given_up"
    | "busy"
    | "overloaded"
    | "unavailable"
    | "out_of_credit"
    | "key_refused"
    | "rejected"
    | "declined"
    | "cut_short"
    | "nonsense"
  readonly isRetryable: boolean
  readonly retryAfterMs?: number
  /** The provider may have worked for it, and charge for it, though no answer came. */
  readonly mayCost: boolean
}

/** An answer that came whole, and is none. Asking the same again would bring the same. */
export function unusable(outcome: "declined" | "cut_short" | "nonsense"): Trouble {
  return { outcome, isRetryable: false, mayCost: true }
}

/** The connection ended before the answer did. */
export const cut: Trouble = { outcome: "cut", isRetryable: true, mayCost: true }

/** Both name it when money and not patience ran out. */
const spentCodes = ["enforced_spend_limit_reached", "insufficient_quota"]

export function troubleOf(error: unknown, nowMs: number): Trouble {
  if (!isRecord(error) || typeof error.status !== "number") return cut
  const { status, headers } = error
  const settled = { mayCost: false }
  if (status === 401 || status === 403)
    return { outcome: "key_refused", isRetryable: false, ...settled }
  if (status === 429 && spentCodes.some((code) => code === error.errorCode || code === error.code))
    return { outcome: "out_of_credit", isRetryable: false, ...settled }
  const wait = headers instanceof Headers ? retryAfterMs(headers, nowMs) : undefined
  const later = { isRetryable: true, ...settled, ...(wait !== undefined && { retryAfterMs: wait }) }
  if (status === 429) return { outcome: "busy", ...later }
  if (status === 529) return { outcome: "overloaded", ...later }
  if (status === 408 || status === 409 || status >= 500) return { outcome: "unavailable", ...later }
  return { outcome: "rejected", isRetryable: false, ...settled }
}

/** Seconds or a date, as RFC 9110 allows. */
function retryAfterMs(headers: Headers, nowMs: number): number | undefined {
  const value = headers.get("retry-after")
  if (value === null) return undefined
  const seconds = Number(value)
  const waitMs = Number.isNaN(seconds) ? Date.parse(value) - nowMs : seconds * 1_000
  return Number.isNaN(waitMs) ? undefined : Math.max(0, waitMs)
}

const FIRST_WAIT_MS = 300
const LONGEST_WAIT_MS = 5_000

/**
 * How long to wait before a retry: anything from nothing to a limit that doubles, so that many who
 * failed together don't come back together; what the provider asks for comes on top.
 */
export function waitBefore(
  retry: number,
  chance: number,
  { retryAfterMs: asked = 0 }: Pick<Trouble, "retryAfterMs">,
): number {
  return asked + chance * Math.min(LONGEST_WAIT_MS, FIRST_WAIT_MS * 2 ** (retry - 1))
}
