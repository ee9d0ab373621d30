/**
 * SQLite as Mortar uses it: a commit that was acknowledged is on the disk, and a failing disk is an
 * outage with a hint, never an error that carries SQL or a value.
 */
import Database from "better-sqlite3"
import { Outage } from "./fault.ts"

export type Connection = Database.Database
export type Transaction<F extends (...args: never[]) => unknown> = Database.Transaction<F>
export type Statement<P extends unknown[], R = unknown> = Database.Statement<P, R>

/** Pages of 4 KiB that are written before they are moved into the file: 16 MiB. */
const CHECKPOINT_PAGES = 4_096
/** What is read and written often is kept in memory, up to so much. */
const CACHE_KIB = 32_768

export interface DatabaseOptions {
  /** Overwrites what is deleted, so that an erased key is not left behind in a free page. */
  readonly wipesDeleted?: boolean
  /** The most pages of 4 KiB the file may grow to; the whole disk when left out. */
  readonly maxPages?: number
}

/** Opens or makes a database file. Throws `Outage` when the file cannot be used. */
export function openDatabase(file: string, options: DatabaseOptions = {}): Connection {
  return guarded(() => {
    const db = new Database(file)
    db.pragma("journal_mode = WAL")
    db.pragma("synchronous = FULL")
    db.pragma(`wal_autocheckpoint = ${CHECKPOINT_PAGES}`)
    db.pragma(`cache_size = -${CACHE_KIB}`)
    db.pragma("foreign_keys = ON")
    if (process.platform === "darwin") {
      db.pragma("fullfsync = ON")
      db.pragma("checkpoint_fullfsync = ON")
    }
    if (options.wipesDeleted) db.pragma("secure_delete = ON")
    if (options.maxPages) db.pragma(`max_page_count = ${options.maxPages}`)
    return db
  })
}

/** Runs what touches the database; SQLite's own errors come out as outages. */
export function guarded<T>(run: () => T): T {
  try {
    return run()
  } catch (error) {
    throw error instanceof Database.SqliteError ? outageOf(error.code) : error
  }
}

function outageOf(code: string): Outage {
  if (code.startsWith("SQLITE_BUSY")) return new Outage("folder_in_use", { retryable: false })
  return new Outage(code === "SQLITE_FULL" ? "store_full" : "store_failed")
}
