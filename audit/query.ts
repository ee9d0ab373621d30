/** Finds and opens entries. Reads only, so it can stand beside the log that is being written. */
import { type Connection, guarded } from "#core/database.ts"
import type { AuditEntry, AuditFilter } from "#core/ports.ts"
import { blind, decodeEntry, type EntryKeys } from "./entry.ts"
import { type AuditRow, nobodySql, partsOf } from "./table.ts"

export const ENTRIES_DEFAULT = 100
export const ENTRIES_MAX = 10_000

/** The newest entries that fit the filter, oldest first. */
export function queryEntries(
  db: Connection,
  filter: AuditFilter,
  keys: EntryKeys,
): readonly AuditEntry[] {
  const { where, values } = conditionsOf(filter, keys)
  const limit = Math.min(Math.max(filter.limit ?? ENTRIES_DEFAULT, 0), ENTRIES_MAX)
  const rows = guarded(() =>
    db
      .prepare<(Buffer | number)[], AuditRow>(
        `SELECT * FROM audit ${where} ORDER BY seq DESC LIMIT ?`,
      )
      .all(...values, limit),
  )
  return rows.reverse().map((row) => decodeEntry(row.seq, partsOf(row), keys))
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
