/** What a pharmacy still has to say of itself, so that callers are told the truth. Pure. */
import type { Output } from "../../../../core/contract.ts"
import type { backups as backupsContract } from "../../../../modules/backups/contract.ts"
import type { staffAccounts } from "../../../../modules/staff-accounts/contract.ts"
import type { SetUp } from "../../../../modules/store-info/contract.ts"
import type { English } from "../say.ts"
import type { StepId } from "./steps.ts"

export interface Missing {
  readonly step: StepId
  readonly says: English
}

type Staffing = Output<typeof staffAccounts, "staffing">

/** Who is missing, in words. */
export const staffMissing: Readonly<Record<Staffing["missing"][number], English>> = {
  pharmacist: "No pharmacist with a licence that is good has an account.",
  manager: "No manager of your own has an account, only the demo's.",
  second_manager: "There is one manager. A second one can let the first in again.",
  demo_closed: "Accounts of the demo are open. Close them before you take calls.",
}

/** Without these nobody of the pharmacy decides; the rest is advice. */
export function missingInStaff({ missing }: Staffing): readonly Missing[] {
  const grave = missing.filter((one) => one === "pharmacist" || one === "manager")
  return grave.map((one) => ({ step: "staff", says: staffMissing[one] }))
}

/** A house that would lose what it knows. Whether the key lies well is said on the step. */
export function missingInBackups(backups: Output<typeof backupsContract, "overview">) {
  const { lastGoodAtMs, isLate } = backups
  const says: English =
    lastGoodAtMs === undefined
      ? "No backup was made and opened yet."
      : "The last good backup is too old."
  return lastGoodAtMs === undefined || isLate ? [{ step: "backup" as const, says }] : []
}

/** `today` is `YYYY-MM-DD`. */
export function missingIn({ hours, holidays }: SetUp, today: string): readonly Missing[] {
  const isNeverOpen = Object.values(hours).every((spans) => spans.length === 0)
  const all: readonly (Missing & { readonly isSo: boolean })[] = [
    { step: "hours", says: "No day has opening hours.", isSo: isNeverOpen },
    {
      step: "holidays",
      says: "No holiday lies ahead, so callers are told the usual hours on every day.",
      isSo: !holidays.some(({ on }) => on >= today),
    },
  ]
  return all.filter(({ isSo }) => isSo).map(({ step, says }) => ({ step, says }))
}
