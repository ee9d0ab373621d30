/** A report out of entries: which log vouches for it, for which days, in whose name. Pure. */
import { DateTime } from "luxon"
import type { AuditEntry, AuditFilter } from "#core/ports.ts"
import { actsOf, type Period } from "./acts.ts"
import type { Report } from "./contract.ts"
import { type Circumstances, figuresOf, kinds, type Opening } from "./kinds.ts"

export type Ask = Pick<Report, "kind" | "from" | "until" | "patient" | "person">
export type Query = (filter: AuditFilter) => Promise<readonly AuditEntry[]>

export type Trouble = "bad_period" | "needs_patient" | "too_many" | "no_checkpoint"

/** Where reports come from: the log, its newest checkpoint, and the pharmacy around it. */
export interface Source {
  readonly query: Query
  readonly note: string | undefined
  readonly site: Omit<Circumstances, "openings">
  /** When the pharmacy is open, as it says of itself. */
  readonly openings: (period: Period) => Promise<readonly Opening[]>
}

export interface Made {
  readonly by: string
  readonly atMs: number
}

const YEARS_MAX = 6
/** What was begun in a period may be completed shortly after it. */
const COMPLETION_MS = 10 * 60_000
const PAGE_ENTRIES = 5_000
const ENTRIES_MAX = 100_000

/** Reads what the report needs and makes it, or says why not. */
export async function makeReport(ask: Ask, source: Source, made: Made): Promise<Report | Trouble> {
  const period = periodOf(ask, source.site.timeZone)
  if (!period) return "bad_period"
  if (ask.kind === "accounting" && ask.patient === undefined) return "needs_patient"
  const checkpoint = source.note === undefined ? undefined : checkpointOf(source.note)
  if (!checkpoint) return "no_checkpoint"
  const { patient, person } = ask
  const about = {
    ...(patient === undefined ? {} : { patient }),
    ...(person === undefined ? {} : { person }),
  }
  const entries = await entriesOf(source.query, { ...about, ...period })
  if (!entries) return "too_many"
  const openings = ask.kind === "after_hours" ? await source.openings(period) : []
  const site = { ...source.site, openings }
  return reportOf(ask, entries, { checkpoint, period, site, made })
}

export interface Frame {
  readonly checkpoint: Report["checkpoint"]
  readonly period: Period
  readonly site: Circumstances
  readonly made: Made
}

/** The report itself. It rests on no entry that its checkpoint does not vouch for. */
export function reportOf(ask: Ask, entries: readonly AuditEntry[], frame: Frame): Report {
  const { checkpoint, period, site, made } = frame
  const proven = entries.filter(({ seq }) => seq < checkpoint.size)
  const { title, columns, rows: rowsOf } = kinds[ask.kind]
  const rows = rowsOf(actsOf(proven, period), site)
  const { kind, from, until, patient, person } = ask
  return {
    kind,
    from,
    until,
    ...(patient === undefined ? {} : { patient }),
    ...(person === undefined ? {} : { person }),
    title,
    timeZone: site.timeZone,
    madeBy: made.by,
    madeAtMs: made.atMs,
    checkpoint,
    columns: [...columns],
    rows: rows.map((row) => [...row]),
    figures: figuresOf(kind, rows),
  }
}

/** From the first midnight to the one after the last day. */
export function periodOf(
  { from, until }: Pick<Ask, "from" | "until">,
  timeZone: string,
): Period | undefined {
  const first = DateTime.fromISO(from, { zone: timeZone })
  const last = DateTime.fromISO(until, { zone: timeZone })
  if (!first.isValid || !last.isValid || last < first) return undefined
  if (last > first.plus({ years: YEARS_MAX })) return undefined
  return { fromMs: first.toMillis(), beforeMs: last.plus({ days: 1 }).toMillis() }
}

/** What a signed note says. Whether it is rightly signed is for the verifier to say. */
export function checkpointOf(note: string): Report["checkpoint"] | undefined {
  const [, size, root] = note.split("\n")
  if (!size || !root || !/^\d+$/.test(size)) return undefined
  return { size: Number(size), root, note }
}

/** All entries that fit, in order; undefined when they are too many. */
export async function entriesOf(
  query: Query,
  { fromMs, beforeMs, ...about }: Period & Pick<AuditFilter, "patient" | "person">,
): Promise<readonly AuditEntry[] | undefined> {
  const found = new Map<number, AuditEntry>()
  for (let before = beforeMs + COMPLETION_MS; ; ) {
    const page = await query({ ...about, fromMs, beforeMs: before, limit: PAGE_ENTRIES })
    for (const entry of page) found.set(entry.seq, entry)
    const [oldest] = page
    if (!oldest || page.length < PAGE_ENTRIES)
      return [...found.values()].toSorted((a, b) => a.seq - b.seq)
    // Entries of one millisecond may stand on two pages.
    if (found.size > ENTRIES_MAX || before === oldest.atMs + 1) return undefined
    before = oldest.atMs + 1
  }
}
