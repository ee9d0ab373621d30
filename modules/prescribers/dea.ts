/**
 * DEA numbers: their check digit, and what a number of a kind may allow. A right form is no
 * registration; only the DEA's own register says that. Source: pharmacy.md 3.1.
 */
import type { DeaSchedule } from "#core/decision.ts"
import type { Authority } from "./contract.ts"

/** By the first letter; X, of the waiver, allows nothing since 2023. The pharmacist may correct. */
const kinds: readonly {
  readonly letters: string
  readonly authority: Authority
}[] = [
  { letters: "ABFG", authority: "possible" },
  { letters: "M", authority: "depends_on_state" },
  { letters: "PR", authority: "not_possible" },
  { letters: "X", authority: "not_possible" },
]

const form = /^([A-Z])([A-Z9])(\d{6})(\d)(?:-[A-Z0-9]{1,7})?$/

/** With a last name, the second letter must fit it too, or be the 9 of a business. */
export function isDeaPossible(dea: string, lastName = ""): boolean {
  const [, , second = "", digits = "", check = ""] = form.exec(dea.toUpperCase()) ?? []
  if (check === "") return false
  const [d1 = 0, d2 = 0, d3 = 0, d4 = 0, d5 = 0, d6 = 0] = [...digits].map(Number)
  const isChecked = (d1 + d3 + d5 + 2 * (d2 + d4 + d6)) % 10 === Number(check)
  const initial = lastName.trim().charAt(0).toUpperCase()
  return isChecked && (initial === "" || second === "9" || second === initial)
}

/** What a number of this kind allows. Nobody prescribes from schedule I. */
export function authorityOf(dea: string, schedule: DeaSchedule): Authority {
  if (schedule === "none") return "possible"
  if (schedule === "unknown") return "unknown"
  if (schedule === "CI") return "not_possible"
  const letter = dea.charAt(0).toUpperCase()
  return (
    kinds.find(({ letters }) => letter !== "" && letters.includes(letter))?.authority ?? "unknown"
  )
}
