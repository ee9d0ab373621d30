/** Drug names: what a caller may mean among their own drugs, and what must not be confused. */
import { Type as t } from "typebox"
import { defineContract } from "#core/contract.ts"
import { DeaSchedule } from "#core/decision.ts"
import { RxNumber } from "#core/pms.ts"

export const drugs = defineContract({
  name: "drugs",
  version: "0.1.1",
  commands: {
    match: {
      does: "Find which of the caller's own drugs were meant.",
      effect: "read",
      action: "internal",
      input: t.Object({
        text: t.String({ maxLength: 4_000 }),
        /** What the other ear heard; a drug that only one ear heard is not certain. */
        otherText: t.Optional(t.String({ maxLength: 4_000 })),
        candidates: t.Array(t.Object({ rxNumber: RxNumber, drugName: t.String() }), {
          maxItems: 500,
        }),
      }),
      output: t.Object({
        /** Meant beyond reasonable doubt, in the order said. */
        meant: t.Array(RxNumber),
        /**
         * Could be any of these: look alike, sound alike, or fit the same description. One by
         * itself was heard by one ear only.
         */
        unclear: t.Array(t.Array(RxNumber)),
        /** Named only to be left out: "all of them except the metformin". */
        leftOut: t.Optional(t.Array(RxNumber)),
        /** Named letter by letter, and by no ear otherwise: enough where names were offered. */
        exact: t.Optional(t.Array(RxNumber)),
        /** A drug was named or described that is not among the candidates. */
        namesOther: t.Boolean(),
      }),
      faults: {},
      phi: ["text", "otherText", "candidates"],
    },
    namesControlled: {
      does: "Tell whether words name a controlled drug, or speak of one without a name.",
      effect: "read",
      action: "internal",
      input: t.Object({ text: t.String({ maxLength: 4_000 }) }),
      output: t.Object({ isNamed: t.Boolean() }),
      faults: {},
      phi: ["text"],
    },
    describe: {
      does: "Tell what is known about a drug by its name.",
      effect: "read",
      action: "internal",
      input: t.Object({ drugName: t.String({ maxLength: 200 }) }),
      output: t.Object({
        /** How to say it: no strength, no form. */
        plainName: t.String(),
        /** 21 CFR 1308 by name; absent when the name is not in the table. */
        schedule: t.Optional(DeaSchedule),
        isHighAlert: t.Boolean(),
        /** HIV, psychiatric, substance use, reproductive: the bare version in every channel. */
        isSensitive: t.Boolean(),
      }),
      faults: {},
      phi: ["drugName"],
    },
  },
  events: {},
})
