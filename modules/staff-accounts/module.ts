/**
 * Staff accounts: who works here and with which licence; passwords and PINs by Argon2id, with a
 * wait that grows with wrong tries. Never tells which part was wrong.
 */
import { Type as t } from "typebox"
import type { Actor, Staff } from "#core/actor.ts"
import { assert } from "#core/fault.ts"
import { inTurn } from "#core/in-turn.ts"
import { type Context, defineModule, nothing } from "#core/module.ts"
import { counted, endOf, forgiven, StoredAccount, shown } from "./account.ts"
import { staffAccounts } from "./contract.ts"
import { demoLicence, demoStaff } from "./demo-staff.ts"
import { hashPassword, isDated, isPassword } from "./password.ts"
import { staffingOf } from "./staffing.ts"
import { isWeakPassword, isWeakPin } from "./strength.ts"

const ACCOUNTS_MAX = 1_000
/** Two managers who close each other's accounts at once do it one after the other. */
const MANAGERS = "managers"

const needs = {
  ...nothing,
  config: t.Object({
    timeZone: t.String(),
    /** Makes one account for each role with this password when there are none. For the demo. */
    demoPassword: t.Optional(t.String({ minLength: 8 })),
  }),
  collections: { accounts: { schema: StoredAccount } },
} as const

type Here = Context<typeof staffAccounts, typeof needs>

/** Compared with when there is nothing to compare with, so that the answer takes as long. */
let nobodysHash = ""

export default defineModule(staffAccounts, needs, {
  async start(context) {
    nobodysHash = await hashPassword(context.newId())
    const { demoPassword } = context.config
    if (demoPassword !== undefined) await openDemo(demoPassword, context)
  },

  commands: {
    async verify({ user, password }, context) {
      const { fail, store } = context
      const account = (await store.accounts.get(user))?.doc
      const isRight = await isPassword(password, account?.passwordHash ?? nobodysHash)
      if (account && isLocked(account, context)) return fail("locked")
      if (!account) return fail("wrong")
      if (!isRight) return failCounted(user, context)
      if (account.isDisabled) return fail("wrong")
      if (isDated(account.passwordHash)) {
        const passwordHash = await hashPassword(password)
        await store.accounts.change(user, (doc) => ({ ...doc, passwordHash }))
      }
      return { user: account.user, role: account.role }
    },

    async verifyPin({ user, pin }, context) {
      const { fail, store } = context
      const account = (await store.accounts.get(user))?.doc
      const isRight = await isPassword(pin, account?.pinHash ?? nobodysHash)
      if (account && isLocked(account, context)) return fail("locked")
      if (!account?.pinHash || account.isDisabled) return fail("wrong")
      return isRight ? {} : failCounted(user, context)
    },

    async count({ user, isRight }, context) {
      if (isRight) await context.store.accounts.change(user, forgiven)
      else await countWrong(user, context)
      return {}
    },

    async standing({ user }, { config, fail, store }) {
      const found = await store.accounts.get(user)
      if (!found) return fail("unknown_user")
      const { role, isDisabled, licence, mustChangePassword = false, pinHash } = found.doc
      const hasPin = pinHash !== undefined
      const end = licence ? { licensedUntilMs: endOf(licence, config.timeZone) } : {}
      return { role, isDisabled, mustChangePassword, hasPin, ...end }
    },

    async list(_, { store }) {
      const found = await store.accounts.find({ limit: ACCOUNTS_MAX })
      return { accounts: found.map(({ doc }) => shown(doc)) }
    },

    async create({ password, ...rest }, context) {
      const { fail, store } = context
      requireProof(context)
      if (await store.accounts.get(rest.user)) return fail("taken")
      if (isWeakPassword(password, rest)) return fail("weak_password")
      const account = { ...(await fresh({ ...rest, password })), mustChangePassword: true }
      await store.accounts.put(rest.user, account, 0)
      return shown(account)
    },

    async setRole({ user, role }, context) {
      requireProof(context)
      return inTurn(MANAGERS, async () => {
        if (role !== "manager") await requireAnotherManager(user, context)
        return edit(user, context, (doc) => ({ ...doc, role }))
      })
    },

    async setLicence({ user, licence }, context) {
      requireProof(context)
      return edit(user, context, ({ licence: _, ...doc }) => (licence ? { ...doc, licence } : doc))
    },

    async setPassword({ user, password }, context) {
      const { emit, fail, store } = context
      requireProof(context)
      const account = (await store.accounts.get(user))?.doc
      if (!account) return fail("unknown_user")
      if (isWeakPassword(password, account)) return fail("weak_password")
      const passwordHash = await hashPassword(password)
      await store.accounts.change(user, (doc) => ({
        ...forgiven(doc),
        ...{ passwordHash, mustChangePassword: true },
      }))
      emit("passwordChanged", { user })
      return {}
    },

    async disable({ user }, context) {
      const { emit, fail, store } = context
      return inTurn(MANAGERS, async () => {
        await requireAnotherManager(user, context)
        const changed = await store.accounts.change(user, (doc) => ({ ...doc, isDisabled: true }))
        if (!changed) return fail("unknown_user")
        emit("disabled", { user })
        return {}
      })
    },

    async enable({ user }, context) {
      const { fail, store } = context
      requireProof(context)
      const opened = (doc: StoredAccount) => ({ ...forgiven(doc), isDisabled: false })
      return (await store.accounts.change(user, opened)) ? {} : fail("unknown_user")
    },

    async staffing(_, { clock, config, store }) {
      const found = await store.accounts.find({ limit: ACCOUNTS_MAX })
      const accounts = found.map(({ doc }) => doc)
      return staffingOf(accounts, { nowMs: clock.nowMs(), timeZone: config.timeZone })
    },

    async own(_, { actor, fail, store }) {
      const found = await store.accounts.get(staffOf(actor).person)
      return found ? shown(found.doc) : fail("unknown_user")
    },

    async changePassword({ password, next }, context) {
      const { actor, emit, fail, store } = context
      const { person: user, session } = staffOf(actor)
      const account = (await store.accounts.get(user))?.doc
      const isRight = await isPassword(password, account?.passwordHash ?? nobodysHash)
      if (!account) return fail("wrong")
      if (isLocked(account, context)) return fail("locked")
      if (!isRight) return failCounted(user, context)
      if (isWeakPassword(next, account)) return fail("weak_password")
      if (await isPassword(next, account.passwordHash)) return fail("same")
      const passwordHash = await hashPassword(next)
      await store.accounts.change(user, ({ mustChangePassword: _, ...doc }) => ({
        ...forgiven(doc),
        passwordHash,
      }))
      emit("passwordChanged", { user, ...(session === undefined ? {} : { session }) })
      return {}
    },

    async setPin({ pin }, context) {
      const { actor, fail, store } = context
      const { person } = staffOf(actor)
      requireProof(context)
      if (pin !== undefined && isWeakPin(pin)) return fail("weak_pin")
      const hashed = pin === undefined ? {} : { pinHash: await hashPassword(pin) }
      const changed = await store.accounts.change(person, ({ pinHash: _, ...doc }) => {
        return { ...doc, ...hashed }
      })
      return changed ? shown(changed.doc) : fail("unknown_user")
    },
  },
})

function isLocked({ lockedUntilMs }: StoredAccount, { clock }: Here): boolean {
  return lockedUntilMs > clock.nowMs()
}

async function failCounted(user: string, context: Here & { fail(code: "wrong"): never }) {
  await countWrong(user, context)
  return context.fail("wrong")
}

async function countWrong(user: string, { clock, log, store }: Here): Promise<void> {
  const found = await store.accounts.change(user, (doc) => counted(doc, clock.nowMs()))
  if (found && found.doc.lockedUntilMs > clock.nowMs())
    log.warn("an account was locked: wrong tries")
}

/** Whoever borrows an open screen must not make it theirs, nor anybody's account. */
function requireProof({ actor, fail }: Here & { fail(code: "prove_again"): never }): void {
  if (actor.kind === "staff" && actor.lacks?.includes("proof")) fail("prove_again")
}

/** Whoever is last to manage the staff would lock the house from outside. */
async function requireAnotherManager(
  user: string,
  { fail, store }: Here & { fail(code: "last_manager"): never },
): Promise<void> {
  const found = await store.accounts.find({ limit: ACCOUNTS_MAX })
  const managers = found.filter(({ doc }) => doc.role === "manager" && !doc.isDisabled)
  if (managers.length === 1 && managers[0]?.id === user) fail("last_manager")
}

/** Changes a role or a licence; sessions learn of it and go on with what is left. */
async function edit(
  user: string,
  { emit, fail, store }: Here & { fail(code: "unknown_user"): never },
  change: (doc: StoredAccount) => StoredAccount,
) {
  const changed = await store.accounts.change(user, change)
  if (!changed) return fail("unknown_user")
  emit("changed", { user })
  return shown(changed.doc)
}

/** The row of one's own account lets nobody but staff come here. */
function staffOf(actor: Actor): Staff {
  assert(actor.kind === "staff")
  return actor
}

async function openDemo(password: string, { store }: Here): Promise<void> {
  if ((await store.accounts.count({})) === 0) {
    for (const one of demoStaff) {
      await store.accounts.put(one.user, await fresh({ ...one, password }), 0)
    }
  }
  // A demo that is older than licences goes on deciding.
  await store.accounts.change("pharmacist", (doc) => ({ licence: demoLicence, ...doc }))
}

async function fresh({
  password,
  ...who
}: Pick<StoredAccount, "user" | "fullName" | "role" | "licence"> & {
  password: string
}): Promise<StoredAccount> {
  const passwordHash = await hashPassword(password)
  return { ...who, passwordHash, isDisabled: false, wrongInARow: 0, lockedUntilMs: 0 }
}
