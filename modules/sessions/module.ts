/**
 * Sessions: a token for a password, known to the host by its hash, and gone after a working day.
 */
import { createHash, randomBytes } from "node:crypto"
import { Type as t } from "typebox"
import { defineModule, nothing } from "#core/module.ts"
import { staffAccounts } from "../staff-accounts/contract.ts"
import { sessions } from "./contract.ts"

const TOKEN_BYTES = 32
const LOOKS_LIKE_USER = /^[a-z][a-z0-9._-]{1,31}$/

const Session = t.Object({ user: t.String(), tokenHash: t.String(), expiresAtMs: t.Integer() })

const needs = {
  ...nothing,
  uses: [staffAccounts],
  hears: [staffAccounts],
  ports: ["signIn"],
  config: t.Object({ lastsHours: t.Integer({ minimum: 1, maximum: 24, default: 10 }) }),
  collections: { open: { schema: Session, indexes: { user: "plain" } } },
} as const

export default defineModule(sessions, needs, {
  commands: {
    async login({ user, password }, { call, clock, config, fail, ports, store }) {
      const verified = await call(staffAccounts, "verify", { user, password })
      if (!verified.ok) {
        // What is typed into the wrong field stays out of the log: only what looks like a name of
        // ours.
        await ports.signIn.refused(LOOKS_LIKE_USER.test(user) ? user : "unreadable")
        return fail(verified.fault.code)
      }
      const { role } = verified.value
      const token = randomBytes(TOKEN_BYTES).toString("base64url")
      const tokenHash = createHash("sha256").update(token).digest("base64url")
      const expiresAtMs = clock.nowMs() + config.lastsHours * 3_600_000
      await ports.signIn.open(token, { kind: "staff", person: user, role }, expiresAtMs)
      await store.open.put(tokenHash, { user, tokenHash, expiresAtMs })
      return { token, user, role, expiresAtMs }
    },

    async logout({ token }, { ports, store }) {
      await ports.signIn.close(token)
      await store.open.remove(createHash("sha256").update(token).digest("base64url"))
      return {}
    },
  },

  events: {
    /** A closed account is out at once, not when its token expires. */
    async "staff-accounts.disabled"({ user }, { ports, store }) {
      for (const { doc } of await store.open.find({ where: { user }, limit: 1_000 })) {
        await ports.signIn.closeByHash(doc.tokenHash)
        await store.open.remove(doc.tokenHash)
      }
    },
  },
})
