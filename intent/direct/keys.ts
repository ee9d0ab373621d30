/** What keys mean: 0 is a person, star is again, 2 at an open question is the other language, and
 * the rest answers the last question. A key means the same whether or not the menu was read out. */
import type { Expect, IntentName, Slots } from "../contract.ts"
import { datesOfBirth } from "../slots/dates.ts"

export interface KeyedAnswer {
  readonly intent?: IntentName
  readonly slots: Slots
  /** "Para español, oprima dos", and back again. */
  readonly isOtherLanguage?: boolean
}

const menu: Readonly<Record<string, IntentName>> = { "1": "refill", "3": "hours", "4": "status" }
const otherLanguage = "2"
const yesNo: Readonly<Record<string, "yes" | "no">> = { "1": "yes", "2": "no" }
const places: Readonly<Record<string, 1 | 2 | 3>> = { "1": 1, "2": 2, "3": 3 }

/** Keys read in the light of what was asked. */
export function readKeys(keys: string, expect: Expect, today: string): KeyedAnswer {
  const pressed = keys.replace(/[^0-9*#]/g, "")
  const digits = pressed.replace(/[*#]/g, "")
  if (digits === "0") return { intent: "person", slots: {} }
  if (pressed === "*") return { intent: "repeat", slots: {} }
  const isOpen = expect === "request"
  if (isOpen && digits === otherLanguage) return { slots: {}, isOtherLanguage: true }
  const intent = isOpen ? menu[digits] : undefined
  if (intent) return { intent, slots: {} }
  const answer = expect === "yes_no" ? yesNo[digits] : undefined
  if (answer) return { intent: answer, slots: { yesNo: answer } }
  return { slots: digits === "" ? {} : readDigits(digits, expect, today) }
}

function readDigits(digits: string, expect: Expect, today: string): Slots {
  if (expect === "date_of_birth" || expect === "name") {
    const dates = datesOfBirth(digits, { today, dayFirst: false, isAsked: true })
    if (dates.length > 0) return { datesOfBirth: dates }
  }
  const place = expect === "which_drug" ? places[digits] : undefined
  if (place) return { choice: place }
  if (expect !== "code" && digits.length === 5) return { zip: digits }
  const isRx = digits.length >= 6 && digits.length <= 9
  if (isRx && expect !== "code" && expect !== "date_of_birth") return { rxNumbers: [digits] }
  return { digits: digits.slice(0, 32) }
}
