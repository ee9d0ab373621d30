/**
 * The pharmacy as it is now: prescriptions change, requests are queued, changes are numbered. The
 * queue is as naive as real ones: a request under a new key is a new request.
 */
import { plusDays } from "./days.ts"
import { quantityOf } from "./drugs.ts"
import type { FillCode, Pharmacy, Promised, Script } from "./records.ts"
import { less, makeShelves, type Shelf } from "./stock.ts"

/** What staff would put into the queue. The rest the vendor rejects with its own code. */
const QUEUED_FOR = ["OK", "CR", "TE", "RP", "IP"]
/** A prescriber is asked only for what has run out. */
const RENEWABLE = ["NR", "MD", "EX"]
const CHANGES_MAX = 10_000
const REQUESTS_MAX = 10_000

export type RequestKind = "refill" | "renewal" | "transfer"

const PREFIX = { refill: "RF", renewal: "RN", transfer: "TX" } as const

/** One accepted request. */
export interface Accepted {
  readonly kind: RequestKind
  readonly number: string
  readonly key: string
  readonly confirmation: string
  readonly promisedAt?: Promised
  readonly at: string
  /** How often the request was delivered, the first time included. */
  deliveries: number
}

export type Taken =
  | { readonly accepted: Accepted; readonly isDuplicate: boolean }
  | { readonly rejectCode: string }

export interface Change {
  readonly sequence: number
  readonly script: Script
}

export class State {
  readonly pharmacy: Pharmacy
  readonly #scripts: Map<string, Script>
  readonly #accepted: Accepted[] = []
  readonly #changes: Change[] = []
  readonly #shelves: Map<string, Shelf>

  constructor(pharmacy: Pharmacy) {
    this.pharmacy = pharmacy
    this.#scripts = new Map(pharmacy.scripts.map((script) => [script.number, script]))
    this.#shelves = new Map(makeShelves(pharmacy.today).map((shelf) => [shelf.drug.ndc, shelf]))
  }

  script(number: string): Script | undefined {
    return this.#scripts.get(number)
  }

  scriptsOf(patientId: string): readonly Script[] {
    return [...this.#scripts.values()].filter((script) => script.patientId === patientId)
  }

  /** Every shelf, in the order of their codes. */
  shelves(): readonly Shelf[] {
    return [...this.#shelves.values()]
  }

  /** Sets what is on a shelf, as a delivery or a count would. */
  setOnHand(ndc: string, onHand: number): boolean {
    const shelf = this.#shelves.get(ndc)
    if (!shelf) return false
    this.#shelves.set(ndc, { ...shelf, onHand, lots: [] })
    return true
  }

  accepted(): readonly Accepted[] {
    return this.#accepted
  }

  acceptedUnder(key: string): readonly Accepted[] {
    return this.#accepted.filter((request) => request.key === key)
  }

  changesAfter(sequence: number): readonly Change[] {
    return this.#changes.filter((change) => change.sequence > sequence)
  }

  get lastChange(): number {
    return this.#changes.at(-1)?.sequence ?? 0
  }

  requestRefill(number: string, key: string): Taken {
    return this.#take("refill", number, key)
  }

  requestRenewal(number: string, key: string): Taken {
    return this.#take("renewal", number, key)
  }

  /** `number` is empty for a transfer in, whose prescription is not here yet. */
  requestTransfer(number: string, key: string): Taken {
    return this.#take("transfer", number, key)
  }

  /** Moves a fill on, as the people behind the counter would. */
  setFill(number: string, fill: FillCode): boolean {
    const script = this.#scripts.get(number)
    if (!script) return false
    const check = fill === "50" ? "RD" : fill === "60" ? "PU" : "IP"
    const { rejects = [], ...rest } = script
    // What no longer waits for the payer was paid.
    this.#change({ ...rest, fill, check, ...(fill === "25" && { rejects }) })
    if (fill === "60" && script.fill !== "60") this.#takeFromShelf(script)
    return true
  }

  /** Lets the payer refuse the claim, which then waits for it. */
  refuse(number: string, rejects: readonly (string | number)[]): boolean {
    const script = this.#scripts.get(number)
    if (!script) return false
    this.#change({ ...script, fill: "25", check: "IP", rejects })
    return true
  }

  #takeFromShelf({ drug, daysSupply }: Script): void {
    const shelf = this.#shelves.get(drug.ndc)
    if (!shelf) return
    const quantity = Number(quantityOf(drug, daysSupply))
    this.#shelves.set(drug.ndc, less(shelf, quantity, this.pharmacy.today))
  }

  #take(kind: RequestKind, number: string, key: string): Taken {
    const before = this.#accepted.find(
      (one) => key !== "" && one.key === key && one.number === number && one.kind === kind,
    )
    if (before) {
      before.deliveries++
      return { accepted: before, isDuplicate: true }
    }
    const rejectCode = this.#rejects(kind, number)
    if (rejectCode) return { rejectCode }
    const accepted: Accepted = {
      kind,
      number,
      key,
      confirmation: `${PREFIX[kind]}-${100001 + this.#accepted.length}`,
      ...(kind === "refill" ? { promisedAt: this.#promise() } : {}),
      at: new Date().toISOString(),
      deliveries: 1,
    }
    this.#accepted.push(accepted)
    const script = this.#scripts.get(number)
    if (script && accepted.promisedAt) {
      this.#change({ ...script, check: "IP", fill: "10", promisedAt: accepted.promisedAt })
    }
    return { accepted, isDuplicate: false }
  }

  /** What is asked for today is promised for tomorrow morning. */
  #promise(): Promised {
    return { day: plusDays(this.pharmacy.today, 1), time: "10:00" }
  }

  #rejects(kind: RequestKind, number: string): string | undefined {
    if (this.#accepted.length >= REQUESTS_MAX) return "FULL"
    if (kind === "transfer" && number === "") return undefined
    const script = this.#scripts.get(number)
    if (!script) return "NF"
    if (kind === "refill" && !QUEUED_FOR.includes(script.check)) return script.check
    if (kind === "renewal" && !RENEWABLE.includes(script.check)) return script.check
    return undefined
  }

  #change(script: Script): void {
    this.#scripts.set(script.number, script)
    this.#changes.push({ sequence: this.lastChange + 1, script })
    if (this.#changes.length > CHANGES_MAX) this.#changes.shift()
  }
}
