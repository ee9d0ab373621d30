/** The log for those who make reports of it: opened for reading, with its newest checkpoint. */
import { join } from "node:path"
import type { ModuleSettings } from "#core/config.ts"
import { Outage } from "#core/fault.ts"
import type { AuditFilter } from "#core/ports.ts"
import type { Environment } from "#core/secrets.ts"
import { entryKeys } from "./entry.ts"
import { AUDIT_FOLDER, auditOnDisk } from "./open.ts"
import { queryEntries } from "./query.ts"
import { DATABASE_FILE, openReadOnly } from "./table.ts"
import { CHECKPOINT_PATH, readWhole } from "./tile-files.ts"

/** Tells the reports where the newest checkpoint lies: each states which one proves it. */
export function withCheckpoint(folder: string, settings: ModuleSettings = {}): ModuleSettings {
  const checkpointFile = join(folder, AUDIT_FOLDER, CHECKPOINT_PATH)
  return { ...settings, reports: { checkpointFile, ...settings.reports } }
}

/** Opens the site's log beside its writer. Throws an outage when there is none. */
export function auditToRead(siteFile: string, environment: Environment) {
  return async () => {
    const { folder, openKey } = auditOnDisk(siteFile, environment)
    const note = await readWhole(folder, CHECKPOINT_PATH)
    const db = openReadOnly(join(folder, DATABASE_FILE))
    if (!db) throw new Outage("store_failed")
    const keys = entryKeys((await openKey()).key)
    return {
      note: note?.toString(),
      query: async (filter: AuditFilter) => queryEntries(db, filter, keys),
      close: () => void db.close(),
    }
  }
}
