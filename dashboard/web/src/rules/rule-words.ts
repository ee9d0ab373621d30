/** The rules beside the tier matrix in plain words: what each looks for, and what follows. */
import type { Rule } from "../../../../core/rule.ts"
import { type English, say } from "../say.ts"
import { inWords, tierName } from "../words.ts"

/** What people ask for: the owner's thirteen, as the matrix names them. */
export const requests = [
  ...(["status_inquiry", "refill_request", "store_hours", "transfer_request"] as const),
  ...(["insurance_question", "prior_auth_submission", "new_rx_verification"] as const),
  ...(["controlled_substance", "drug_interaction_override", "clinical_consultation"] as const),
  ...(["price_adjustment", "refund", "complaint"] as const),
] as const

export const schedules = ["CI", "CII", "CIII", "CIV", "CV", "none", "unknown"] as const
export const severities = ["contraindicated", "major", "moderate", "minor"] as const
export const eligibilities = [
  ...(["refillable", "no_refills", "expired", "too_soon", "on_hold", "discontinued"] as const),
  ...(["transferred_out", "already_in_process", "ready_now", "recently_picked_up"] as const),
  ...(["controlled_needs_review", "prescriber_auth_possible", "not_found"] as const),
  ...(["pharmacist_must_speak", "unknown"] as const),
] as const

/** Rules that law or safety demands, and why; the server keeps them whatever a page sends. */
const whyStanding: Readonly<Record<string, English>> = {
  emergency: "It cannot be switched off: somebody may be in danger of their life.",
  controlled_substance:
    "It cannot be switched off: the law wants a pharmacist for controlled substances.",
  unverified_caller: "It cannot be switched off: nobody unverified may hear of a patient.",
}

/** Why a rule has to stay on as it is; undefined when a site may switch it off. */
export function standsBecause({ name }: Rule): string | undefined {
  const why = whyStanding[name]
  return why && say(why)
}

export function lookedForText({ when }: Rule): string {
  const parts = [
    when.actions ? when.actions.map(inWords).join(", ") : say("Every request"),
    ...(when.emergency ? [say("words of an emergency")] : []),
    ...(when.unverified ? [say("the caller is not verified")] : []),
    ...(when.highAlert ? [say("a high-alert drug")] : []),
    ...(when.money ? [say("money changes hands")] : []),
    ...(when.schedules ? [say("schedule {list}", { list: listed(when.schedules) })] : []),
    ...(when.durs ? [say("an alert: {list}", { list: listed(when.durs) })] : []),
    ...(when.eligibilities
      ? [say("the pharmacy system says: {list}", { list: listed(when.eligibilities) })]
      : []),
    ...(when.confidenceBelow === undefined
      ? []
      : [say("understood with less than {n} %", { n: Math.round(when.confidenceBelow * 100) })]),
  ]
  return parts.join(" · ")
}

/** What a rule leads to: whom it asks, or a refusal. */
export function raisesText({ raises }: Pick<Rule, "raises">): string {
  return "tier" in raises ? say("asks: {who}", { who: tierName(raises.tier) }) : say("refuses")
}

export function codeText(code: string): string {
  return /^C[IV]+$/.test(code) ? code : inWords(code)
}

function listed(codes: readonly string[]): string {
  return codes.map(codeText).join(", ")
}
