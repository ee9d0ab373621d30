/** Trouble on demand. The control routes are never troubled, so that a test can always say stop. */

export const faultModes = [
  /** Answers as it should. */
  "ok",
  /** Cuts the connection before it has done anything. */
  "down",
  /** Does nothing for `delayMs`, then works. */
  "slow",
  /** The same, for one request. */
  "slow_once",
  /** Handles the request twice, as after a proxy's retransmission; the second answer is sent. */
  "duplicate",
  /** Answers 200 but leaves the last item of a batch undone. */
  "partial",
  /** Does what was asked and never answers. */
  "timeout_after_accept",
  /** Does what was asked and cuts the connection. */
  "drop_after_accept",
  /** Works until it took a refill. Then it cuts that answer, and is down. */
  "down_in_submit",
  /** Does what was asked and answers with something unreadable. */
  "garbage",
  /** Refuses the credentials. */
  "unauthorized",
] as const
export type FaultMode = (typeof faultModes)[number]

const SEQUENCE_MAX = 1_000

export interface FaultPlan {
  readonly mode?: FaultMode
  /** One mode a request, in this order; `mode` again after the last. */
  readonly sequence?: readonly FaultMode[]
  readonly delayMs?: number
  /** Only requests whose path begins so. */
  readonly only?: string
}

function isMode(value: unknown): value is FaultMode {
  return faultModes.some((mode) => mode === value)
}

/** Reads a plan, or answers undefined when it is not one. */
export function readPlan(body: Readonly<Record<string, unknown>>): FaultPlan | undefined {
  const { mode = "ok", sequence = [], delayMs = 5_000, only = "" } = body
  if (!isMode(mode) || !Array.isArray(sequence) || sequence.length > SEQUENCE_MAX) return undefined
  if (!sequence.every(isMode) || typeof delayMs !== "number" || typeof only !== "string") {
    return undefined
  }
  return { mode, sequence, delayMs, only }
}

export class Faults {
  #plan: FaultPlan = {}
  #taken = 0
  #isDown = false

  plan(plan: FaultPlan): void {
    this.#plan = plan
    this.#taken = 0
    this.#isDown = false
  }

  get delayMs(): number {
    return this.#plan.delayMs ?? 0
  }

  /** The mode for the next request to that path. */
  next(path: string): FaultMode {
    if (this.#isDown) return "down"
    const { mode = "ok", sequence = [], only = "" } = this.#plan
    if (!path.startsWith(only)) return "ok"
    const turn = this.#taken++
    const chosen = sequence[turn] ?? mode
    if (chosen !== "slow_once") return chosen
    const isFirst = turn === 0 || turn < sequence.length
    return isFirst ? "slow" : "ok"
  }

  /** How a request ends that met `mode` and was carried out. */
  ending(mode: FaultMode, tookRefill: boolean): FaultMode {
    if (mode !== "down_in_submit") return mode
    this.#isDown = tookRefill
    return tookRefill ? "drop_after_accept" : "ok"
  }
}
