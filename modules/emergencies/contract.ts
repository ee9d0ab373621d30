/** Emergencies heard in a conversation: recorded, put before the pharmacist, never judged. */
import { Type as t } from "typebox"
import { Channel } from "#core/actor.ts"
import { defineContract } from "#core/contract.ts"

/** What kind of danger was heard, so that whoever looks knows before reading. */
const EmergencyFamily = t.Union([
  t.Literal("heart_stroke_breathing"),
  t.Literal("anaphylaxis"),
  t.Literal("overdose_poison"),
  t.Literal("self_harm"),
  t.Literal("sugar_bleeding_pregnancy_infant"),
  t.Literal("violence"),
  t.Literal("animal_poison"),
])

export const emergencies = defineContract({
  name: "emergencies",
  version: "0.2.0",
  commands: {
    report: {
      does: "Record an emergency and put it before the pharmacist at once.",
      effect: "irreversible",
      action: "internal",
      input: t.Object({
        conversation: t.String(),
        channel: Channel,
        family: EmergencyFamily,
        certainty: t.Union([t.Literal("certain"), t.Literal("possible")]),
        /** The words that were heard. */
        words: t.String({ maxLength: 1_000 }),
      }),
      output: t.Object({ item: t.String() }),
      faults: {},
      phi: ["words"],
    },
    list: {
      does: "List emergencies, the newest first.",
      effect: "read",
      action: "staff_view",
      discloses: true,
      input: t.Object({ limit: t.Optional(t.Integer({ minimum: 1, maximum: 200 })) }),
      output: t.Object({
        emergencies: t.Array(
          t.Object({
            conversation: t.String(),
            family: EmergencyFamily,
            words: t.String(),
            atMs: t.Integer(),
            /** Absent when the work queue could not be reached. */
            item: t.Optional(t.String()),
          }),
        ),
      }),
      faults: {},
    },
  },
  events: {
    reported: t.Object({
      conversation: t.String(),
      channel: Channel,
      family: EmergencyFamily,
    }),
  },
})
