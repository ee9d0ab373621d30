/** Trying another pharmacy system, or other settings, before the site file is changed. No PHI. */
import { type Static, Type as t } from "typebox"
import { defineContract } from "#core/contract.ts"

const Adapter = t.String({ pattern: "^[a-z][a-z0-9-]*$", maxLength: 40 })
const Settings = t.Record(t.String(), t.Unknown())

/** One setting, as a form asks for it. */
export const Field = t.Object({
  name: t.String(),
  /** A secret is a reference, never a value; what has parts of its own is written as JSON. */
  kind: t.Union([
    t.Literal("text"),
    t.Literal("number"),
    t.Literal("switch"),
    t.Literal("secret"),
    t.Literal("json"),
  ]),
  isRequired: t.Boolean(),
  help: t.Optional(t.String()),
  /** What counts when nothing is written. */
  usual: t.Optional(t.Unknown()),
})
export type Field = Static<typeof Field>

export const Choices = t.Object({
  inUse: t.Object({ adapter: t.String(), settings: Settings }),
  adapters: t.Array(
    t.Object({
      adapter: t.String(),
      vendor: t.String(),
      /** It tells by itself, so it is not tried: what a trial heard would be lost. */
      isFed: t.Boolean(),
      fields: t.Array(Field),
    }),
  ),
})

export const Tried = t.Object({
  /** What does not fit, by the name of its setting; empty when it is the whole. */
  problems: t.Array(t.Object({ where: t.String(), says: t.String() })),
  findings: t.Array(
    t.Object({
      operation: t.String(),
      mark: t.Union([
        t.Literal("works"),
        t.Literal("fails"),
        t.Literal("absent"),
        t.Literal("untried"),
      ]),
      says: t.String(),
    }),
  ),
  /** What belongs into the site file. */
  yaml: t.Optional(t.String()),
})
export type Tried = Static<typeof Tried>

export const pmsTrials = defineContract({
  name: "pms-trials",
  version: "0.1.0",
  commands: {
    choices: {
      does: "List the pharmacy systems there are adapters for, their settings, and the one in use.",
      effect: "read",
      action: "site_change",
      input: t.Object({}),
      output: Choices,
      faults: {},
    },
    begin: {
      does: "Begin to check settings and to try the system with them: it reads about nobody.",
      effect: "write",
      action: "site_change",
      input: t.Object({ adapter: Adapter, settings: Settings }),
      output: t.Object({ trial: t.String() }),
      faults: {
        under_way: "A trial is under way. Wait for its end.",
        not_of_pms: "Only a secret with pms in its name is tried: no other one goes to a vendor.",
      },
    },
    result: {
      does: "Tell what came of a trial.",
      effect: "read",
      action: "site_change",
      input: t.Object({ trial: t.String({ maxLength: 64 }) }),
      output: t.Object({
        /** Left out while it is under way. */
        tried: t.Optional(Tried),
      }),
      faults: { unknown_trial: "No trial has that name, or a later one took its place." },
    },
  },
  events: {},
})
