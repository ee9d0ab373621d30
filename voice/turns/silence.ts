/** How long the caller may say nothing before being asked again. */
import type { Expect } from "../../intent/contract.ts"

const ASK_AGAIN_MS = 7_000
/** Looking for a bottle or a date takes time. */
const LOOKING_MS = 12_000

const LOOKING: ReadonlySet<Expect> = new Set(["rx_number", "zip", "code", "date_of_birth"])

/** "Hold on, let me get the bottle." */
const WAITING_MS = 45_000

export function silenceMs(expect: Expect, isWaiting = false): number {
  if (isWaiting) return WAITING_MS
  return LOOKING.has(expect) ? LOOKING_MS : ASK_AGAIN_MS
}
