/**
 * What the other side decided. A denial always wins, and an answer that says several things is no
 * permission: whoever reads it hears that it was not clear.
 */
import type { Static } from "typebox"
import type { answer } from "./medication.ts"

/** From the most cautious to the least (pharmacy.md 2.2). */
const precedence = [
  "Denied",
  "DeniedNewPrescriptionToFollow",
  "Pending",
  "Replace",
  "ApprovedWithChanges",
  "Approved",
  "Validated",
] as const

export type Outcome = (typeof precedence)[number] | "unclear"

export interface Decision {
  readonly outcome: Outcome
  /** More than one was said; the most cautious counts. */
  readonly isAmbiguous: boolean
}

export function decisionIn(response: Static<ReturnType<typeof answer>>): Decision {
  const said = precedence.filter((each) => response[each] !== undefined)
  return { outcome: said[0] ?? "unclear", isAmbiguous: said.length > 1 }
}
