/** One account as it is kept, how it is shown, and how long wrong tries lock it. Pure. */
import { DateTime } from "luxon"
import { type Static, Type as t } from "typebox"
import { Role } from "#core/actor.ts"
import { type Account, Licence } from "./contract.ts"

export const StoredAccount = t.Object({
  user: t.String(),
  fullName: t.String(),
  role: Role,
  isDisabled: t.Boolean(),
  passwordHash: t.String(),
  mustChangePassword: t.Optional(t.Boolean()),
  licence: t.Optional(Licence),
  pinHash: t.Optional(t.String()),
  wrongInARow: t.Integer({ minimum: 0 }),
  lockedUntilMs: t.Integer(),
})
export type StoredAccount = Static<typeof StoredAccount>

const WRONG_FREE = 4
const LOCK_FIRST_MS = 60_000
/** NIST SP 800-63B has the wait grow to an hour. */
const LOCK_MS_MAX = 60 * 60_000

/** One wrong try more. From the fifth in a row each doubles the wait; only a right one ends it. */
export function counted(account: StoredAccount, nowMs: number): StoredAccount {
  const wrongInARow = account.wrongInARow + 1
  const beyond = wrongInARow - WRONG_FREE
  if (beyond <= 0) return { ...account, wrongInARow }
  const lockMs = Math.min(LOCK_FIRST_MS * 2 ** (beyond - 1), LOCK_MS_MAX)
  return { ...account, wrongInARow, lockedUntilMs: nowMs + lockMs }
}

export function forgiven(account: StoredAccount): StoredAccount {
  return { ...account, wrongInARow: 0, lockedUntilMs: 0 }
}

/** When a licence ends: with its last day, where the pharmacy is. */
export function endOf({ expiresOn }: Licence, timeZone: string): number {
  return DateTime.fromISO(expiresOn, { zone: timeZone }).endOf("day").toMillis()
}

export function shown(account: StoredAccount): Account {
  const { user, fullName, role, isDisabled, licence, mustChangePassword, pinHash } = account
  return {
    ...{ user, fullName, role, isDisabled },
    ...(licence ? { licence } : {}),
    ...(mustChangePassword ? { mustChangePassword } : {}),
    ...(pinHash ? { hasPin: true } : {}),
  }
}
