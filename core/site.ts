/** What a pharmacy writes about itself in `config/site.yaml`. Facts and references, no secret. */
import { type Static, Type as t } from "typebox"
import { KeyReference } from "./key-source.ts"
import { Day, Phone } from "./pms.ts"
import { SecretReference } from "./secrets.ts"

const closed = { additionalProperties: false }
const Line = t.String({ minLength: 1, maxLength: 120 })
const TimeOfDay = t.String({ pattern: "^([01]\\d|2[0-3]):[0-5]\\d$" })
const Span = t.Object({ opens: TimeOfDay, closes: TimeOfDay }, closed)
/** In the order of the day; none means closed. */
const DayHours = t.Array(Span, { maxItems: 4 })

export const Hours = t.Object(
  {
    monday: DayHours,
    tuesday: DayHours,
    wednesday: DayHours,
    thursday: DayHours,
    friday: DayHours,
    saturday: DayHours,
    sunday: DayHours,
  },
  closed,
)
export type Hours = Static<typeof Hours>

/** A day with hours of its own; closed unless it says otherwise. */
export const Holiday = t.Object({ on: Day, name: Line, hours: t.Optional(DayHours) }, closed)
export type Holiday = Static<typeof Holiday>

/** What a caller may ask about the pharmacy: `delivery`, `parking`. */
export const Topic = t.String({ pattern: "^[a-z]+(_[a-z]+)*$", maxLength: 40 })
const Sentence = t.String({ minLength: 2, maxLength: 250 })

/** One sentence that anybody who asks is told, and on whose word. */
export const Fact = t.Object(
  {
    topic: Topic,
    says: t.Object({ en: Sentence, es: Sentence }, closed),
    /** Who at the pharmacy confirmed it, or where it stands. */
    source: Line,
    since: Day,
    /** The last day on which it is told. */
    until: t.Optional(Day),
  },
  closed,
)
export type Fact = Static<typeof Fact>

const Welcome = t.Optional(t.String({ minLength: 2, maxLength: 200 }))

/** How a call begins, in the pharmacy's own words; what the law wants said follows them always. */
export const Greeting = t.Object({ en: Welcome, es: Welcome }, { ...closed, default: {} })
export type Greeting = Static<typeof Greeting>

const Settings = t.Record(t.String(), t.Unknown(), { default: {} })

export const Site = t.Object(
  {
    name: Line,
    /** As a voice should say it. */
    spokenName: Line,
    npi: t.String({ pattern: "^[12]\\d{9}$" }),
    address: t.Object(
      {
        street: Line,
        city: Line,
        state: t.String({ pattern: "^[A-Z]{2}$" }),
        zip: t.String({ pattern: "^\\d{5}(-\\d{4})?$" }),
      },
      closed,
    ),
    /** IANA name. Every time of day in this file is in it. */
    timeZone: Line,
    phones: t.Object({ pharmacy: Phone, pharmacist: Phone, afterHours: t.Optional(Phone) }, closed),
    hours: Hours,
    holidays: t.Array(Holiday, { default: [] }),
    /** What is told of delivery, parking or a flu shot; of what is not here, a person tells. */
    facts: t.Array(Fact, { default: [] }),
    greeting: Greeting,
    language: t.Union([t.Literal("en"), t.Literal("es")], { default: "en" }),
    recording: t.Union([t.Literal("announced"), t.Literal("off")], { default: "announced" }),
    /** The folder of the adapter under `pms-adapters/`, and what it is told. */
    pms: t.Object(
      { adapter: t.String({ pattern: "^[a-z][a-z0-9-]*$" }), settings: Settings },
      closed,
    ),
    modules: t.Object(
      {
        list: t.Union([t.Literal("all"), t.Array(t.String())], { default: "all" }),
        settings: Settings,
      },
      { ...closed, default: {} },
    ),
    telephony: t.Object(
      {
        accountSid: SecretReference,
        authToken: SecretReference,
        /** The REST address, when it is not Twilio's own. */
        apiBase: t.Optional(SecretReference),
      },
      closed,
    ),
    key: KeyReference,
    models: t.Union([t.Literal("embedded"), t.Literal("appliance")], { default: "embedded" }),
  },
  closed,
)
export type Site = Static<typeof Site>
