/**
 * Which references stand in settings, and which of them may be tried. Who sets up chooses both the
 * secret and the address it is sent to, so no secret but a pharmacy system's is ever taken. Pure.
 */
import { Check } from "typebox/value"
import { isRecord } from "#core/json.ts"
import { SecretReference } from "#core/secrets.ts"

/** `env:PIONEER_PMS_KEY`, `keychain:mortar-pms`, `file:/etc/mortar/pms.key`. */
const ofPms = /(^|[^a-z0-9])pms([^a-z0-9]|$)/i

export function referencesIn(value: unknown): readonly string[] {
  if (typeof value === "string") return Check(SecretReference, value) ? [value] : []
  if (Array.isArray(value)) return value.flatMap(referencesIn)
  return isRecord(value) ? Object.values(value).flatMap(referencesIn) : []
}

/** By the last part of its name: a folder of that name makes no secret one of the system's. */
export function isOfPms(reference: string): boolean {
  const place = reference.slice(reference.indexOf(":") + 1)
  return !place.includes("..") && ofPms.test(place.slice(place.lastIndexOf("/") + 1))
}
