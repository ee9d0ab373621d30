/**
 * A rule raises the tier of a command, or refuses it. Data that a site may reorder or switch off.
 */
import { type Static, Type as t } from "typebox"
import { DeaSchedule, DurSeverity, RefillEligibility } from "./decision.ts"

/** What a rule looks at. All given parts must hold; a part left out holds always. */
export const Condition = t.Object({
  /** Actions it applies to; all when left out. */
  actions: t.Optional(t.Array(t.String())),
  /** True for commands on a patient's record by a caller who is not verified for that record. */
  unverified: t.Optional(t.Boolean()),
  schedules: t.Optional(t.Array(DeaSchedule)),
  durs: t.Optional(t.Array(DurSeverity)),
  eligibilities: t.Optional(t.Array(RefillEligibility)),
  highAlert: t.Optional(t.Boolean()),
  money: t.Optional(t.Boolean()),
  emergency: t.Optional(t.Boolean()),
  confidenceBelow: t.Optional(t.Number({ minimum: 0, maximum: 1 })),
})
export type Condition = Static<typeof Condition>

export const Rule = t.Object({
  name: t.String({ pattern: "^[a-z][a-z_]*$" }),
  /** Higher speaks first in the list of reasons. It never lowers what another rule asked for. */
  priority: t.Integer({ minimum: 0, maximum: 1000 }),
  enabled: t.Boolean(),
  when: Condition,
  raises: t.Union([
    t.Object({ tier: t.Union([t.Literal(1), t.Literal(2), t.Literal(3)]) }),
    t.Object({ refuse: t.Literal(true) }),
  ]),
  /** One sentence for the person who decides. */
  because: t.String({ maxLength: 200 }),
})
export type Rule = Static<typeof Rule>
