/** What an utterance may tell beside what is wanted. */
import { type Static, Type as t } from "typebox"
import { Day } from "#core/pms.ts"
import { Topic } from "#core/site.ts"

/** What is said beside an answer or a wish; the first of them that is heard. */
export const asides = [
  "waits",
  "looks_for_us",
  "refuses",
  "asks_why",
  "has_question",
  "asks_what_we_do",
  "calls_off",
  /** Words of waiting among others: it waits if it does nothing else. */
  "may_wait",
] as const
export type Aside = (typeof asides)[number]

/** What no command carries out by itself; the first of them that is heard. */
export const errands = [
  "no_texts",
  "new_contact",
  "cancel",
  "text_when_ready",
  "off_record",
  "own_record",
  "auto_refill",
  "few_meanwhile",
  "not_arrived",
] as const

export const Slots = t.Object({
  rxNumbers: t.Optional(t.Array(t.String({ pattern: "^[0-9]{6,9}$" }), { maxItems: 10 })),
  /** Every reading of an ambiguous spoken date, the likeliest first. */
  datesOfBirth: t.Optional(t.Array(Day, { maxItems: 3 })),
  name: t.Optional(
    t.Object({
      first: t.Optional(t.String({ maxLength: 60 })),
      last: t.Optional(t.String({ maxLength: 60 })),
      spelled: t.Boolean(),
    }),
  ),
  zip: t.Optional(t.String({ pattern: "^[0-9]{5}$" })),
  /** Digits as said or keyed, when they are none of the above. */
  digits: t.Optional(t.String({ pattern: "^[0-9*#]{1,32}$" })),
  /** Asked for something that proves who one is: a code shall be texted. */
  wantsCode: t.Optional(t.Boolean()),
  yesNo: t.Optional(t.Union([t.Literal("yes"), t.Literal("no")])),
  /** "All of them." */
  all: t.Optional(t.Boolean()),
  /** "The second one", "the last one", "the other one". */
  choice: t.Optional(
    t.Union([t.Literal(1), t.Literal(2), t.Literal(3), t.Literal("last"), t.Literal("other")]),
  ),
  /** A correction: what was said before is taken back. */
  corrects: t.Optional(t.Boolean()),
  /** Who prescribed what is meant, as heard: "Chen". */
  prescriber: t.Optional(t.String({ maxLength: 60 })),
  /** How a medicine is described instead of named: "white", "blood pressure". */
  described: t.Optional(t.Array(t.String({ maxLength: 40 }), { maxItems: 6 })),
  /** What of the pharmacy is asked about: `delivery`, `parking`. */
  topics: t.Optional(t.Array(Topic, { maxItems: 4 })),
  /** The caller speaks for somebody else: "my mother", "my son". */
  forSomeoneElse: t.Optional(t.Boolean()),
  aside: t.Optional(t.Enum(asides)),
  errand: t.Optional(
    t.Object({
      kind: t.Enum(errands),
      /** What was said with it, in plain words. */
      beside: t.String({ maxLength: 4_000 }),
    }),
  ),
})
export type Slots = Static<typeof Slots>
