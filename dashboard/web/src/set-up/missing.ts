/** What a pharmacy still has to say of itself, so that callers are told the truth. Pure. */
import type { SetUp } from "../../../../modules/store-info/contract.ts"
import type { English } from "../say.ts"
import type { StepId } from "./steps.ts"

export interface Missing {
  readonly step: StepId
  readonly says: English
}

/** `today` is `YYYY-MM-DD`. */
export function missingIn({ hours, holidays }: SetUp, today: string): readonly Missing[] {
  const isNeverOpen = Object.values(hours).every((spans) => spans.length === 0)
  const all: readonly (Missing & { readonly isSo: boolean })[] = [
    { step: "hours", says: "No day has opening hours.", isSo: isNeverOpen },
    {
      step: "holidays",
      says: "No holiday lies ahead, so callers are told the usual hours on every day.",
      isSo: !holidays.some(({ on }) => on >= today),
    },
  ]
  return all.filter(({ isSo }) => isSo).map(({ step, says }) => ({ step, says }))
}
