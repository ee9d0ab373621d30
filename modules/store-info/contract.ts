/** The pharmacy itself: hours, holidays, address. Holds nothing about anybody. */
import { Type as t } from "typebox"
import { defineContract } from "#core/contract.ts"
import { Day } from "#core/pms.ts"
import { Topic } from "#core/site.ts"

/** Wall-clock time at the pharmacy, `HH:MM`. */
const Time = t.String({ pattern: "^[0-2][0-9]:[0-5][0-9]$" })
const Span = t.Object({ opens: Time, closes: Time })

export const storeInfo = defineContract({
  name: "store-info",
  version: "0.1.1",
  commands: {
    hours: {
      does: "Tell whether the pharmacy is open, and when it is.",
      effect: "read",
      action: "store_hours",
      /** A moment to ask about; now when left out. */
      input: t.Object({ atMs: t.Optional(t.Integer()) }),
      output: t.Object({
        isOpen: t.Boolean(),
        today: t.Object({ on: Day, spans: t.Array(Span), holiday: t.Optional(t.String()) }),
        /** When it closes today, while it is open. */
        closes: t.Optional(Time),
        /** When it opens next, while it is closed. */
        next: t.Optional(t.Object({ on: Day, opens: Time })),
        week: t.Array(t.Object({ weekday: t.String(), spans: t.Array(Span) })),
      }),
      faults: {},
    },
    location: {
      does: "Tell the pharmacy's name, address and numbers.",
      effect: "read",
      action: "store_hours",
      input: t.Object({}),
      output: t.Object({
        name: t.String(),
        spokenName: t.String(),
        address: t.String(),
        phone: t.String(),
      }),
      faults: {},
    },
    fact: {
      does: "Tell one fact of the pharmacy in its own sentence, and on whose word.",
      effect: "read",
      action: "store_hours",
      input: t.Object({ topic: Topic, language: t.Union([t.Literal("en"), t.Literal("es")]) }),
      output: t.Object({
        says: t.String(),
        source: t.String(),
        since: Day,
        until: t.Optional(Day),
      }),
      faults: { no_fact: "The pharmacy has not said anything about that, or no longer does." },
    },
  },
  events: {},
})
