/**
 * The demo pharmacy's 200 patients: the cast, and the rest made from a seed. The same seed and the
 * same day give the same pharmacy, byte for byte.
 */
import { castPharmacy } from "./cast.ts"
import { plusDays } from "./days.ts"
import { type Drug, drugNamed, drugs, lookAlikes } from "./drugs.ts"
import { firstNames, lastNames, prescribers } from "./names.ts"
import {
  type Alert,
  type CheckCode,
  checkCodes,
  type FillCode,
  fillCodes,
  type Patient,
  type Pharmacy,
  type Script,
} from "./records.ts"

const PATIENTS = 200
const SCRIPTS_PER_PATIENT_MAX = 5
const FIRST_RX = 7_100_001
const FIRST_FREE_LINE = 20
const LINES = 100

/** The next number of a seeded sequence, below `bound`. */
type Dice = (bound: number) => number

function dice(seed: number): Dice {
  let state = seed >>> 0
  return (bound) => {
    state = (state + 0x6d2b79f5) >>> 0
    let mixed = Math.imul(state ^ (state >>> 15), state | 1)
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61)
    return ((mixed ^ (mixed >>> 14)) >>> 0) % bound
  }
}

function pick<T>(roll: Dice, from: readonly T[]): T {
  return from[roll(from.length)]!
}

interface Household {
  readonly lastName: string
  readonly phone: string
  readonly zip: string
}

function household(roll: Dice): Household {
  const line = FIRST_FREE_LINE + roll(LINES - FIRST_FREE_LINE)
  return {
    lastName: pick(roll, lastNames),
    phone: `51255501${String(line).padStart(2, "0")}`,
    zip: `771${String(20 + roll(80))}`,
  }
}

function member(
  roll: Dice,
  home: Household,
  { id, today }: { id: number; today: string },
): Patient {
  return {
    id: String(id),
    firstName: pick(roll, firstNames),
    lastName: home.lastName,
    bornOn: plusDays(today, -(365 * (2 + roll(90)) + roll(365))),
    phones: [home.phone],
    zip: home.zip,
    language: roll(8) === 0 ? "ES" : "EN",
  }
}

function morePatients(roll: Dice, firstId: number, today: string): Patient[] {
  const patients: Patient[] = []
  while (firstId + patients.length <= 1000 + PATIENTS) {
    const home = household(roll)
    const size = 1 + roll(4)
    for (let i = 0; i < size && firstId + patients.length <= 1000 + PATIENTS; i++) {
      patients.push(member(roll, home, { id: firstId + patients.length, today }))
    }
  }
  return patients
}

/** A few of each patient's drugs come as a look-alike pair, to keep everyone honest. */
function drugsOf(roll: Dice): readonly Drug[] {
  if (roll(5) === 0) return pick(roll, lookAlikes).map(drugNamed)
  const chosen = new Set<Drug>()
  const count = 1 + roll(SCRIPTS_PER_PATIENT_MAX)
  while (chosen.size < count) chosen.add(pick(roll, drugs))
  return [...chosen]
}

function isControlled(drug: Drug): boolean {
  return ["1", "2", "3", "4", "5"].includes(drug.schedule)
}

/** Half of all prescriptions can simply be refilled; the rest go through every other state. */
function checkFor(roll: Dice, drug: Drug): CheckCode {
  const check = roll(2) === 0 ? "OK" : pick(roll, checkCodes)
  return check === "OK" && isControlled(drug) ? "CR" : check
}

function fillFor(roll: Dice, check: CheckCode): FillCode {
  if (check === "RD") return "50"
  if (check === "PU") return "60"
  if (check === "IP") return pick(roll, ["10", "20", "25", "27", "40"] as const)
  return roll(3) === 0 ? pick(roll, fillCodes.slice(6)) : "60"
}

function filledDaysAgo(roll: Dice, check: CheckCode): number {
  if (check === "IP" || check === "RD") return 0
  if (check === "PU") return 1 + roll(4)
  if (check === "TE") return 5 + roll(10)
  return 26 + roll(40)
}

function alertsFor(roll: Dice): readonly Alert[] {
  if (roll(6) > 0) return []
  return [
    {
      severity: pick(roll, ["1", "2", "3", "4"] as const),
      code: pick(roll, ["DD", "TD", "HD", "DA"]),
    },
  ]
}

interface Draft {
  readonly number: string
  readonly patientId: string
  readonly drug: Drug
  readonly today: string
}

function draw(roll: Dice, { number, patientId, drug, today }: Draft): Script {
  const check = checkFor(roll, drug)
  const fill = fillFor(roll, check)
  const isSpent = check === "NR" || check === "MD" || drug.schedule === "2"
  const refillsUsed = roll(4)
  const expiresInDays = check === "EX" ? -1 - roll(90) : 30 + roll(300)
  const isPromised = fill === "20" || fill === "40" || fill === "50"
  return {
    number,
    patientId,
    drug,
    directions: "TAKE AS DIRECTED",
    prescriber: pick(roll, prescribers),
    refillsAuthorized: refillsUsed + (isSpent ? 0 : 1 + roll(5)),
    refillsUsed,
    daysSupply: pick(roll, [30, 30, 90]),
    writtenOn: plusDays(today, expiresInDays - 365),
    expiresOn: plusDays(today, expiresInDays),
    lastFilledOn: plusDays(today, -filledDaysAgo(roll, check)),
    check,
    ...(check === "TE" ? { earliestOn: plusDays(today, 3 + roll(12)) } : {}),
    fill,
    ...(isPromised ? { promisedAt: { day: today, time: `${10 + roll(8)}:00` } } : {}),
    ...(fill === "50" ? { copayCents: 5 * roll(1000) } : {}),
    alerts: alertsFor(roll),
  }
}

/** The whole pharmacy on that day. */
export function makePharmacy({ seed, today }: { seed: number; today: string }): Pharmacy {
  const roll = dice(seed)
  const cast = castPharmacy(today)
  const others = morePatients(roll, 1001 + cast.patients.length, today)
  const scripts: Script[] = []
  for (const { id: patientId } of others) {
    for (const drug of drugsOf(roll)) {
      const number = String(FIRST_RX + scripts.length)
      scripts.push(draw(roll, { number, patientId, drug, today }))
    }
  }
  return { today, patients: [...cast.patients, ...others], scripts: [...cast.scripts, ...scripts] }
}
