/**
 * Staff accounts: passwords by Argon2id, locked after too many wrong ones. Never tells which part.
 */
import { Type as t } from "typebox"
import { Role } from "#core/actor.ts"
import { type Context, defineModule, nothing } from "#core/module.ts"
import { staffAccounts } from "./contract.ts"
import { hashPassword, isPassword } from "./password.ts"

const WRONG_MAX = 5
const LOCK_MS = 15 * 60_000

const Account = t.Object({
  user: t.String(),
  fullName: t.String(),
  role: Role,
  isDisabled: t.Boolean(),
  passwordHash: t.String(),
  wrongInARow: t.Integer({ minimum: 0 }),
  lockedUntilMs: t.Integer(),
})

const needs = {
  ...nothing,
  config: t.Object({
    /** Makes one account for each role with this password when there are none. For the demo. */
    demoPassword: t.Optional(t.String({ minLength: 8 })),
  }),
  collections: { accounts: { schema: Account } },
} as const

type Here = Context<typeof staffAccounts, typeof needs>

/** Compared with when there is no such user, so that the answer takes as long. */
let nobodysHash = ""

export default defineModule(staffAccounts, needs, {
  async start(context) {
    nobodysHash = await hashPassword(context.newId())
    const { demoPassword } = context.config
    const none = (await context.store.accounts.count({})) === 0
    if (demoPassword !== undefined && none) await makeDemoStaff(demoPassword, context)
  },

  commands: {
    async verify({ user, password }, { clock, fail, log, store }) {
      const account = (await store.accounts.get(user))?.doc
      const isRight = await isPassword(password, account?.passwordHash ?? nobodysHash)
      if (account && account.lockedUntilMs > clock.nowMs()) return fail("locked")
      if (account && isRight && !account.isDisabled) {
        await store.accounts.change(user, (doc) => ({ ...doc, wrongInARow: 0 }))
        return { user: account.user, role: account.role }
      }
      if (account && !isRight) {
        const counted = await store.accounts.change(user, (doc) => counting(doc, clock.nowMs()))
        if (counted?.doc.wrongInARow === 0) log.warn("an account was locked: wrong passwords")
      }
      return fail("wrong")
    },

    async list(_, { store }) {
      const found = await store.accounts.find({ limit: 1_000 })
      return { accounts: found.map(({ doc }) => shown(doc)) }
    },

    async create({ password, ...rest }, { fail, store }) {
      if (await store.accounts.get(rest.user)) return fail("taken")
      const account = await fresh({ ...rest, password })
      await store.accounts.put(rest.user, account, 0)
      return shown(account)
    },

    async setPassword({ user, password }, { fail, store }) {
      const passwordHash = await hashPassword(password)
      const changed = await store.accounts.change(user, (doc) => ({
        ...doc,
        passwordHash,
        wrongInARow: 0,
        lockedUntilMs: 0,
      }))
      return changed ? {} : fail("unknown_user")
    },

    async disable({ user }, { emit, fail, store }) {
      const changed = await store.accounts.change(user, (doc) => ({ ...doc, isDisabled: true }))
      if (!changed) return fail("unknown_user")
      emit("disabled", { user })
      return {}
    },
  },
})

type Account = Parameters<Here["store"]["accounts"]["put"]>[1]

async function makeDemoStaff(password: string, { store }: Here): Promise<void> {
  const staff = [
    { user: "tech", fullName: "Tess Nicholls", role: "technician" },
    { user: "pharmacist", fullName: "Phara Macey", role: "pharmacist" },
    { user: "manager", fullName: "Manny Gerson", role: "manager" },
    { user: "operator", fullName: "Opal Ratner", role: "operator" },
  ] as const
  for (const one of staff) await store.accounts.put(one.user, await fresh({ ...one, password }), 0)
}

async function fresh({
  user,
  fullName,
  role,
  password,
}: Pick<Account, "user" | "fullName" | "role"> & { password: string }): Promise<Account> {
  const passwordHash = await hashPassword(password)
  return { user, fullName, role, passwordHash, isDisabled: false, wrongInARow: 0, lockedUntilMs: 0 }
}

function counting(account: Account, nowMs: number): Account {
  const wrongInARow = account.wrongInARow + 1
  if (wrongInARow < WRONG_MAX) return { ...account, wrongInARow }
  return { ...account, wrongInARow: 0, lockedUntilMs: nowMs + LOCK_MS }
}

function shown({ user, fullName, role, isDisabled }: Account) {
  return { user, fullName, role, isDisabled }
}
