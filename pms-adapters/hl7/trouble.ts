/** What can be wrong with a message or its transport, and where. A value never gets in. */

export type Hl7Trouble =
  /** The bytes. */
  | "too_large"
  | "not_hl7"
  | "bad_delimiters"
  | "bad_segment"
  | "too_many_segments"
  | "unknown_charset"
  | "bad_text"
  /** What they mean. */
  | "other_type"
  | "missing_segment"
  | "missing_field"
  | "bad_value"
  /** What was to be written. */
  | "unwritable"

export interface Place {
  /** Three characters, as in `PID`. */
  readonly segment?: string
  /** Which segment of the message, counted from 1. */
  readonly line?: number
  /** Counted from 1, as the standard counts. */
  readonly field?: number
}

export class Hl7Error extends Error {
  readonly code: Hl7Trouble
  readonly at: Place

  constructor(code: Hl7Trouble, at: Place = {}) {
    const { segment, line, field } = at
    const spot = [segment ?? (line === undefined ? undefined : `line ${line}`), field]
    const where = spot.filter((part) => part !== undefined).join("-")
    super(where === "" ? code : `${code} at ${where}`)
    this.name = "Hl7Error"
    this.code = code
    this.at = at
  }
}
