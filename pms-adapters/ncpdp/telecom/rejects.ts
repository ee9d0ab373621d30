/**
 * Reject codes and what each asks of whom (pharmacy.md 2.5), in our own words. A code that is not
 * here is unknown and goes to a technician: no meaning is ever guessed.
 */

/** Whose turn it is. The operator is whoever runs the machines. */
export type RejectActor = "patient" | "technician" | "pharmacist" | "prescriber" | "operator"

export type RejectAction =
  /** Ask for the card in use now. */
  | "ask_for_card"
  | "correct_claim"
  | "correct_prescriber"
  /** Another payer comes first; its answer goes with the claim. */
  | "bill_other_payer_first"
  | "check_contract"
  | "start_prior_auth"
  | "follow_prior_auth"
  /** The request was denied: appeal, another drug, or the patient pays. */
  | "answer_denial"
  /** Not before the date that the payer or the pharmacy system gives, if one does. */
  | "wait_until_due"
  | "ask_for_alternative"
  | "ask_for_new_prescription"
  | "review_safety"
  | "review_limits"
  | "reconcile"
  | "bill_elsewhere"
  | "give_notice"
  | "resubmit_later"
  | "mend_software"
  | "call_payer"

export interface Reject {
  readonly code: string
  readonly means: string
  readonly who: RejectActor
  readonly act: RejectAction
}

type Row = readonly [codes: string, means: string, who: RejectActor, act: RejectAction]

const rows: readonly Row[] = [
  ["01", "The BIN is missing or not one the payer knows.", "patient", "ask_for_card"],
  ["04", "The processor control number is missing or wrong.", "patient", "ask_for_card"],
  ["06", "The group number is missing or wrong.", "patient", "ask_for_card"],
  ["07", "The cardholder's id is missing or wrong.", "patient", "ask_for_card"],
  ["08", "The person code is missing or wrong.", "patient", "ask_for_card"],
  ["09", "The date of birth is missing or wrong.", "patient", "ask_for_card"],
  ["51", "The payer has no such group.", "patient", "ask_for_card"],
  ["52", "The payer has no such cardholder.", "patient", "ask_for_card"],
  ["53", "The payer has no such person on the card.", "patient", "ask_for_card"],
  ["65", "The patient is not covered.", "patient", "ask_for_card"],
  ["67", "The fill is from before coverage began.", "patient", "ask_for_card"],
  ["68", "The fill is from after coverage ran out.", "patient", "ask_for_card"],
  ["69", "The fill is from after coverage was ended.", "patient", "ask_for_card"],
  ["05", "The pharmacy's number is missing or wrong.", "technician", "check_contract"],
  [
    "40",
    "The pharmacy has no contract with the plan for this day.",
    "technician",
    "check_contract",
  ],
  ["50", "The payer has no such pharmacy.", "technician", "check_contract"],
  ["25", "The prescriber's id is missing or wrong.", "technician", "correct_prescriber"],
  ["56", "The payer has no such prescriber.", "technician", "correct_prescriber"],
  ["71", "The plan does not cover this prescriber.", "technician", "correct_prescriber"],
  ["19", "The days' supply is missing or wrong.", "technician", "correct_claim"],
  ["21", "The product's id is missing or wrong.", "technician", "correct_claim"],
  ["54", "The payer has no such product.", "technician", "correct_claim"],
  ["77", "The product's number was discontinued.", "technician", "correct_claim"],
  ["41", "Another payer is to be billed first.", "technician", "bill_other_payer_first"],
  ["60", "The drug is not covered at the patient's age.", "pharmacist", "review_limits"],
  ["61", "The drug is not covered for the patient's sex.", "pharmacist", "review_limits"],
  ["63", "The drug is not covered for a patient in an institution.", "pharmacist", "review_limits"],
  ["70", "The plan does not cover this product.", "prescriber", "ask_for_alternative"],
  ["MR", "The product is not on the plan's list.", "prescriber", "ask_for_alternative"],
  ["608", "Another drug has to be tried first.", "prescriber", "ask_for_alternative"],
  ["606", "The plan wants the brand.", "technician", "correct_claim"],
  ["AJ", "The plan wants the generic.", "technician", "correct_claim"],
  ["73", "The plan covers no refills of this.", "prescriber", "ask_for_new_prescription"],
  ["75", "The plan wants a prior authorisation.", "technician", "start_prior_auth"],
  ["3W", "A prior authorisation is being worked on.", "technician", "follow_prior_auth"],
  ["3Y", "The prior authorisation was denied.", "prescriber", "answer_denial"],
  ["76", "The quantity is more than the plan allows.", "technician", "correct_claim"],
  ["7X", "The days' supply is more than the plan allows.", "technician", "correct_claim"],
  ["AG", "The days' supply is limited for this product.", "technician", "correct_claim"],
  ["925", "A first fill of this is limited in days.", "pharmacist", "review_limits"],
  ["78", "The cost is more than the plan allows.", "technician", "call_payer"],
  ["79", "It is too soon for a refill.", "patient", "wait_until_due"],
  ["80", "The diagnosis does not go with the drug.", "pharmacist", "review_safety"],
  ["81", "The claim is too old.", "technician", "correct_claim"],
  ["82", "The claim is dated in the future.", "technician", "correct_claim"],
  ["83", "This claim was paid before.", "technician", "reconcile"],
  ["84", "The claim was not paid or captured.", "technician", "reconcile"],
  ["87", "The reversal was not processed.", "technician", "reconcile"],
  ["88", "The plan's review of drug use objects.", "pharmacist", "review_safety"],
  ["922", "The day's dose of opioids is above the plan's limit.", "pharmacist", "review_safety"],
  ["923", "The opioid dose needs the prescriber's word.", "pharmacist", "review_safety"],
  ["89", "The plan paid its fees and refused the claim.", "technician", "reconcile"],
  ["A5", "Part D does not cover this.", "technician", "bill_elsewhere"],
  ["A6", "Part B may cover this.", "technician", "bill_elsewhere"],
  ["816", "The medical benefit covers this.", "technician", "bill_elsewhere"],
  [
    "569",
    "The patient must be given Medicare's notice of their rights.",
    "technician",
    "give_notice",
  ],
  ["NN", "The switch refused the claim before the payer saw it.", "technician", "correct_claim"],
  ["R8", "The payer could not read what we sent.", "operator", "mend_software"],
  ["R9", "The amounts we sent do not add up.", "operator", "mend_software"],
  ["90 91 92 95 96 97 98 99", "The payer does not answer.", "technician", "resubmit_later"],
]

export const rejects: ReadonlyMap<string, Reject> = new Map(
  rows.flatMap(([codes, means, who, act]) =>
    codes.split(" ").map((code) => [code, { code, means, who, act }] as const),
  ),
)

/** What a code asks for. Leading zeros count: `6` is no `06`. */
export function rejectOf(code: string): Reject {
  return (
    rejects.get(code) ?? {
      code,
      means: "A reason that is not in our table.",
      who: "technician",
      act: "call_payer",
    }
  )
}
