/** What this payer covers: an invented plan with invented members. Every rule is here to be met. */

export interface Member {
  readonly cardholder: string
  readonly group: string
  /** CCYYMMDD. */
  readonly born: string
  readonly endedOn?: string
  /** Another plan of theirs, which pays after this one. */
  readonly other?: { readonly bin: string; readonly pcn: string; readonly cardholder: string }
}

export const BIN = "999901"

/** James Carter, Grace Kim and Rose Lane of the demo pharmacy, and one who has left the plan. */
export const members: readonly Member[] = [
  { cardholder: "ZX0001001", group: "DEMO1", born: "19580314" },
  {
    cardholder: "ZX0001002",
    group: "DEMO1",
    born: "19710722",
    other: { bin: "999902", pcn: "SECOND", cardholder: "QY0001002" },
  },
  { cardholder: "ZX0009999", group: "DEMO1", born: "19600101", endedOn: "20251231" },
]

/** Products that are treated in a way of their own, by their first nine digits. */
export const products: Readonly<Record<string, "prior_auth" | "excluded" | "safety">> = {
  "999990001": "prior_auth",
  "999990002": "excluded",
  "999990003": "safety",
}

export const COPAY_CENTS = 1_000
/** The share of a supply that has to be used up. */
export const USED_SHARE = 0.75
