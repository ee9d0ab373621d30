/**
 * A pharmacy whose refill queue knows no keys, as real ones do not: it takes a refill of what may
 * be refilled and refuses a second one, because the first is already being filled.
 */
import { plusDays } from "../demo/days.ts"
import type { FillCode, Patient, Pharmacy, Script } from "../demo/records.ts"

const QUEUE_MAX = 10_000
/** A controlled drug too: who may release it is decided by people, not by the queue. */
const MAY_BE_FILLED = ["OK", "CR"]

/** One refill that was taken. */
export interface Taken {
  readonly rx: string
  /** What the sender called its request, as far as the vendor's wire has room for it. */
  readonly key: string
  deliveries: number
}

export class Queue {
  readonly pharmacy: Pharmacy
  readonly taken: Taken[] = []
  readonly #scripts: Map<string, Script>

  constructor(pharmacy: Pharmacy) {
    this.pharmacy = pharmacy
    this.#scripts = new Map(pharmacy.scripts.map((script) => [script.number, script]))
  }

  script(number: string): Script | undefined {
    return this.#scripts.get(number)
  }

  scriptsOf(patientId: string): readonly Script[] {
    return [...this.#scripts.values()].filter((script) => script.patientId === patientId)
  }

  patient(id: string): Patient | undefined {
    return this.pharmacy.patients.find((patient) => patient.id === id)
  }

  /** Whether the refill was taken. `key` is only noted: it decides nothing. */
  request(number: string, key: string): boolean {
    const script = this.#scripts.get(number)
    const before = this.taken.find((one) => one.rx === number && one.key === key)
    if (before) before.deliveries++
    if (!script || !MAY_BE_FILLED.includes(script.check)) return false
    if (this.taken.length >= QUEUE_MAX) return false
    this.taken.push({ rx: number, key, deliveries: 1 })
    this.#scripts.set(number, {
      ...script,
      check: "IP",
      fill: "10",
      refillsUsed: script.refillsUsed + 1,
      lastFilledOn: this.pharmacy.today,
      promisedAt: { day: plusDays(this.pharmacy.today, 1), time: "10:00" },
    })
    return true
  }

  /** Moves a fill on, as the people behind the counter would. */
  move(number: string, fill: FillCode): boolean {
    const script = this.#scripts.get(number)
    if (!script) return false
    const check = fill === "50" ? "RD" : fill === "60" ? "PU" : "IP"
    this.#scripts.set(number, { ...script, fill, check })
    return true
  }
}
