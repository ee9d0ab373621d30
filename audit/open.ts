/** The site's audit log: where it stands, what it is called, and with which keys it is opened. */
import { join } from "node:path"
import { systemClock } from "#core/clock.ts"
import { readBasics, readEnvironment } from "#core/config.ts"
import { KEY_RING_FILE, unlock } from "#core/key-source.ts"
import { KeyRing } from "#core/keys.ts"
import type { Log } from "#core/log.ts"
import type { AuditFilter, AuditPort } from "#core/ports.ts"
import type { Environment } from "#core/secrets.ts"
import type { AuditCommandOptions } from "./command.ts"
import { AuditLog } from "./log.ts"

export const AUDIT_FOLDER = "audit"
export const AUDIT_ORIGIN = "mortar.pharmacy/audit"

/** Throws `AuditTampered` when what is there was not written with these keys. */
export function openAudit(folder: string, keys: KeyRing, log: Log): Promise<AuditLog> {
  return AuditLog.open({
    folder,
    key: keys.forPurpose("audit"),
    signingKey: keys.auditSigningKey(),
    origin: AUDIT_ORIGIN,
    clock: systemClock,
    log: log.child({ module: "audit" }),
  })
}

/** The log as modules may read it. */
export function auditPort(audit: AuditLog): AuditPort {
  return { query: async (filter: AuditFilter) => audit.query(filter), verify: () => audit.verify() }
}

/** Where the log of a site lies and how its keys are had, for the command line. */
export function auditOnDisk(siteFile: string, environment: Environment): AuditCommandOptions {
  const { dataFolder: folder } = readEnvironment(environment)
  return {
    folder: join(folder, AUDIT_FOLDER),
    origin: AUDIT_ORIGIN,
    async openKey() {
      const master = await unlock(readBasics(siteFile).key, { folder, environment })
      const keys = KeyRing.open(join(folder, KEY_RING_FILE), master)
      return { key: keys.forPurpose("audit"), signingKey: keys.auditSigningKey() }
    },
  }
}
