/**
 * What tests and demonstrations turn at a simulated pharmacy: trouble, odd habits, fills that move
 * on, and everything as at the start. Never troubled itself.
 */
import { type FaultMode, Faults, readPlan } from "../demo/faults.ts"
import { fillCodes, type Pharmacy } from "../demo/records.ts"
import { Queue } from "./queue.ts"

export interface Answer {
  readonly status: number
  readonly body: unknown
}

export class Controls {
  readonly #make: () => Pharmacy
  readonly #faults = new Faults()
  #queue: Queue
  #isOdd = false
  #clockOffMs = 0

  constructor(make: () => Pharmacy) {
    this.#make = make
    this.#queue = new Queue(make())
  }

  get queue(): Queue {
    return this.#queue
  }

  /** Whether records are written in the odd ways that the vendor is known for. */
  get isOdd(): boolean {
    return this.#isOdd
  }

  /** The vendor's clock, which may be wrong. */
  nowMs(): number {
    return Date.now() + this.#clockOffMs
  }

  get delayMs(): number {
    return this.#faults.delayMs
  }

  /** The trouble that the next request there meets. */
  trouble(path: string): FaultMode {
    return this.#faults.next(path)
  }

  /** How a request ends that met this trouble and was carried out. */
  ending(mode: FaultMode, tookRefill: boolean): FaultMode {
    return this.#faults.ending(mode, tookRefill)
  }

  /** `name` is a method and a control, as in `POST /reset`. */
  turn(name: string, body: unknown): Answer {
    const given = typeof body === "object" && body !== null ? { ...body } : {}
    const asked: Readonly<Record<string, unknown>> = given
    switch (name) {
      case "GET /submissions":
        return { status: 200, body: { submissions: this.#queue.taken } }
      case "POST /faults": {
        const plan = readPlan(asked)
        if (plan) this.#faults.plan(plan)
        return { status: plan ? 200 : 400, body: { isPlanned: plan !== undefined } }
      }
      case "POST /habits":
        this.#isOdd = asked.odd === true
        this.#clockOffMs = typeof asked.clockOffMs === "number" ? asked.clockOffMs : 0
        return { status: 200, body: { isOdd: this.#isOdd } }
      case "POST /fills": {
        const code = fillCodes.find((known) => known === asked.code)
        const isMoved = code !== undefined && this.#queue.move(String(asked.rx), code)
        return { status: isMoved ? 200 : 400, body: { isMoved } }
      }
      case "POST /reset":
        this.#faults.plan({})
        this.#isOdd = false
        this.#clockOffMs = 0
        this.#queue = new Queue(this.#make())
        return { status: 200, body: { isReset: true } }
      default:
        return { status: 404, body: { error: "no such control" } }
    }
  }
}
