/** What can be wrong with a transmission, and where. Names of fields only; no value gets in. */

export type TelecomTrouble =
  /** The bytes. */
  | "too_large"
  | "header_short"
  | "unknown_version"
  | "bad_header"
  | "stray_text"
  | "after_end"
  | "bad_segment"
  | "bad_field"
  | "empty_transaction"
  | "too_many_transactions"
  /** What they mean. */
  | "unknown_transaction"
  | "missing_segment"
  | "missing_field"
  | "bad_amount"
  | "bad_quantity"
  | "bad_day"
  | "bad_time"
  | "bad_digits"
  /** What was to be written. */
  | "too_long"
  | "unwritable"
  | "wrong_form"

export interface Place {
  /** Counted from 1; absent in what all transactions share. */
  readonly transaction?: number
  /** Two characters, as in `AM07`. */
  readonly segment?: string
  /** Two characters, as in `D2`; or the name of a part of the header. */
  readonly field?: string
}

/** Something odd that was kept as it came, for whoever looks into it later. */
export interface Note {
  readonly code: "unknown_segment" | "unknown_field" | "repeated" | "count_differs" | "too_long"
  readonly at: Place
}

export class TelecomError extends Error {
  readonly code: TelecomTrouble
  readonly at: Place

  constructor(code: TelecomTrouble, at: Place = {}) {
    const { transaction, segment, field } = at
    const where = [transaction, segment, field].filter((part) => part !== undefined)
    super(where.length > 0 ? `${code} at ${where.join("/")}` : code)
    this.name = "TelecomError"
    this.code = code
    this.at = at
  }
}
