/** What the telephone needs from the house, and what a site can set about it. */
import { type Static, Type as t } from "typebox"
import { nothing } from "#core/module.ts"
import { Phone } from "#core/pms.ts"
import { Greeting } from "#core/site.ts"
import { intent, Language } from "../intent/contract.ts"
import { calls } from "../modules/calls/contract.ts"
import { conversations } from "../modules/conversations/contract.ts"
import { emergencies } from "../modules/emergencies/contract.ts"
import { insurance } from "../modules/insurance/contract.ts"
import { messaging } from "../modules/messaging/contract.ts"
import { recordings } from "../modules/recordings/contract.ts"
import { transcripts } from "../modules/transcripts/contract.ts"
import { KeptCall } from "./kept.ts"

const Reference = t.String({ minLength: 1 })

export const Settings = t.Object({
  /** Facts of the site. */
  spokenName: t.String(),
  greeting: Greeting,
  phones: t.Object({ pharmacy: Phone, pharmacist: Phone, afterHours: t.Optional(Phone) }),
  telephony: t.Object({
    accountSid: Reference,
    authToken: Reference,
    apiBase: t.Optional(Reference),
  }),
  recording: t.Union([t.Literal("announced"), t.Literal("off")], { default: "announced" }),
  language: t.Union([t.Literal("en"), t.Literal("es")], { default: "en" }),
  models: t.Union([t.Literal("embedded"), t.Literal("appliance")], { default: "embedded" }),
  /** The address that Twilio calls; signatures are computed over it. */
  publicUrl: t.String({ pattern: "^https?://[^/]+$", default: "http://localhost:8080" }),
  /** The token before this one, while they rotate. */
  previousAuthToken: t.Optional(Reference),
  /** Who takes calls that do not need a pharmacist; the pharmacist unless set. */
  technicianPhone: t.Optional(Phone),
  /** Calls answered at one time. */
  callsMax: t.Integer({ minimum: 1, maximum: 200, default: 20 }),
  speech: t.Object(
    {
      /** The program of the speech processes; without it a call has keys and text, and no voice. */
      entry: t.Optional(t.String()),
      /** Where rendered sentences that hold no value are kept; a folder of its own if unset. */
      sentencesFolder: t.Optional(t.String()),
      voices: t.Record(Language, t.String(), { default: { en: "af_heart", es: "ef_dora" } }),
      speed: t.Number({ minimum: 0.5, maximum: 2, default: 1 }),
    },
    { default: {} },
  ),
})
export type Settings = Static<typeof Settings>

export const needs = {
  ...nothing,
  uses: [calls, conversations, insurance, intent, messaging, recordings, transcripts],
  hears: [emergencies],
  collections: { kept: { schema: KeptCall, indexes: { atMs: "plain" } } },
  ports: ["files", "secrets"],
  listens: ["public"],
  config: Settings,
  memoryMiB: 384,
} as const

export type VoiceNeeds = typeof needs
