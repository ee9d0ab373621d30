/**
 * Keeps the host's word for a session in step with what its person may do: role, licence, what is
 * still to be set up, rights taken for a while. A closed account has no session.
 */
import type { Lack, Role, Staff } from "#core/actor.ts"
import type { Stored } from "#core/documents.ts"
import { inTurn } from "#core/in-turn.ts"
import { mfa } from "../mfa/contract.ts"
import { staffAccounts } from "../staff-accounts/contract.ts"
import type { OwnView } from "./contract.ts"
import type { Here } from "./needs.ts"
import { openRights } from "./rights.ts"
import { grantOf, provedUntilMs, type Session, stateOf } from "./session.ts"

const SESSIONS_MAX = 1_000

/** Says anew what a session may do; undefined when its account is closed. Its id is the hash. */
export async function refresh(
  { id, doc }: Stored<Session>,
  context: Here,
): Promise<OwnView | undefined> {
  const { call, clock, config, ports, store } = context
  const { user } = doc
  const account = await call(staffAccounts, "standing", { user })
  if (!account.ok || account.value.isDisabled) {
    await close(id, context)
    return undefined
  }
  const factors = await call(mfa, "status", { user })
  const { isOverdue, enrolByMs } = factors.ok ? factors.value : { isOverdue: true }
  const { role, mustChangePassword, hasPin, licensedUntilMs } = account.value
  const rights = await openRights(user, context)
  const glass = rights && { id: rights.glass, role: rights.role, untilMs: rights.untilMs }
  const mustSetUp = mustChangePassword || isOverdue
  const nowMs = clock.nowMs()
  if (stateOf(doc, config, nowMs) === "open") {
    const end = licensedUntilMs === undefined ? {} : { licensedUntilMs }
    const standing = { role, mustSetUp, ...end, ...(glass ? { glass } : {}) }
    // Locked or ended meanwhile, it is not opened again, not even for a moment.
    await inTurn(id, async () => {
      const latest = await store.sessions.get(id)
      const isStill = latest !== undefined && latest.doc.lockedAtMs === undefined
      if (isStill) await ports.signIn.open(id, grantOf(doc, standing, config))
    })
  }
  const acting = glass?.role ?? role
  const isProved = provedUntilMs(doc, config) > nowMs
  const isLicensed = (licensedUntilMs ?? 0) > nowMs
  return {
    ...{ user, role: acting, session: doc.session, endsAtMs: doc.endsAtMs },
    lacks: lacking({ role: acting, isLicensed, isProved, mustSetUp }),
    ...{ mustChangePassword, hasPin },
    ...(enrolByMs === undefined ? {} : { enrolByMs }),
    ...(glass ? { glass } : {}),
  }
}

interface Held {
  readonly role: Role
  readonly isLicensed: boolean
  readonly isProved: boolean
  readonly mustSetUp: boolean
}

function lacking({ role, isLicensed, isProved, mustSetUp }: Held): Lack[] {
  const lacks: Lack[] = []
  if (role === "pharmacist" && !isLicensed) lacks.push("licence")
  if (!isProved) lacks.push("proof")
  if (mustSetUp) lacks.push("set_up")
  return lacks
}

export async function sessionsOf(user: string, { store }: Here) {
  return store.sessions.find({ where: { user }, limit: SESSIONS_MAX })
}

export async function refreshAll(user: string, context: Here): Promise<void> {
  for (const one of await sessionsOf(user, context)) await refresh(one, context)
}

/** Ends a session, at once and also for whoever was about to open it again. */
export async function close(hash: string, { ports, store }: Here): Promise<void> {
  await ports.signIn.close(hash)
  await inTurn(hash, async () => {
    await store.sessions.remove(hash)
    await ports.signIn.close(hash)
  })
}

/** Puts a lock on: the host lets nothing through until somebody unlocks. */
export async function lock(
  { id, doc }: Stored<Session>,
  why: "idle" | "by_hand",
  { clock, ports, store }: Here,
): Promise<void> {
  await ports.signIn.close(id)
  const lockedAtMs = clock.nowMs()
  await inTurn(id, async () => {
    await store.sessions.change(id, (before) => ({ ...before, lockedAtMs }))
    await ports.signIn.close(id)
  })
  await ports.signIn.note("session.locked", why, staffIn(doc))
}

export function staffIn({ user: person, role, session }: Session): Staff {
  return { kind: "staff", person, role, session }
}
