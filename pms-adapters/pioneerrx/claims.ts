/**
 * Why a claim was refused, as an event tells it: the vendor's letter for the answer, and the answer
 * itself as the payer sent it, in NCPDP's D.0.
 */
import { Type as t } from "typebox"
import { Value } from "typebox/value"
import { Loose, rejectCodesOf, textOf } from "../loose.ts"

const ClaimRow = t.Object({ transactionResponseStatus: Loose, claimEdiReceived: Loose })

/** A field begins after this; groups and segments begin in front of one. */
const FIELD = "\x1c"
const ENDS_FIELD = ["\x03", "\x1d", "\x1e"]
const REJECT_CODE = "FB"

/**
 * Of all claims that the payer refused. Only fields are looked for: an answer that a switch wrapped
 * or cut is no frame that the standard knows, and its codes are the payer's all the same.
 */
export function rejectsIn(claims: unknown): string[] {
  const answers = [claims].flat().flatMap((claim) => {
    if (!Value.Check(ClaimRow, claim)) return []
    const isRefused = textOf(claim.transactionResponseStatus)?.toUpperCase() === "R"
    return isRefused ? (textOf(claim.claimEdiReceived) ?? "") : []
  })
  const fields = answers.flatMap((answer) =>
    ENDS_FIELD.reduce((text, end) => text.replaceAll(end, FIELD), answer)
      .split(FIELD)
      .slice(1),
  )
  const codes = fields.filter((field) => field.startsWith(REJECT_CODE))
  return rejectCodesOf(codes.map((field) => field.slice(REJECT_CODE.length)))
}
