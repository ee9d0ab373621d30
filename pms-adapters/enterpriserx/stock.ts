/**
 * What is on hand, as far as it was told: the interface says it beside a prescription, and can't be
 * asked for a product. So it is written down when a prescription is read, with when, and a single
 * product is asked for anew through a prescription that it was dispensed on.
 */
import { Type as t } from "typebox"
import type { Clock } from "#core/clock.ts"
import { inTurn } from "#core/in-turn.ts"
import { RxNumber, StockLevel } from "#core/pms.ts"
import { type KeptStore, Shelf } from "../kept.ts"
import { shortNdc } from "./map.ts"
import { writeUnlessErased } from "./record.ts"

/** Under the patient whose prescription it is, since its number is theirs. */
const Product = t.Object({ level: StockLevel, rxNumber: RxNumber })

const PAGE = 200
const MINUTE_MS = 60_000
/** A number that is the same is written again only so often: fills on their way are read always. */
const SAME_MS = 10 * MINUTE_MS
/** A day's round through the site's list, and half of one that was late. */
const TOLD_MS = 36 * 60 * MINUTE_MS

export class Products {
  readonly #products: Shelf<typeof Product>
  readonly #store: KeptStore
  readonly #clock: Clock

  constructor(store: KeptStore, clock: Clock) {
    this.#products = new Shelf(store, "product", Product)
    this.#store = store
    this.#clock = clock
  }

  note(level: StockLevel, on: { readonly rxNumber: string; readonly patient: string }) {
    return inTurn(`enterpriserx product ${level.ndc}`, () => this.#note(level, on))
  }

  /** A prescription that the product was dispensed on, to ask by. */
  async numberFor(ndc: string): Promise<string | undefined> {
    return (await this.#products.get(shortNdc(ndc)))?.value.rxNumber
  }

  /** What was told of late. Older numbers are no word of the pharmacy system's any more. */
  async page(after: string | undefined): Promise<{ stock: StockLevel[]; next?: string }> {
    const sinceMs = this.#clock.nowMs() - TOLD_MS
    const found = await this.#products.after(Number(after ?? 0), PAGE)
    const last = found.length === PAGE ? found.at(-1) : undefined
    const levels = found.map(({ value }) => value.level)
    const stock = levels.filter(({ readAtMs }) => readAtMs >= sinceMs)
    return { stock, ...(last && { next: String(last.order) }) }
  }

  async #note(
    level: StockLevel,
    { rxNumber, patient }: { readonly rxNumber: string; readonly patient: string },
  ): Promise<void> {
    const nowMs = this.#clock.nowMs()
    const before = await this.#products.get(level.ndc)
    const known = before?.value.level
    const isSame = known?.onHand === level.onHand && known.drugName === level.drugName
    if (isSame && nowMs - known.readAtMs < SAME_MS) return
    const label = { name: level.ndc, patient, nowMs }
    const write = this.#products.putting({ level, rxNumber }, label, before)
    await writeUnlessErased(this.#store, [write])
  }
}
