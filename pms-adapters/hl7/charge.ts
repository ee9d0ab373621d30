/** DFT P03: what was charged. Money is read by its digits and never passes through a fraction. */
import { requireType } from "./header.ts"
import { type Message, requiredSegment, type Segment, segmentsOf } from "./message.ts"
import { type Identifier, identifiersAt } from "./person.ts"
import { dayOf } from "./time.ts"
import { Hl7Error } from "./trouble.ts"
import { type Told, valueAt } from "./value.ts"

export interface Charge {
  /** FT1-2. */
  readonly id: Told
  /** FT1-4, `YYYY-MM-DD`. */
  readonly on: string | undefined
  /** FT1-6, table 0017: CG charge, CD credit, PY payment, AJ adjustment. */
  readonly type: string
  /** FT1-7. */
  readonly code: Told
  readonly text: Told
  /** FT1-11; undefined when none was said. */
  readonly amountCents: number | undefined
  /** FT1-23, the pharmacy system's number of the order. */
  readonly fillerNumber: Told
}

export interface Charges {
  readonly patient: readonly Identifier[]
  readonly charges: readonly Charge[]
}

export function readDft(message: Message): Charges {
  requireType(message, "DFT", ["P03", "P11"])
  return {
    patient: identifiersAt(requiredSegment(message, "PID"), 3),
    charges: segmentsOf(message, "FT1").map(chargeOf),
  }
}

function chargeOf(segment: Segment): Charge {
  const type = valueAt(segment, 6)
  if (!type) throw new Hl7Error("missing_field", { segment: "FT1", field: 6 })
  return {
    id: valueAt(segment, 2),
    on: dayOf(valueAt(segment, 4)),
    type,
    code: valueAt(segment, 7, 1),
    text: valueAt(segment, 7, 2),
    amountCents: centsOf(valueAt(segment, 11), { segment: "FT1", field: 11 }),
    fillerNumber: valueAt(segment, 23),
  }
}

/** `12.5` to 1250. An amount that is none is refused: a guess would be somebody's money. */
export function centsOf(
  text: Told,
  at: { readonly segment: string; readonly field: number },
): number | undefined {
  if (text === undefined || text === null) return undefined
  const [, sign = "", whole = "", part = ""] =
    /^([+-]?)(\d{1,9})(?:\.(\d{1,2})0*)?$/.exec(text) ?? []
  if (whole === "") throw new Hl7Error("bad_value", at)
  const cents = Number(whole + part.padEnd(2, "0"))
  return sign === "-" ? -cents : cents
}
