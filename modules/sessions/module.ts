/**
 * Sessions: a token for who proved to be staff, known to the host by its hash. It locks when nobody
 * is there and is gone after a working day. Lets nobody in for less than the account asks.
 */
import { randomBytes } from "node:crypto"
import type { Actor, Staff } from "#core/actor.ts"
import type { Stored } from "#core/documents.ts"
import { assert } from "#core/fault.ts"
import { defineModule } from "#core/module.ts"
import { tokenHash } from "#core/token.ts"
import { mfa } from "../mfa/contract.ts"
import { staffAccounts } from "../staff-accounts/contract.ts"
import { sessions } from "./contract.ts"
import { isProvedBy } from "./factor.ts"
import { type Here, needs } from "./needs.ts"
import { finish, finishWhatRanOut, hindrance, listed, openRights, take } from "./rights.ts"
import { provedUntilMs, type Session, stateOf } from "./session.ts"
import { close, lock, refresh, refreshAll, sessionsOf, staffIn } from "./standing.ts"

const TOKEN_BYTES = 32
const HOUR_MS = 3_600_000
/** So many wrong tries at a locked screen, and the session is over. */
const WRONG_AT_SCREEN_MAX = 5
const PRUNED_MAX = 1_000
const LOOKS_LIKE_USER = /^[a-z][a-z0-9._-]{1,31}$/

export default defineModule(sessions, needs, {
  commands: {
    async login({ user, password, code, device }, context) {
      const { call, fail, ports } = context
      const verified = await call(staffAccounts, "verify", { user, password })
      if (!verified.ok) {
        // What is typed into the wrong field stays out of the log: only what looks like a name of
        // ours.
        const name = LOOKS_LIKE_USER.test(user) ? user : "unreadable"
        await ports.signIn.note("sign_in.refused", name)
        return fail(verified.fault.code)
      }
      const factors = await call(mfa, "status", { user })
      if (!factors.ok || factors.value.hasFactor) {
        if (code === undefined) return fail("second_factor")
        if (!(await call(mfa, "verifyCode", { user, code })).ok) {
          await call(staffAccounts, "count", { user, isRight: false })
          await ports.signIn.note("sign_in.refused", `${user} second_factor`)
          return fail("wrong_code")
        }
      }
      await call(staffAccounts, "count", { user, isRight: true })
      return opened({ user, device, by: code === undefined ? "password" : "two_factors" }, context)
    },

    async loginWithPasskey({ passkey, device }, context) {
      const { call, fail, ports } = context
      const verified = await call(mfa, "verifyPasskey", { passkey })
      if (!verified.ok) {
        await ports.signIn.note("sign_in.refused", "passkey")
        return fail("wrong")
      }
      const { user } = verified.value
      return opened({ user, device, by: "passkey" }, context)
    },

    async logout({ token }, context) {
      await close(tokenHash(token), context)
      return {}
    },

    async look({ token }, context) {
      const { clock, config } = context
      const found = await sessionFor(token, context)
      const state = found ? stateOf(found.doc, config, clock.nowMs()) : "gone"
      if (!found || state === "gone") return { state: "gone" as const }
      if (state === "locked" && found.doc.lockedAtMs === undefined)
        await lock(found, "idle", context)
      const view = await refresh(found, context)
      return view ? { state, view } : { state: "gone" as const }
    },

    async keep({ token }, context) {
      const { clock, config, store } = context
      const activeAtMs = clock.nowMs()
      const found = await sessionFor(token, context)
      if (!found || stateOf(found.doc, config, activeAtMs) !== "open") return {}
      const kept = await store.sessions.change(found.id, (doc) => ({ ...doc, activeAtMs }))
      if (kept) await refresh(kept, context)
      return {}
    },

    async unlock({ token, factor }, context) {
      const { clock, config, fail, ports, store } = context
      const found = await sessionFor(token, context)
      const nowMs = clock.nowMs()
      const state = found ? stateOf(found.doc, config, nowMs) : "gone"
      if (!found || state === "gone") return fail("ended")
      const proof = await isProvedBy(factor, found.doc.user, context)
      if (proof !== "right") {
        await ports.signIn.note("session.unlock_refused", proof, staffIn(found.doc))
        return fail(await countWrong(found, proof, context))
      }
      const unlocked = await store.sessions.change(found.id, ({ lockedAtMs: _, ...doc }) => ({
        ...doc,
        ...{ activeAtMs: nowMs, wrongInARow: 0 },
        ...("pin" in factor ? {} : { provedAtMs: nowMs }),
      }))
      await ports.signIn.note("session.unlocked", Object.keys(factor)[0] ?? "", staffIn(found.doc))
      return unlocked && (await refresh(unlocked, context)) ? {} : fail("ended")
    },

    async lock(_, context) {
      const found = await ownSession(context)
      if (!found) return context.fail("ended")
      await lock(found, "by_hand", context)
      return {}
    },

    async prove({ factor }, context) {
      const { clock, config, fail, store } = context
      const found = await ownSession(context)
      if (!found) return fail("ended")
      if ("pin" in factor) return fail("too_weak")
      const proof = await isProvedBy(factor, found.doc.user, context)
      if (proof !== "right") return fail(proof)
      const provedAtMs = clock.nowMs()
      const proved = await store.sessions.change(found.id, (doc) => ({ ...doc, provedAtMs }))
      if (!proved || !(await refresh(proved, context))) return fail("ended")
      return { provedUntilMs: provedUntilMs(proved.doc, config) }
    },

    async own(_, context) {
      const { actor, clock, config } = context
      const { person, session: here } = staffOf(actor)
      const found = (await sessionsOf(person, context)).map(({ doc }) => {
        const { session, startedAtMs, activeAtMs, device } = doc
        const state = stateOf(doc, config, clock.nowMs())
        const isThis = session === here
        const shown = { session, startedAtMs, activeAtMs, isThis, isLocked: state === "locked" }
        return { ...shown, state, ...(device === undefined ? {} : { device }) }
      })
      const shown = found.filter(({ state }) => state !== "gone")
      return { sessions: shown.map(({ state: _, ...one }) => one) }
    },

    async end({ session }, context) {
      const { person } = staffOf(context.actor)
      const found = await sessionsOf(person, context)
      const meant = found.find(({ doc }) => doc.session === session)
      if (!meant) return context.fail("unknown_session")
      await close(meant.id, context)
      return {}
    },

    async takeRights(wanted, context) {
      const staff = staffOf(context.actor)
      const why = await hindrance(wanted.role, staff, context)
      if (why) return context.fail(why)
      const rights = await take(wanted, staff, context)
      await refreshAll(staff.person, context)
      return rights
    },

    async giveBackRights(_, context) {
      const { person } = staffOf(context.actor)
      const rights = await openRights(person, context)
      if (!rights) return context.fail("none_taken")
      await finish(rights, context.clock.nowMs(), context)
      await refreshAll(person, context)
      return {}
    },

    async listRights(_, context) {
      return { rights: await listed(context) }
    },

    async reviewRights({ glass }, { actor, clock, emit, fail, store }) {
      const { person: reviewedBy } = staffOf(actor)
      const reviewedAtMs = clock.nowMs()
      const changed = await store.rights.change(glass, (doc) =>
        doc.user === reviewedBy ? fail("own_rights") : { ...doc, reviewedBy, reviewedAtMs },
      )
      if (!changed) return fail("unknown_rights")
      emit("rightsChanged", { glass, isNew: false })
      return changed.doc
    },
  },

  events: {
    /** A closed account is out at once, not when its token expires. */
    async "staff-accounts.disabled"({ user }, context) {
      for (const { id } of await sessionsOf(user, context)) await close(id, context)
    },
    "staff-accounts.changed": ({ user }, context) => refreshAll(user, context),
    /** Whoever knew the old password is out, but for the screen where the new one was chosen. */
    async "staff-accounts.passwordChanged"({ user, session }, context) {
      for (const one of await sessionsOf(user, context))
        if (session !== undefined && one.doc.session === session) await refresh(one, context)
        else await close(one.id, context)
    },
    "mfa.changed": ({ user }, context) => refreshAll(user, context),
  },

  schedules: {
    "end-rights": { cron: "* * * * *", run: finishWhatRanOut },
    prune: { cron: "17 * * * *", run: forgetOld },
  },
})

interface Entering {
  readonly user: string
  readonly device: string | undefined
  readonly by: "password" | "two_factors" | "passkey"
}

async function opened(
  { user, device, by }: Entering,
  context: Here & { fail(code: "wrong"): never },
) {
  const { call, clock, config, fail, newId, ports, store } = context
  const account = await call(staffAccounts, "standing", { user })
  if (!account.ok || account.value.isDisabled) return fail("wrong")
  const { role } = account.value
  const token = randomBytes(TOKEN_BYTES).toString("base64url")
  const nowMs = clock.nowMs()
  const expiresAtMs = nowMs + config.lastsHours * HOUR_MS
  const doc: Session = {
    ...{ session: newId(), user, role, startedAtMs: nowMs, endsAtMs: expiresAtMs },
    ...{ activeAtMs: nowMs, provedAtMs: nowMs, wrongInARow: 0 },
    ...(device === undefined ? {} : { device }),
  }
  const id = tokenHash(token)
  const version = await store.sessions.put(id, doc)
  if (!(await refresh({ id, doc, version }, context))) return fail("wrong")
  await ports.signIn.note("signed_in", by, staffIn(doc))
  return { token, user, role, expiresAtMs }
}

/** Counts a wrong try at a locked screen. The last one ends the session. */
async function countWrong(
  { id }: Stored<Session>,
  proof: "wrong" | "locked",
  context: Here,
): Promise<"wrong" | "locked" | "ended"> {
  const counted = await context.store.sessions.change(id, (doc) => ({
    ...doc,
    wrongInARow: doc.wrongInARow + 1,
  }))
  if (counted && counted.doc.wrongInARow < WRONG_AT_SCREEN_MAX) return proof
  await close(id, context)
  return "ended"
}

async function sessionFor(token: string, { store }: Here) {
  return store.sessions.get(tokenHash(token))
}

async function ownSession(context: Here): Promise<Stored<Session> | undefined> {
  const { person, session } = staffOf(context.actor)
  const found = await sessionsOf(person, context)
  return found.find(({ doc }) => doc.session === session)
}

async function forgetOld({ clock, store }: Here): Promise<void> {
  const before = { endsAtMs: clock.nowMs() }
  const old = await store.sessions.find({ before, orderBy: "endsAtMs", limit: PRUNED_MAX })
  for (const { id } of old) await store.sessions.remove(id)
}

/** The rows of these commands let nobody but staff come here. */
function staffOf(actor: Actor): Staff {
  assert(actor.kind === "staff")
  return actor
}
