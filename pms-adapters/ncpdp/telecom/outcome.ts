/** What an answer comes to. A reject counts above anything else that it says. */
import { dayOf } from "./amounts.ts"
import { type Reject, rejectOf } from "./rejects.ts"
import type { TelecomAnswer, TelecomResponse } from "./response.ts"

export type Outcome =
  | {
      readonly kind: "paid" | "captured" | "approved"
      /** The payer had it before: as good as the first time, and never a second claim. */
      readonly wasKnown: boolean
      readonly authorization?: string
    }
  /** A prior authorisation that the payer has not decided. */
  | { readonly kind: "deferred" }
  | {
      readonly kind: "rejected"
      readonly rejects: readonly Reject[]
      /** Only when the payer itself says it. */
      readonly nextFillOn?: string
    }
  /** No status that we know. Never taken for a yes. */
  | { readonly kind: "unknown" }

const accepted = {
  P: { kind: "paid", wasKnown: false },
  D: { kind: "paid", wasKnown: true },
  C: { kind: "captured", wasKnown: false },
  Q: { kind: "captured", wasKnown: true },
  A: { kind: "approved", wasKnown: false },
  S: { kind: "approved", wasKnown: true },
} as const

export function outcomeOf({ header }: TelecomResponse, { status }: TelecomAnswer): Outcome {
  const { status: letter, rejects = [], authorization } = status
  if (header.status === "R" || letter === "R" || rejects.length > 0) {
    const nextFillOn = nextFillIn(status)
    return {
      kind: "rejected",
      rejects: rejects.map(({ code }) => rejectOf(code)),
      ...(nextFillOn === undefined ? {} : { nextFillOn }),
    }
  }
  if (letter === "F") return { kind: "deferred" }
  if (!isAccepted(letter)) return { kind: "unknown" }
  return { ...accepted[letter], ...(authorization === undefined ? {} : { authorization }) }
}

function isAccepted(letter: string): letter is keyof typeof accepted {
  return Object.hasOwn(accepted, letter)
}

/** The qualifier of a message that is the day of the next fill, as CCYYMMDD. */
const NEXT_FILL = "10"

function nextFillIn({ nextFillOn, messages = [] }: TelecomAnswer["status"]): string | undefined {
  const told = messages.find(({ qualifier }) => qualifier === NEXT_FILL)?.message
  return nextFillOn ?? (told === undefined ? undefined : dayOf(told.trim()))
}
