/**
 * What the cloud cost today, kept in the store so that a restart forgets nothing. Money is set
 * aside before a question leaves; what is not known to be free stays spent.
 */
import { DateTime } from "luxon"
import { type Static, Type as t } from "typebox"
import type { Clock } from "#core/clock.ts"
import { Conflict, type Documents, defineCollection } from "#core/documents.ts"

const CloudDay = t.Object({
  /** `YYYY-MM-DD` where the pharmacy is. */
  day: t.String(),
  asks: t.Integer(),
  costMicroDollars: t.Integer(),
})
export type CloudDay = Static<typeof CloudDay>

export const cloudDays = defineCollection({ schema: CloudDay })

export interface Caps {
  readonly dailyCostMaxCents: number
  readonly dailyAsksMax: number
}

export interface DayBookDeps {
  readonly days: Documents<CloudDay>
  readonly clock: Clock
  readonly timeZone: string
  readonly caps: Caps
}

const MICRO_DOLLARS_A_CENT = 10_000

/** Money set aside for one question. */
export interface SetAside {
  readonly day: string
  readonly costMicroDollars: number
}

export class DayBook {
  readonly #deps: DayBookDeps
  /** One change at a time; a second copy of the module is what versions are for. */
  #last: Promise<unknown> = Promise.resolve()

  constructor(deps: DayBookDeps) {
    this.#deps = deps
  }

  /** Sets aside the most a question may cost; undefined when the day has not that much left. */
  setAside(costMicroDollars: number): Promise<SetAside | undefined> {
    const { caps } = this.#deps
    const day = this.#day()
    const capMicroDollars = caps.dailyCostMaxCents * MICRO_DOLLARS_A_CENT
    return this.#inTurn(async () => {
      let fits = false
      await this.#change(day, (spent) => {
        const total = spent.costMicroDollars + costMicroDollars
        fits = total <= capMicroDollars && spent.asks < caps.dailyAsksMax
        return fits ? { day, asks: spent.asks + 1, costMicroDollars: total } : spent
      })
      return fits ? { day, costMicroDollars } : undefined
    })
  }

  async today(): Promise<CloudDay> {
    const day = this.#day()
    return (await this.#deps.days.get(day))?.doc ?? { day, asks: 0, costMicroDollars: 0 }
  }

  /** Puts back what was not used, on the day it was set aside. */
  async settle({ day, costMicroDollars }: SetAside, actualMicroDollars: number): Promise<void> {
    const change = actualMicroDollars - costMicroDollars
    if (change === 0) return
    await this.#inTurn(() =>
      this.#change(day, (spent) => ({
        ...spent,
        costMicroDollars: Math.max(0, spent.costMicroDollars + change),
      })),
    )
  }

  #day(): string {
    const { clock, timeZone } = this.#deps
    return DateTime.fromMillis(clock.nowMs(), { zone: timeZone }).toFormat("yyyy-MM-dd")
  }

  async #change(day: string, edit: (spent: CloudDay) => CloudDay): Promise<void> {
    const { days } = this.#deps
    if (await days.change(day, edit)) return
    try {
      await days.put(day, edit({ day, asks: 0, costMicroDollars: 0 }), 0)
    } catch (trouble) {
      if (!(trouble instanceof Conflict)) throw trouble
      await days.change(day, edit)
    }
  }

  #inTurn<T>(run: () => Promise<T>): Promise<T> {
    const turn = this.#last.then(run, run)
    this.#last = turn.catch(() => undefined)
    return turn
  }
}
