/** Finds and opens entries. Reads only, so it can stand beside the log that is being written. */
import { type Connection, guarded } from "#core/database.ts"
import type { AuditEntry, AuditFilter } from "#core/ports.ts"
import { blind, decodeEntry, type EntryKeys } from "./entry.ts"
import { type AuditRow, nobodySql, partsOf } from "./table.ts"

export const ENTRIES_DEFAULT = 100
export const ENTRIES_MAX = 10_000
/** What happened is sealed: entries are opened to look for it, the newest so many. */
const OPENED_MAX = 100_000

/** The newest entries that fit the filter, oldest first. */
export function queryEntries(
  db: Connection,
  filter: AuditFilter,
  keys: EntryKeys,
): readonly AuditEntry[] {
  const { where, values } = conditionsOf(filter, keys)
  const limit = Math.min(Math.max(filter.limit ?? ENTRIES_DEFAULT, 0), ENTRIES_MAX)
  const statement = db.prepare<(Buffer | number)[], AuditRow>(
    `SELECT * FROM audit ${where} ORDER BY seq DESC LIMIT ?`,
  )
  const open = (row: AuditRow): AuditEntry => decodeEntry(row.seq, partsOf(row), keys)
  const { what } = filter
  if (what === undefined)
    return guarded(() => statement.all(...values, limit))
      .reverse()
      .map(open)
  const found: AuditEntry[] = []
  guarded(() => {
    for (const row of statement.iterate(...values, OPENED_MAX)) {
      if (found.length >= limit) break
      const entry = open(row)
      if (entry.what === what) found.push(entry)
    }
  })
  return found.reverse()
}

interface Conditions {
  readonly where: string
  readonly values: readonly (Buffer | number)[]
}

function conditionsOf(filter: AuditFilter, keys: EntryKeys): Conditions {
  const terms: string[] = []
  const values: (Buffer | number)[] = []
  for (const field of ["patient", "person", "conversation"] as const) {
    if (filter[field] === undefined) continue
    terms.push(`${field} = ? AND ${field} <> ${nobodySql}`)
    values.push(blind(keys, field, filter[field]))
  }
  if (filter.fromMs !== undefined) {
    terms.push("at_ms >= ?")
    values.push(filter.fromMs)
  }
  if (filter.beforeMs !== undefined) {
    terms.push("at_ms < ?")
    values.push(filter.beforeMs)
  }
  return { where: terms.length === 0 ? "" : `WHERE ${terms.join(" AND ")}`, values }
}
