/** Whether a product is controlled: of all that have a say, the strictest counts. */
import type { DeaSchedule } from "#core/decision.ts"
import { drugs } from "../drugs/contract.ts"
import type { Here } from "./needs.ts"

/** The pharmacy system's schedule, or our own table's where the pharmacy system says none. */
export async function strictSchedule(
  { name, schedule }: { readonly name: string; readonly schedule: DeaSchedule },
  { call }: Here,
): Promise<DeaSchedule> {
  if (schedule !== "none") return schedule
  const described = await call(drugs, "describe", { drugName: name })
  return described.ok ? (described.value.schedule ?? "none") : "unknown"
}

/** What is not known to be free counts as controlled. */
export function isControlled({ schedule }: { readonly schedule: DeaSchedule }): boolean {
  return schedule !== "none"
}
