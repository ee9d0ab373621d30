/** What an entry of the log says, as it is sealed and as it is told. It opens no log. */
import { Type as t } from "typebox"

export const entryFields = {
  phase: t.Union([t.Literal("before"), t.Literal("after"), t.Literal("event")]),
  act: t.String(),
  /** Who acted, as the host knew them. */
  actor: t.Unknown(),
  via: t.Optional(t.String()),
  what: t.String(),
  patient: t.Optional(t.String()),
  decision: t.Optional(
    t.Object({
      verdict: t.String(),
      tier: t.Integer(),
      row: t.String(),
      rules: t.Array(t.String()),
    }),
  ),
  outcome: t.Optional(t.String()),
  /** What left the house for a model outside: whole before it left, its cost afterwards. */
  left: t.Optional(
    t.Object({
      to: t.String(),
      model: t.String(),
      purpose: t.String(),
      sha256: t.String(),
      text: t.Optional(t.String()),
      costMicroDollars: t.Optional(t.Integer()),
    }),
  ),
}
