/** Words in, one understanding out. It proposes and phrases; it never executes or decides. */
import { type Static, Type as t } from "typebox"
import { defineContract } from "#core/contract.ts"
import { Mood } from "#core/mood.ts"
import { Day, PatientId } from "#core/pms.ts"
import { Fact, Topic } from "#core/site.ts"
import { Slots } from "./slots/kinds.ts"

export { Slots }

export const Language = t.Union([t.Literal("en"), t.Literal("es")])
export type Language = Static<typeof Language>

/** What the last question asked for. It decides which direct matches count and how long to wait. */
export const Expect = t.Union([
  t.Literal("request"),
  t.Literal("yes_no"),
  t.Literal("name"),
  t.Literal("date_of_birth"),
  t.Literal("rx_number"),
  t.Literal("zip"),
  t.Literal("code"),
  t.Literal("which_drug"),
  t.Literal("message"),
])
export type Expect = Static<typeof Expect>

export const EmergencyFamily = t.Union([
  t.Literal("heart_stroke_breathing"),
  t.Literal("anaphylaxis"),
  t.Literal("overdose_poison"),
  t.Literal("self_harm"),
  t.Literal("sugar_bleeding_pregnancy_infant"),
  t.Literal("violence"),
  t.Literal("animal_poison"),
])
export type EmergencyFamily = Static<typeof EmergencyFamily>

export const IntentName = t.Union([
  t.Literal("status"),
  t.Literal("refill"),
  t.Literal("hours"),
  /** Something else about the pharmacy itself: which is in `topics`. */
  t.Literal("store_fact"),
  t.Literal("transfer_in"),
  t.Literal("transfer_out"),
  t.Literal("insurance"),
  t.Literal("prior_auth"),
  t.Literal("new_rx"),
  t.Literal("controlled"),
  t.Literal("clinical"),
  t.Literal("interaction"),
  t.Literal("price"),
  t.Literal("refund"),
  t.Literal("complaint"),
  t.Literal("person"),
  t.Literal("repeat"),
  t.Literal("yes"),
  t.Literal("no"),
  t.Literal("goodbye"),
])
export type IntentName = Static<typeof IntentName>

export const Wish = t.Object({
  intent: IntentName,
  /** Calibrated, 0 to 1: of a hundred wishes said with 0.9, ninety are right. */
  confidence: t.Number({ minimum: 0, maximum: 1 }),
})

/** One step of the way from words to wishes: what came of asking it, and how long that took. */
export const Tried = t.Object({
  step: t.String({ maxLength: 40 }),
  /** Sure: it ended the search. Silent: nothing to say. Late or out: its time or its model. */
  why: t.Union([
    t.Literal("sure"),
    t.Literal("unsure"),
    t.Literal("silent"),
    t.Literal("late"),
    t.Literal("out"),
  ]),
  ms: t.Integer({ minimum: 0 }),
  confidence: t.Optional(t.Number({ minimum: 0, maximum: 1 })),
})
export type Tried = Static<typeof Tried>

export const Understanding = t.Object({
  emergency: t.Optional(
    t.Object({
      family: EmergencyFamily,
      /** Possible: negated or a drug's purpose; one yes-or-no question settles it. */
      certainty: t.Union([t.Literal("certain"), t.Literal("possible")]),
    }),
  ),
  /** In the order said; empty is "none of these". */
  wishes: t.Array(Wish, { maxItems: 4 }),
  slots: Slots,
  tone: t.Optional(t.Union([t.Literal("angry"), t.Literal("distressed"), t.Literal("child")])),
  mood: t.Optional(Mood),
  objectsToRecording: t.Boolean(),
  language: Language,
  /** Absent for keys and for plain answers, which are read by rules alone. */
  tried: t.Optional(t.Array(Tried, { maxItems: 8 })),
})
export type Understanding = Static<typeof Understanding>

/** As the pharmacy system has it, however that is. */
const Kept = t.String({ maxLength: 300 })
const Own = t.Optional(t.Array(Kept, { maxItems: 50 }))

/** Whom the words may be about, so that nothing of theirs leaves the house with a question. */
export const About = t.Object({
  people: t.Array(
    t.Object({
      role: t.Union([
        t.Literal("caller"),
        t.Literal("patient"),
        t.Literal("prescriber"),
        t.Literal("staff"),
      ]),
      first: t.Optional(Kept),
      last: t.Optional(Kept),
      aliases: Own,
      dateOfBirth: t.Optional(Day),
      phones: Own,
      zip: t.Optional(t.String({ maxLength: 10 })),
      address: t.Optional(Kept),
      email: t.Optional(Kept),
      rxNumbers: Own,
      /** Insurance ids and whatever else is theirs alone. */
      others: Own,
    }),
    { maxItems: 20 },
  ),
  /** Names of drugs: they are no identifier, and may stay. */
  drugs: t.Array(Kept, { maxItems: 200 }),
})
export type About = Static<typeof About>

/** What a letter to a plan is made of, as the prescriber and the pharmacy system gave it. */
export const PriorAuthPacket = t.Object({
  drugName: t.String({ minLength: 1, maxLength: 200 }),
  directions: t.Optional(t.String({ maxLength: 300 })),
  /** ICD-10-CM, as the prescriber gave it. It is never guessed, and never leaves the house. */
  diagnosisCode: t.String({ pattern: "^[A-Z][0-9][0-9A-Z](\\.[0-9A-Z]{1,4})?$" }),
  diagnosis: t.Optional(t.String({ maxLength: 300 })),
  tried: t.Array(
    t.Object({
      drugName: t.String({ minLength: 1, maxLength: 200 }),
      outcome: t.String({ maxLength: 300 }),
    }),
    { maxItems: 20 },
  ),
  /** What the plan wants to know. */
  question: t.String({ minLength: 1, maxLength: 2_000 }),
})
export type PriorAuthPacket = Static<typeof PriorAuthPacket>

export const PriorAuthLetter = t.Object({
  /** Always: a person edits it and signs it. Nothing sends it. */
  isDraft: t.Literal(true),
  /** By a template from what is on file, or worded by a model elsewhere. */
  madeBy: t.Union([t.Literal("rules"), t.Literal("model")]),
  text: t.String({ maxLength: 16_000 }),
})
export type PriorAuthLetter = Static<typeof PriorAuthLetter>

/** One sentence to say: which reply, and the facts a command returned to fill it with. */
export const Line = t.Object({
  reply: t.String({ pattern: "^[a-z][a-z0-9_]*(\\.[a-z0-9_]+)*$" }),
  values: t.Optional(t.Record(t.String(), t.Union([t.String(), t.Number()]))),
})
export type Line = Static<typeof Line>

export const Sentence = t.Object({
  reply: t.String(),
  /** As written in a text message or a transcript. */
  text: t.String(),
  /** As spoken: numbers and dates in words, digits one by one. */
  spoken: t.String(),
  /** No value was filled in, so it can be rendered once and kept. */
  fixed: t.Boolean(),
  /** Barge-in does not cut it off: disclosure, emergency. */
  protected: t.Boolean(),
  /** Where it is not the one that was asked for, as in "para español, oprima dos". */
  language: t.Optional(Language),
})
export type Sentence = Static<typeof Sentence>

export const intent = defineContract({
  name: "intent",
  version: "0.10.0",
  commands: {
    understand: {
      does: "Understand what a caller said.",
      effect: "read",
      action: "internal",
      input: t.Object({
        text: t.String({ maxLength: 4_000 }),
        /** What another ear wrote: danger is heard in either. */
        otherText: t.Optional(t.String({ maxLength: 4_000 })),
        source: t.Union([t.Literal("speech"), t.Literal("typed"), t.Literal("keys")]),
        expect: Expect,
        language: Language,
        /** Without it no text leaves the house, whatever the site has switched on. */
        about: t.Optional(About),
        /** Danger was heard in this conversation: nothing of it leaves the house. */
        isEmergency: t.Optional(t.Boolean()),
      }),
      output: Understanding,
      faults: {},
      phi: ["text", "otherText", "about"],
    },
    asksOutside: {
      does: "Tell whether words may leave the house at all: whether the site has switched that on.",
      effect: "read",
      action: "internal",
      input: t.Object({}),
      output: t.Object({ isOn: t.Boolean() }),
      faults: {},
    },
    draft: {
      does: "Draft a document from what was said, where the site has switched the cloud on.",
      effect: "read",
      action: "internal",
      input: t.Object({
        kind: t.Literal("complaint_summary"),
        text: t.String({ minLength: 1, maxLength: 4_000 }),
        about: About,
        patient: t.Optional(PatientId),
      }),
      /** None when the cloud is off, or had no answer: whoever asks goes on without. */
      output: t.Object({ draft: t.Optional(t.String({ maxLength: 1_200 })) }),
      faults: {},
      phi: ["text", "about", "patient"],
    },
    summarise: {
      does: "Put what a caller said in one line, where a local model has earned that.",
      effect: "read",
      action: "internal",
      input: t.Object({ text: t.String({ minLength: 1, maxLength: 4_000 }) }),
      /** None where no model here was measured to be good enough: whoever asks has its own. */
      output: t.Object({ summary: t.Optional(t.String({ maxLength: 200 })) }),
      faults: {},
      phi: ["text"],
    },
    draftPriorAuth: {
      does: "Draft a letter for a prior authorisation, for a person to edit and sign.",
      effect: "read",
      action: "internal",
      input: t.Object({
        packet: PriorAuthPacket,
        /** The patient and the prescriber first; and whoever else the words may be about. */
        about: About,
        patient: t.Optional(PatientId),
      }),
      output: PriorAuthLetter,
      faults: {},
      phi: ["packet", "about", "patient"],
    },
    phrase: {
      does: "Fill replies with facts.",
      effect: "read",
      action: "internal",
      input: t.Object({ lines: t.Array(Line, { maxItems: 20 }), language: Language }),
      output: t.Object({ sentences: t.Array(Sentence) }),
      faults: {
        unknown_reply: "No reply has that name.",
        wrong_values: "The values are not those the reply needs.",
        forbidden: "The sentence says what must never be said.",
      },
      phi: ["lines"],
    },
    siteWords: {
      does: "Tell what callers ask of a pharmacy, and what is always said beside its own greeting.",
      effect: "read",
      action: "site_change",
      input: t.Object({}),
      output: t.Object({
        /** Only what is asked about one of these is ever told. */
        topics: t.Array(Topic),
        always: t.Object({ en: t.Array(t.String()), es: t.Array(t.String()) }),
      }),
      faults: {},
    },
    review: {
      does: "Tell how a sentence of the pharmacy's own would be said, or why it never would be.",
      effect: "read",
      action: "site_change",
      input: t.Object({
        kind: t.Union([t.Literal("fact"), t.Literal("greeting")]),
        language: Language,
        words: Fact.properties.says.properties.en,
      }),
      output: t.Object({
        /** As spoken: numbers and dates in words. */
        spoken: t.String(),
        trouble: t.Optional(
          t.Union([
            t.Literal("never_say"),
            t.Literal("number"),
            t.Literal("address"),
            t.Literal("medicine"),
          ]),
        ),
      }),
      faults: {},
    },
    health: {
      does: "Tell how the language models fare, and what the cloud cost today.",
      effect: "read",
      action: "operate",
      input: t.Object({}),
      output: t.Object({
        /** The classifier reads meaning; without it words alone decide. */
        usesMeaning: t.Boolean(),
        languageModels: t.Array(
          t.Object({
            model: t.String(),
            isReady: t.Boolean(),
            deaths: t.Integer(),
            residentMiB: t.Integer(),
            loadMs: t.Optional(t.Integer()),
          }),
        ),
        cloud: t.Object({
          isOn: t.Boolean(),
          /** The site has switched it on; it stays off when a key can't be read. */
          isWanted: t.Optional(t.Boolean()),
          today: t.Optional(t.Object({ asks: t.Integer(), costMicroDollars: t.Integer() })),
          dailyAsksMax: t.Optional(t.Integer()),
          dailyCostMaxCents: t.Optional(t.Integer()),
          providers: t.Array(
            t.Object({
              name: t.String(),
              model: t.String(),
              /** Who confirmed the business associate agreement, and when. */
              baa: t.Object({ confirmedOn: Day, confirmedBy: t.String() }),
              circuit: t.Union([t.Literal("closed"), t.Literal("open"), t.Literal("half_open")]),
            }),
          ),
        }),
      }),
      faults: {},
    },
    fixedReplies: {
      does: "List every reply that holds no value, to be rendered before it is needed.",
      effect: "read",
      action: "internal",
      input: t.Object({ language: Language }),
      output: t.Object({ sentences: t.Array(Sentence) }),
      faults: {},
    },
  },
  events: {},
})
