/** The dashboard serves people; the one thing it tells of itself is how the house fares. */
import { Type as t } from "typebox"
import { defineContract } from "#core/contract.ts"

const State = t.Union([
  t.Literal("starting"),
  t.Literal("running"),
  t.Literal("restarting"),
  t.Literal("quarantined"),
  t.Literal("stopped"),
])

const Timing = t.Object({ count: t.Integer(), p50Ms: t.Number(), p95Ms: t.Number() })

export const dashboard = defineContract({
  name: "dashboard",
  version: "0.1.0",
  commands: {
    modules: {
      does: "Tell how each module fares: state, restarts, memory, times.",
      effect: "read",
      action: "operate",
      input: t.Object({}),
      output: t.Object({
        modules: t.Array(
          t.Object({
            module: t.String(),
            version: t.String(),
            state: State,
            restarts: t.Integer(),
            residentMiB: t.Number(),
            commands: t.Record(t.String(), Timing),
          }),
        ),
      }),
      faults: {},
    },
  },
  events: {},
})
