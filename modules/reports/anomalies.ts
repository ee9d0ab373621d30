/** What is unusual in who opened whose record, by rules a manager can check by counting. Pure. */
import { DateTime } from "luxon"
import type { Anomaly } from "./contract.ts"

export interface Access {
  readonly person: string
  readonly patient: string
  readonly atMs: number
}

export interface Around {
  /** What is judged; accesses before it are what is usual. */
  readonly fromMs: number
  readonly timeZone: string
  /** Last names of people at work and of patients, as far as they are known. */
  readonly lastNames: ReadonlyMap<string, string>
}

type Found = Omit<Anomaly, "dismissed">

/** Days of somebody's work from which on there is a usual. */
const HISTORY_DAYS_MIN = 5
/** Somebody without a history is new, or does not work here. */
const NEWCOMER_RECORDS_MAX = 50
const RECORDS_MIN = 10
const TIMES_USUAL = 2
const TIMES_SPREAD = 6
const HOURS_A_DAY = 24

/** How a person and a patient are told apart in `lastNames`. */
export const personKey = (person: string): string => `person ${person}`
export const patientKey = (patient: string): string => `patient ${patient}`

export function anomaliesOf(accesses: readonly Access[], around: Around): readonly Found[] {
  const people = Map.groupBy(accesses, ({ person }) => person)
  return [...people.values()]
    .flatMap((own) => [
      ...unusualNumbers(own, around),
      ...sameNames(own, around),
      ...strangeHours(own, around),
    ])
    .toSorted((a, b) => b.atMs - a.atMs)
}

interface Day {
  readonly day: string
  readonly accesses: readonly Access[]
}

/** One person's days of work, in order. */
function daysOf(own: readonly Access[], timeZone: string): readonly Day[] {
  const dayOf = ({ atMs }: Access) =>
    DateTime.fromMillis(atMs, { zone: timeZone }).toFormat("yyyy-MM-dd")
  return [...Map.groupBy(own, dayOf)]
    .map(([day, accesses]) => ({ day, accesses }))
    .toSorted((a, b) => (a.day < b.day ? -1 : 1))
}

const recordsOn = ({ accesses }: Day): number => new Set(accesses.map((one) => one.patient)).size
const firstOf = ({ accesses }: Day): number => Math.min(...accesses.map(({ atMs }) => atMs))

function unusualNumbers(own: readonly Access[], { fromMs, timeZone }: Around): readonly Found[] {
  const days = daysOf(own, timeZone)
  return days.flatMap((day, at): readonly Found[] => {
    const atMs = firstOf(day)
    if (atMs < fromMs) return []
    const records = recordsOn(day)
    const earlier = days.slice(0, at).map(recordsOn)
    const usual = median(earlier)
    if (records <= mostOf(earlier, usual)) return []
    const person = own[0]?.person ?? ""
    const anomaly = `unusual_number ${person} ${day.day}`
    const figures = { records, usual: Math.round(usual), days: earlier.length }
    return [{ anomaly, why: "unusual_number", person, atMs, figures }]
  })
}

/** Far above the usual both in proportion and against how much the days differ by themselves. */
function mostOf(earlier: readonly number[], usual: number): number {
  if (earlier.length < HISTORY_DAYS_MIN) return NEWCOMER_RECORDS_MAX
  const spread = Math.max(1, median(earlier.map((count) => Math.abs(count - usual))))
  return Math.max(RECORDS_MIN, TIMES_USUAL * usual, usual + TIMES_SPREAD * spread)
}

function median(values: readonly number[]): number {
  const sorted = values.toSorted((a, b) => a - b)
  const middle = Math.floor(sorted.length / 2)
  const upper = sorted[middle] ?? 0
  return sorted.length % 2 === 1 ? upper : ((sorted[middle - 1] ?? 0) + upper) / 2
}

/** Family, or a neighbour: worth a look. Once somebody said why, that pair is left alone. */
function sameNames(own: readonly Access[], { fromMs, lastNames }: Around): readonly Found[] {
  const pairs = new Map<string, Found>()
  for (const { person, patient, atMs } of own) {
    const name = lastNames.get(personKey(person))
    if (atMs < fromMs || name === undefined) continue
    if (plain(name) !== plain(lastNames.get(patientKey(patient)) ?? "")) continue
    const anomaly = `same_last_name ${person} ${patient}`
    pairs.set(anomaly, { anomaly, why: "same_last_name", person, patient, atMs, figures: {} })
  }
  return [...pairs.values()]
}

function plain(name: string): string {
  return name
    .normalize("NFKD")
    .replaceAll(/[^\p{L}]/gu, "")
    .toLowerCase()
}

function strangeHours(own: readonly Access[], { fromMs, timeZone }: Around): readonly Found[] {
  const days = daysOf(own, timeZone)
  const hourOf = ({ atMs }: Access) => DateTime.fromMillis(atMs, { zone: timeZone }).hour
  const strange = new Map<string, Found>()
  days.forEach((day, at) => {
    if (at < HISTORY_DAYS_MIN) return
    const worked = days.slice(0, at).flatMap(({ accesses }) => accesses.map(hourOf))
    for (const access of day.accesses) {
      const hour = hourOf(access)
      if (access.atMs < fromMs || worked.some((one) => isBeside(one, hour))) continue
      const { person, patient, atMs } = access
      const anomaly = `hours_never_worked ${person} ${hour}`
      const figures = { hour, days: at }
      strange.set(anomaly, { anomaly, why: "hours_never_worked", person, patient, atMs, figures })
    }
  })
  return [...strange.values()]
}

function isBeside(one: number, other: number): boolean {
  const apart = Math.abs(one - other)
  return Math.min(apart, HOURS_A_DAY - apart) <= 1
}
