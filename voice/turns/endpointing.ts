/**
 * How long to wait after the caller pauses before taking the turn. Never as short as a breath and
 * never as long as a silence: digits and names come in groups, and half a sentence is no turn.
 */
import type { Expect } from "../../intent/contract.ts"
import { digitsOf, wordsOf } from "./said.ts"

interface Patience {
  /** The quick ear's words look complete. */
  readonly completeMs: number
  /** They do not, or are not known yet. */
  readonly openMs: number
  /** So many digits are all there will be. */
  readonly digits?: number
}

const PATIENCE: Readonly<Record<Expect, Patience>> = {
  yes_no: { completeMs: 300, openMs: 800 },
  request: { completeMs: 500, openMs: 1_000 },
  which_drug: { completeMs: 500, openMs: 1_000 },
  name: { completeMs: 800, openMs: 1_400 },
  date_of_birth: { completeMs: 700, openMs: 1_400, digits: 8 },
  rx_number: { completeMs: 900, openMs: 1_700, digits: 7 },
  zip: { completeMs: 900, openMs: 1_500, digits: 5 },
  code: { completeMs: 900, openMs: 1_500, digits: 6 },
  message: { completeMs: 1_600, openMs: 2_200 },
}

/** All the digits that were asked for are there; only a correction could still come. */
const DIGITS_COMPLETE_MS = 250

/** Words that promise another one. */
const UNFINISHED = new Set(
  (
    "a an the my his her our and or but so for of to with at in on is its i im id if um uh er " +
    "well need want number like because el la los las mi su y o pero para de del con en que es " +
    "eh una un para por tengo necesito quiero este"
  ).split(" "),
)

/** Milliseconds to wait, counted from the pause; `quick` is what the quick ear wrote by then. */
export function waitMs(expect: Expect, quick: string | undefined): number {
  const patience = PATIENCE[expect]
  if (quick === undefined) return patience.openMs
  const digits = digitsOf(quick).length
  if (patience.digits && digits > 0) {
    return digits >= patience.digits ? DIGITS_COMPLETE_MS : patience.openMs
  }
  return isUnfinished(quick) ? Math.max(patience.openMs, 1_200) : patience.completeMs
}

function isUnfinished(text: string): boolean {
  const words = wordsOf(text)
  const last = words.at(-1)
  if (last === undefined) return true
  return /(,|-|\.\.\.|…)\s*$/.test(text) || UNFINISHED.has(last)
}
