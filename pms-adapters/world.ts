/** What the conformance suite must know of a vendor's simulator, in words common to all vendors. */
import type { RefillEligibility } from "#core/decision.ts"
import type { Command, OptionalCommand } from "./define.ts"
import type { Running } from "./test-context.ts"

/**
 * `down`: cut before anything is done. `slow`: no answer for as long as a test lasts. `duplicate`:
 * the request is delivered twice. `partial`: answered, but the refill was left undone. The next
 * three do what was asked; then they never answer, cut the connection, or answer something
 * unreadable. `down_in_submit`: all is well until a refill was taken; that answer is cut off, and
 * then it is down. `unauthorized`: the credentials are refused.
 */
export type Trouble =
  | "ok"
  | "down"
  | "slow"
  | "duplicate"
  | "partial"
  | "timeout_after_accept"
  | "drop_after_accept"
  | "garbage"
  | "down_in_submit"
  | "unauthorized"

/** One trouble a request, in this order, and the mode after the last. */
export interface TroublePlan {
  readonly sequence?: readonly Trouble[]
  readonly mode: Trouble
}

/** A refill that the pharmacy system took. */
export interface Submission {
  readonly rxNumber: string
  readonly key: string
  /** How often the request reached it. */
  readonly deliveries: number
}

/** People and prescriptions that the simulator is known to have. */
export interface Known {
  readonly patient: {
    readonly patient: string
    readonly lastName: string
    readonly dateOfBirth: string
    readonly phone: string
  }
  readonly absentPatient: string
  readonly absentRx: string
  readonly refillable: string
  readonly notRefillable: string
  /** One prescription for each answer the vendor can give. */
  readonly eligibility: Readonly<Partial<Record<RefillEligibility, string>>>
}

/** A running simulator, and the adapter's settings to reach it. */
export interface World {
  settings(timeoutMs: number): unknown
  readonly secrets: Readonly<Record<string, string>>
  /** The optional operations that the vendor has. */
  readonly offers: readonly OptionalCommand[]
  readonly known: Known
  /** Questions that are answered from what the vendor told before, also while it is off. */
  readonly fromFeed?: readonly Command[]
  /** Resolves when an adapter that was just opened has been told all that it can't ask for. */
  told?(running: Pick<Running, "ask" | "readChanges">): Promise<void>
  /** Lets the vendor write its records in all the odd ways it is known for, from now on. */
  beOdd?(): Promise<void>
  /** Lets the payer refuse the claim of a prescription, with codes as the vendor may write them. */
  refuse?(rxNumber: string, codes: readonly (string | number)[]): Promise<void>
  /** Lets the payer pay it after all. */
  settle?(rxNumber: string): Promise<void>
  trouble(plan: TroublePlan): Promise<void>
  submissions(): Promise<readonly Submission[]>
  /** Data and trouble as at the start. */
  reset(): Promise<void>
  stop(): Promise<void>
}
