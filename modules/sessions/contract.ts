/**
 * Signing in and out. A session is a bearer token that the host can look up, for a limited time.
 */
import { Type as t } from "typebox"
import { Role } from "#core/actor.ts"
import { defineContract } from "#core/contract.ts"

export const sessions = defineContract({
  name: "sessions",
  version: "0.1.0",
  commands: {
    login: {
      does: "Sign in with user name and password.",
      effect: "write",
      action: "sign_in",
      input: t.Object({
        user: t.String({ minLength: 1, maxLength: 64 }),
        password: t.String({ minLength: 1, maxLength: 200 }),
      }),
      output: t.Object({
        token: t.String(),
        user: t.String(),
        role: Role,
        expiresAtMs: t.Integer(),
      }),
      faults: {
        wrong: "User name or password is wrong.",
        locked: "Too many wrong passwords. Try again later.",
      },
      phi: ["password"],
    },
    logout: {
      does: "Sign out.",
      effect: "write",
      action: "sign_in",
      input: t.Object({ token: t.String({ maxLength: 200 }) }),
      output: t.Object({}),
      faults: {},
      phi: ["token"],
    },
  },
  events: {},
})
