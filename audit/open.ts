/** The site's audit log: where it stands, what it is called, and with which keys it is opened. */
import { systemClock } from "#core/clock.ts"
import type { KeyRing } from "#core/keys.ts"
import type { Log } from "#core/log.ts"
import type { AuditFilter, AuditPort } from "#core/ports.ts"
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
