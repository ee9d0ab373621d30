/**
 * The round through the site's list of prescription numbers, once a day, and through fills that are
 * on their way, always. It only reads, a few at a time, and leaves room for callers.
 */
import { readFile } from "node:fs/promises"
import { DateTime } from "luxon"
import type { FillChange, Readings } from "./record.ts"

const PAGE = 10
const NUMBERS_MAX = 200_000
const RX_NUMBER = /^\D{0,3}0{0,6}([1-9]\d{5,8})\b/

/** How far the round is, as the cursor keeps it: the day, the next line, the last fill. */
interface Place {
  readonly day: string
  readonly line: number
  readonly order: number
}

export interface Round {
  readonly readings: Readings
  readonly timeZone: string
  /** A list with a prescription number at the beginning of each line. */
  readonly listFile?: string
  readonly nowMs: () => number
  /** Reads one prescription and writes it down. */
  read(rxNumber: string): Promise<FillChange | undefined>
}

/** One step of the round. A step that broke off is taken again. */
export async function goOn(
  round: Round,
  since: string | undefined,
): Promise<{ readonly next: string; readonly changes: readonly FillChange[] }> {
  const { readings, timeZone, nowMs } = round
  const day = DateTime.fromMillis(nowMs(), { zone: timeZone }).toISODate() ?? ""
  if (since === undefined) return { next: written({ day, line: 0, order: 0 }), changes: [] }
  const place = placeIn(since, day)
  const listed = await listIn(round.listFile)
  const batch = listed.slice(place.line, place.line + PAGE)
  if (batch.length > 0) {
    const next = written({ ...place, line: place.line + batch.length })
    return { next, changes: await changesOf(round, batch) }
  }
  const { numbers, next: order } = await readings.moving(place.order, PAGE)
  return { next: written({ ...place, order }), changes: await changesOf(round, numbers) }
}

async function changesOf(
  { read }: Round,
  numbers: readonly string[],
): Promise<readonly FillChange[]> {
  const changes: FillChange[] = []
  for (const number of numbers) {
    const change = await read(number)
    if (change) changes.push(change)
  }
  return changes
}

/** A list that is not there yet is empty; headings and other lines are passed over. */
async function listIn(file: string | undefined): Promise<readonly string[]> {
  if (file === undefined) return []
  const text = await readFile(file, "latin1").catch(() => "")
  const lines = text.split(/\r?\n/, NUMBERS_MAX)
  return lines.flatMap((line) => RX_NUMBER.exec(line)?.[1] ?? [])
}

const written = ({ day, line, order }: Place): string => `${day} ${line} ${order}`

function placeIn(since: string, today: string): Place {
  const [day = "", line = "0", order = "0"] = since.split(" ")
  return { day: today, line: day === today ? Number(line) : 0, order: Number(order) }
}
