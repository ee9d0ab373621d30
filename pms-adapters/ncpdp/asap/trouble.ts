/** What can be wrong with a report to the state, and where. Never a value from it. */

export type AsapTrouble =
  | "too_large"
  | "not_asap"
  | "bad_header"
  | "bad_segment"
  | "unterminated"
  | "bad_character"
  | "out_of_place"
  /** What was to be written. */
  | "wrong_form"
  | "unwritable"

/** Something odd that was kept as it came. */
export interface AsapNote {
  readonly code: "unknown_segment" | "more_elements" | "count_differs" | "control_number_differs"
  /** Counted from 1. */
  readonly segment: number
}

export class AsapError extends Error {
  readonly code: AsapTrouble
  /** Which segment, counted from 1; 0 when it is about the whole. */
  readonly segment: number

  constructor(code: AsapTrouble, segment = 0) {
    super(segment === 0 ? code : `${code} in segment ${segment}`)
    this.name = "AsapError"
    this.code = code
    this.segment = segment
  }
}
