/**
 * What commands answered in this turn. A number, a day, a drug or an amount that is in none of the
 * answers is not said, whatever made it; nothing is looked up here and nothing is mended.
 */
import { isRecord } from "#core/json.ts"
import type { Line } from "../../intent/contract.ts"

type Value = string | number

export class Evidence {
  readonly #texts = new Set<string>()
  readonly #cents = new Set<number>()
  readonly #refills = new Set<number>()
  #longestList = 0
  #hasDay = false

  /** Every value of an answer, however deep it lies. */
  note(answer: unknown): void {
    if (typeof answer === "string") this.#noteText(answer)
    else if (Array.isArray(answer)) {
      this.#longestList = Math.max(this.#longestList, answer.length)
      for (const one of answer) this.note(one)
    } else if (isRecord(answer)) {
      for (const [key, value] of Object.entries(answer)) {
        if (typeof value === "number" && key.endsWith("Cents")) this.#cents.add(value)
        if (typeof value === "number" && key === "refillsLeft") this.#refills.add(value)
        this.note(value)
      }
    }
  }

  /** Whether every fact in the line is in an answer. */
  bears({ values = {} }: Line): boolean {
    return Object.entries(values).every(([name, value]) => this.#has(name, value))
  }

  #noteText(text: string): void {
    this.#texts.add(text)
    this.#hasDay ||= nearDays.has(text) || isoDay.test(text)
  }

  #has(name: string, value: Value): boolean {
    // Prescriptions are counted here, out of a list that was answered.
    if (name === "count") return Number(value) <= this.#longestList
    if (name === "refills") return this.#refills.has(Number(value))
    if (typeof value === "number") return name === "money" && this.#cents.has(value)
    if (nearDays.has(value)) return this.#hasDay
    if (name === "hours") return timesIn(value).every((time) => this.#texts.has(time))
    if (/^\d+$/.test(value)) return this.#isPartOfANumber(value)
    return this.#texts.has(value) || namesIn(value).every((one) => this.#isNamed(one))
  }

  #isNamed(name: string): boolean {
    const digits = unnamed.exec(name)?.[1]
    return digits === undefined ? this.#texts.has(name) : this.#isPartOfANumber(digits)
  }

  /** A number may be told by its last digits. */
  #isPartOfANumber(digits: string): boolean {
    return [...this.#texts].some((text) => /^\d+$/.test(text) && text.endsWith(digits))
  }
}

const nearDays = new Set(["today", "tomorrow", "yesterday"])
const isoDay = /^\d{4}-\d{2}-\d{2}$/
const unnamed = /^(?:prescription ending in|receta que termina en) (\d{4})$/

/** Of a list that is read out: "Metformin, Lisinopril or Atorvastatin". */
function namesIn(list: string): readonly string[] {
  return list.split(/, | (?:or|o|u) /)
}

/** The times in opening hours as they are written, on a clock of 24 hours as they were answered. */
function timesIn(hours: string): readonly string[] {
  return [...hours.matchAll(/(\d{1,2})(?::(\d{2}))? (AM|PM)/g)].map(
    ([, hour = "", minute = "00", half]) => {
      const onTheDay = (Number(hour) % 12) + (half === "PM" ? 12 : 0)
      return `${String(onTheDay).padStart(2, "0")}:${minute}`
    },
  )
}
