/**
 * The few codes that anybody acts on, in our own words. What is not listed is `unknown` and goes to
 * a person; the code itself stays in the message. Sources: pharmacy.md 2.2 and 2.5.
 */
import type { DeaSchedule } from "#core/decision.ts"

type Table<Meaning extends string> = Readonly<Record<string, Meaning>>

/** NCI thesaurus codes of the schedules. That of CV is general knowledge, not from a sample. */
const schedules: Table<DeaSchedule> = {
  C48672: "CI",
  C48675: "CII",
  C48676: "CIII",
  C48677: "CIV",
  C48679: "CV",
}

const units = {
  C48542: "tablet",
  C48480: "capsule",
  C28254: "millilitre",
  C48155: "gram",
} as const

/** Why the pharmacy asks for a change. */
const changeRequests = {
  D: "drug_use_review",
  G: "generic_substitution",
  OS: "out_of_stock",
  P: "prior_authorization",
  S: "clarification",
  T: "therapeutic_interchange",
  U: "prescriber_authorization",
} as const

/** What a receipt says about the message it answers; general knowledge, not from a sample. */
const receipts = {
  "000": "accepted",
  "001": "accepted_response_to_follow",
  "002": "no_more_messages",
  "003": "no_more_messages",
  "005": "password_changed",
  "010": "delivered",
  "600": "communication_problem",
  "601": "receiver_unreachable",
  "602": "receiver_system_error",
  "900": "rejected",
} as const

/** Reasons of a drug use evaluation. Every one is a pharmacist's act; we carry them, no more. */
const drugUseReasons = {
  AT: "additive_toxicity",
  DA: "drug_allergy",
  DC: "drug_disease",
  DD: "drug_drug",
  DM: "apparent_misuse",
  ER: "overuse",
  HC: "high_cumulative_dose",
  HD: "high_dose",
  ID: "ingredient_duplication",
  LD: "low_dose",
  LR: "underuse",
  MC: "drug_disease",
  MN: "insufficient_duration",
  MX: "excessive_duration",
  PA: "drug_age",
  PG: "pregnancy",
  PR: "prior_adverse_reaction",
  SX: "drug_gender",
  TD: "therapeutic_duplication",
  UD: "duplicate_drug",
} as const

/** `unknown` counts as controlled, so a code that nobody knows errs on the careful side. */
export function scheduleOf(code: string | undefined): DeaSchedule {
  return code === undefined ? "none" : (meaningIn(schedules, code) ?? "unknown")
}

export const unitOf = (code: string) => meaningIn(units, code) ?? "unknown"
export const changeRequestOf = (code: string) => meaningIn(changeRequests, code) ?? "unknown"
export const receiptOf = (code: string) => meaningIn(receipts, code) ?? "unknown"
export const drugUseReasonOf = (code: string) => meaningIn(drugUseReasons, code) ?? "unknown"

function meaningIn<Meaning extends string>(
  table: Table<Meaning>,
  code: string,
): Meaning | undefined {
  return Object.hasOwn(table, code) ? table[code] : undefined
}
