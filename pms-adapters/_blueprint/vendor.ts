/** An imaginary vendor, small enough to be read at once. For tests only. */
import { type Static, Type as t } from "typebox"
import type { Submission } from "../world.ts"
import type { RefillWire } from "./wire.ts"

const patients = [{ id: "A1", given: "James", family: "Carter", born: "19580314" }]

const prescriptions = [
  { rx: "7001234", patient: "A1", label: "atorvastatin 20 mg", schedule: "RX", status: "D" },
  { rx: "7001291", patient: "A1", label: "clopidogrel 75 mg", schedule: "RX", status: "W" },
  { rx: "7001261", patient: "A1", label: "losartan 50 mg", schedule: "RX", status: "D" },
]

const states: Readonly<Record<string, string>> = {
  "7001234": "may",
  "7001291": "held",
  "7001261": "empty",
}

export const Asked = t.Object({
  id: t.Optional(t.String()),
  family: t.Optional(t.String()),
  born: t.Optional(t.String()),
  rx: t.Optional(t.String()),
  key: t.Optional(t.String()),
})
export type Asked = Static<typeof Asked>

export class Vendor {
  readonly #taken: Submission[] = []

  get taken(): readonly Submission[] {
    return this.#taken
  }

  /** Answers one question, or undefined when there is no such path. */
  answer(path: string, { id, family, born, rx = "", key = "" }: Asked, isUndone: boolean): unknown {
    switch (path) {
      case "/online":
        return { product: "Imaginary 1.0" }
      case "/find":
        return { patients: patients.filter((it) => it.family === family && it.born === born) }
      case "/patient":
        return { patients: patients.filter((it) => it.id === id) }
      case "/prescription":
        return { isKnown: true, prescriptions: prescriptions.filter((it) => it.rx === rx) }
      case "/profile":
        return {
          isKnown: patients.some((it) => it.id === id),
          prescriptions: prescriptions.filter((it) => it.patient === id),
        }
      case "/eligibility":
        return { state: states[rx] ?? "absent" }
      case "/refill":
        return isUndone ? { outcome: "undone", ticket: "" } : this.#refill(rx, key)
      case "/refill-outcome":
        return this.#outcome(key)
      default:
        return undefined
    }
  }

  #refill(rxNumber: string, key: string): RefillWire {
    const at = this.#taken.findIndex((it) => it.key === key)
    const before = this.#taken[at]
    if (before) {
      this.#taken[at] = { ...before, deliveries: before.deliveries + 1 }
      return { outcome: "repeated", ticket: `T-${key}` }
    }
    const state = states[rxNumber]
    if (state !== "may") return { outcome: state ? "rejected" : "absent", ticket: "" }
    this.#taken.push({ rxNumber, key, deliveries: 1 })
    return { outcome: "taken", ticket: `T-${key}` }
  }

  #outcome(key: string): RefillWire {
    const isKnown = this.#taken.some((it) => it.key === key)
    return isKnown ? { outcome: "taken", ticket: `T-${key}` } : { outcome: "none", ticket: "" }
  }
}
