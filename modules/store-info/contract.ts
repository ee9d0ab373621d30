/** The pharmacy itself: hours, holidays, address, and changing them. Nothing about anybody. */
import { type Static, Type as t } from "typebox"
import { defineContract } from "#core/contract.ts"
import { Day } from "#core/pms.ts"
import { Fact, Greeting, Holiday, Hours, Site, Topic } from "#core/site.ts"
import { DayName } from "./day-name.ts"

export type { DayName }

/** Wall-clock time at the pharmacy, `HH:MM`. */
const Time = t.String({ pattern: "^[0-2][0-9]:[0-5][0-9]$" })
const Span = t.Object({ opens: Time, closes: Time })

/** From the moment it opens to the moment it closes. */
const Opening = t.Object({ fromMs: t.Integer(), untilMs: t.Integer() })
const OPENINGS_MAX = 20_000

const HOLIDAYS_MAX = 100
const FACTS_MAX = 60

const { address, name, npi, phones, spokenName, timeZone } = Site.properties

/** What a pharmacy sets about itself on the screen, each part on its own. */
export const SetUp = t.Object({
  pharmacy: t.Object({ name, spokenName, npi, address, timeZone }),
  hours: Hours,
  holidays: t.Array(Holiday, { maxItems: HOLIDAYS_MAX }),
  phones,
  /** Told word for word to whoever asks about the topic. */
  facts: t.Array(Fact, { maxItems: FACTS_MAX }),
  /** Left out in a language: the house's own words. */
  greeting: Greeting,
})
export type SetUp = Static<typeof SetUp>

export const storeInfo = defineContract({
  name: "store-info",
  version: "0.4.0",
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
    hoursOn: {
      does: "Tell the hours of one day, by its name or its date.",
      effect: "read",
      action: "store_hours",
      input: t.Object({ day: DayName }),
      output: t.Object({
        on: Day,
        spans: t.Array(Span),
        holiday: t.Optional(t.String()),
        /** A holiday of which the pharmacy has said nothing: its usual hours may not hold. */
        isUncertain: t.Boolean(),
        /** When it opens after that day. */
        next: t.Optional(t.Object({ on: Day, opens: Time })),
      }),
      faults: { no_such_day: "No such day comes this year or the next." },
    },
    openings: {
      does: "List the spans between two moments in which the pharmacy is open, in order.",
      effect: "read",
      action: "store_hours",
      input: t.Object({ fromMs: t.Integer(), beforeMs: t.Integer() }),
      output: t.Object({
        openings: t.Array(Opening, { maxItems: OPENINGS_MAX }),
      }),
      faults: { too_long: "At most seven years are listed at once." },
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
        /** How the pharmacy greets a caller in its own words, where it has any. */
        greeting: t.Optional(Greeting),
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
    setUp: {
      does: "Show how the pharmacy is set up, and who changed it last.",
      effect: "read",
      action: "site_change",
      input: t.Object({}),
      output: t.Object({
        revision: t.Integer(),
        setUp: SetUp,
        /** Left out while what the site file says still counts. */
        last: t.Optional(t.Object({ by: t.String(), atMs: t.Integer() })),
      }),
      faults: {},
    },
    change: {
      does: "Change what the pharmacy says of itself: callers hear it from the next call on.",
      effect: "write",
      action: "site_change",
      input: t.Object({
        /** The revision that was edited, so that two people do not undo each other. */
        revision: t.Integer({ minimum: 0 }),
        reason: t.String({ minLength: 1, maxLength: 200 }),
        /** What is left out stays as it is. */
        parts: t.Partial(SetUp),
      }),
      output: t.Object({ revision: t.Integer() }),
      faults: {
        stale: "Somebody else changed this meanwhile.",
        npi_wrong: "The NPI has a wrong check digit.",
        zone_unknown: "No time zone has that name.",
        spans_wrong: "Hours end after they begin, and the next begin when the last have ended.",
        day_twice: "A day stands twice among the holidays.",
        fact_twice: "Two facts of one topic begin on the same day.",
        fact_ends_early: "A fact ends before it begins.",
        greeting_nameless: "A greeting has to say the name of the pharmacy as the voice says it.",
      },
    },
    history: {
      does: "List who changed what the pharmacy says of itself, when and why.",
      effect: "read",
      action: "site_change",
      input: t.Object({}),
      output: t.Object({
        changes: t.Array(
          t.Object({
            revision: t.Integer(),
            by: t.String(),
            atMs: t.Integer(),
            reason: t.String(),
            parts: t.Array(t.KeyOf(SetUp)),
          }),
        ),
      }),
      faults: {},
    },
    federalHolidays: {
      does: "List the federal holidays of the coming two years, on the days they are observed.",
      effect: "read",
      action: "site_change",
      input: t.Object({}),
      output: t.Object({ holidays: t.Array(t.Object({ on: Day, name: t.String() })) }),
      faults: {},
    },
  },
  events: {
    changed: t.Object({
      revision: t.Integer(),
      /** All of them, when they are what changed. */
      facts: t.Optional(SetUp.properties.facts),
      greeting: t.Optional(Greeting),
    }),
  },
})
