/** The golden calls: every script beside this file, and the moment at the pharmacy each is rung. */
import { readdirSync, readFileSync } from "node:fs"
import { DateTime } from "luxon"
import { readScript, type Script } from "../../simulators/twilio/script.ts"

const folder = new URL("./", import.meta.url)
const TIME_ZONE = "America/Chicago"
/** A Friday forenoon, when the pharmacy is open. */
const USUAL_MOMENT = "2026-11-20T10:30:00"

export const scenarios: readonly Script[] = readdirSync(folder)
  .filter((file) => file.endsWith(".yaml"))
  .toSorted()
  .map(read)

function read(file: string): Script {
  try {
    return readScript(readFileSync(new URL(file, folder), "utf8"))
  } catch (trouble) {
    throw new Error(`${file}: ${trouble instanceof Error ? trouble.message : "unreadable"}`)
  }
}

export interface Moment {
  /** `YYYY-MM-DD` at the pharmacy. */
  readonly today: string
  readonly nowMs: number
}

/** The scripts by the moment they are rung at, so that few houses are opened. */
export function byMoment(scripts: readonly Script[]): ReadonlyMap<string, readonly Script[]> {
  return Map.groupBy(scripts, ({ at = USUAL_MOMENT }) => at)
}

export function momentOf(at: string): Moment {
  const moment = DateTime.fromISO(at, { zone: TIME_ZONE })
  return { today: at.slice(0, 10), nowMs: moment.toMillis() }
}
