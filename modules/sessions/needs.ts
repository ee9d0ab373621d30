/** What sessions ask of the host, and how long things last. */
import { Type as t } from "typebox"
import { type Context, nothing } from "#core/module.ts"
import { mfa } from "../mfa/contract.ts"
import { staffAccounts } from "../staff-accounts/contract.ts"
import { Rights, type sessions } from "./contract.ts"
import { Session } from "./session.ts"

export const needs = {
  ...nothing,
  uses: [staffAccounts, mfa],
  hears: [staffAccounts, mfa],
  ports: ["signIn"],
  config: t.Object({
    lastsHours: t.Integer({ minimum: 1, maximum: 24, default: 10 }),
    /** 45 CFR 164.312(a)(2)(iii) asks for a log-off after a time that the site has chosen. */
    idleMinutes: t.Number({ exclusiveMinimum: 0, maximum: 120, default: 15 }),
    freshMinutes: t.Number({ exclusiveMinimum: 0, maximum: 120, default: 15 }),
  }),
  collections: {
    sessions: {
      schema: Session,
      indexes: { user: "plain", session: "plain", endsAtMs: "plain" },
    },
    rights: { schema: Rights, indexes: { user: "plain", fromMs: "plain", untilMs: "plain" } },
  },
} as const

export type Here = Context<typeof sessions, typeof needs>
