/** The classes of the DEA by the digit that drug databases give them; 0 and 6 are none. */
import type { DeaSchedule } from "#core/decision.ts"

export const schedules: Readonly<Record<string, DeaSchedule>> = {
  "0": "none",
  "2": "CII",
  "3": "CIII",
  "4": "CIV",
  "5": "CV",
  "6": "none",
}
