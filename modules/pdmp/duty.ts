/**
 * When a state wants its programme asked, as dated rows (pharmacy.md 3.2). A state without a row
 * counts as the strictest; a row that nobody read at its source waits for the site's counsel.
 */
import type { DeaSchedule } from "#core/decision.ts"
import type { Duty } from "./contract.ts"

interface Row extends Duty {
  readonly schedules: readonly DeaSchedule[]
  readonly until?: string
}

const CII_CV = ["CII", "CIII", "CIV", "CV", "unknown"] as const

const rows: readonly Row[] = [
  {
    state: "OH",
    schedules: CII_CV,
    is: "OARRS is asked for CII to CV. A delegate may ask; a pharmacist reviews.",
    source: "state tables, read second-hand",
    needsCounsel: true,
  },
]

const anywhere: Row = {
  state: "any",
  schedules: CII_CV,
  is: "No row of this state is on file, so the programme is asked for CII to CV.",
  source: "the house's own rule",
  needsCounsel: true,
}

export function dutyFor(schedule: DeaSchedule, state: string, on: string): Duty | undefined {
  const own = rows.filter((row) => row.state === state)
  const among = own.length > 0 ? own : [anywhere]
  const row = among.find(
    ({ schedules, since, until }) =>
      schedules.includes(schedule) &&
      (since === undefined || since <= on) &&
      (until === undefined || on <= until),
  )
  if (!row) return undefined
  const { schedules: _schedules, until: _until, ...duty } = row
  return duty
}
