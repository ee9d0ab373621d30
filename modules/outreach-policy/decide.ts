/**
 * Whether a message may go out now, later, or never. Pure: the same question has the same answer.
 */
import { DateTime } from "luxon"
import { capsOn, type Open } from "./hours.ts"
import { firstLawfulMs } from "./lawful.ts"
import { placeOf } from "./places.ts"

const DAY_MS = 86_400_000
const WEEK_MS = 7 * DAY_MS

/** What a message is for. Nothing here advertises or bills, and nothing that does may be added. */
export type Kind = "ready" | "refill_reminder" | "pickup_reminder" | "answer"

interface Terms {
  /** Given: the patient said so. Implied: they gave the pharmacy their number. */
  readonly consent: "given" | "implied"
  /** Whether it counts among the messages of a day and a week. An answer was asked for. */
  readonly isCapped: boolean
}

export const terms: Readonly<Record<Kind, Terms>> = {
  ready: { consent: "implied", isCapped: true },
  refill_reminder: { consent: "given", isCapped: true },
  pickup_reminder: { consent: "given", isCapped: true },
  answer: { consent: "implied", isCapped: false },
}

export interface Message {
  readonly kind: Kind
  /** Pointless after this. */
  readonly notAfterMs?: number
}

export interface Recipient {
  readonly phone: string
  readonly zip?: string
  readonly hasStopped: boolean
  readonly wantsCalls: boolean
  /** What they said yes to. */
  readonly agreed: readonly Kind[]
  readonly own?: Open
  /** When capped messages went to this number in the last week. */
  readonly sentAtMs: readonly number[]
  readonly holidays: readonly string[]
}

export type Refusal = "stopped" | "wants_calls" | "no_consent" | "too_late" | "no_lawful_hour"

export type Verdict =
  | { readonly verdict: "send" }
  | { readonly verdict: "hold"; readonly untilMs: number; readonly why: "hours" | "cap" }
  | { readonly verdict: "refuse"; readonly why: Refusal }

export function decide(message: Message, recipient: Recipient, nowMs: number): Verdict {
  const { consent, isCapped } = terms[message.kind]
  if (recipient.hasStopped) return refuse("stopped")
  if (recipient.wantsCalls) return refuse("wants_calls")
  if (consent === "given" && !recipient.agreed.includes(message.kind)) return refuse("no_consent")
  const freeMs = isCapped ? freeAtMs(recipient.sentAtMs, nowMs) : nowMs
  const { zip, phone, own, holidays } = recipient
  const place = placeOf(zip === undefined ? { phone } : { phone, zip })
  const atMs = firstLawfulMs(freeMs, own ? { ...place, own, holidays } : { ...place, holidays })
  if (atMs === undefined) return refuse("no_lawful_hour")
  if (atMs > (message.notAfterMs ?? Number.POSITIVE_INFINITY)) return refuse("too_late")
  if (atMs <= nowMs) return { verdict: "send" }
  return { verdict: "hold", untilMs: atMs, why: freeMs > nowMs ? "cap" : "hours" }
}

const refuse = (why: Refusal): Verdict => ({ verdict: "refuse", why })

/**
 * When there is room for one more. A day is any 24 hours and a week any seven days, so that no way
 * of counting finds more.
 */
function freeAtMs(sentAtMs: readonly number[], nowMs: number): number {
  const { perDay, perWeek } = capsOn(DateTime.fromMillis(nowMs, { zone: "utc" }).toISODate() ?? "")
  const newestFirst = sentAtMs.toSorted((a, b) => b - a)
  const lastOfDay = newestFirst[perDay - 1] ?? Number.NEGATIVE_INFINITY
  const lastOfWeek = newestFirst[perWeek - 1] ?? Number.NEGATIVE_INFINITY
  return Math.max(nowMs, lastOfDay + DAY_MS, lastOfWeek + WEEK_MS)
}
