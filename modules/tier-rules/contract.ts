/** The rules beside the tier matrix: read, edited with a history, tried out before they count. */
import { Type as t } from "typebox"
import { Actor } from "#core/actor.ts"
import { defineContract } from "#core/contract.ts"
import { Facts } from "#core/decision.ts"
import { Rule } from "#core/rule.ts"

export const tierRules = defineContract({
  name: "tier-rules",
  version: "0.2.1",
  commands: {
    list: {
      does: "List the rules in the order they speak.",
      effect: "read",
      action: "rule_change",
      input: t.Object({}),
      output: t.Object({ rules: t.Array(Rule), revision: t.Integer() }),
      faults: {},
    },
    replace: {
      does: "Put another set of rules in force.",
      effect: "write",
      action: "rule_change",
      input: t.Object({
        rules: t.Array(Rule, { maxItems: 200 }),
        /** The revision that was edited, so that two editors do not undo each other. */
        revision: t.Integer(),
        reason: t.String({ minLength: 1, maxLength: 500 }),
      }),
      output: t.Object({ revision: t.Integer() }),
      faults: {
        stale: "Somebody else changed the rules meanwhile.",
        unlawful: "The set leaves out or switches off a rule that must stand, or repeats a name.",
      },
    },
    whatIf: {
      does: "Tell where a request would go: under the rules in force, or under a set being edited.",
      effect: "read",
      action: "rule_change",
      input: t.Object({
        actor: Actor,
        action: t.String(),
        facts: Facts,
        /** A set that is not in force; it is tried, and nothing is kept of it. */
        rules: t.Optional(t.Array(Rule, { maxItems: 200 })),
      }),
      output: t.Object({
        verdict: t.Union([t.Literal("allow"), t.Literal("ask"), t.Literal("refuse")]),
        tier: t.Integer({ minimum: 0, maximum: 3 }),
        row: t.String(),
        rules: t.Array(t.String()),
      }),
      faults: {},
    },
    history: {
      does: "List earlier sets of rules: who changed what, when and why.",
      effect: "read",
      action: "rule_change",
      input: t.Object({}),
      output: t.Object({
        changes: t.Array(
          t.Object({
            revision: t.Integer(),
            by: t.String(),
            atMs: t.Integer(),
            reason: t.String(),
            rules: t.Array(Rule),
          }),
        ),
      }),
      faults: {},
    },
  },
  events: { changed: t.Object({ revision: t.Integer() }) },
})
