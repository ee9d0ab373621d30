/** The telephone: live calls, and the few things others may ask of one. */
import { Type as t } from "typebox"
import { defineContract } from "#core/contract.ts"
import { Greeting, Site } from "#core/site.ts"

const notLive = { not_live: "No such call is in progress here." }

export const voice = defineContract({
  name: "voice",
  version: "0.3.1",
  commands: {
    live: {
      does: "List the calls in progress on this node and what each is doing.",
      effect: "read",
      action: "staff_view",
      input: t.Object({}),
      output: t.Object({
        calls: t.Array(
          t.Object({
            call: t.String(),
            doing: t.Union([
              t.Literal("listening"),
              t.Literal("thinking"),
              t.Literal("speaking"),
              t.Literal("transferring"),
            ]),
            sinceMs: t.Integer(),
          }),
        ),
      }),
      faults: {},
    },
    hangUp: {
      does: "End a call in progress.",
      effect: "irreversible",
      action: "staff_view",
      input: t.Object({ call: t.String() }),
      output: t.Object({}),
      faults: notLive,
    },
    takeOver: {
      does: "Give a call in progress to a person now: the pharmacist's line is rung.",
      effect: "irreversible",
      action: "staff_view",
      input: t.Object({ call: t.String() }),
      output: t.Object({}),
      faults: notLive,
    },
    listen: {
      does: "Give what was just heard on both sides of a call, for a person who listens in.",
      effect: "read",
      action: "staff_view",
      discloses: true,
      input: t.Object({
        call: t.String(),
        /** Milliseconds since the stream began; only the last few seconds are at hand. */
        fromMs: t.Integer({ minimum: 0 }),
      }),
      output: t.Object({
        fromMs: t.Integer(),
        untilMs: t.Integer(),
        /** Base64 of µ-law at 8 kHz, the two channels interleaved: caller, agent, caller, … */
        audio: t.String({ maxLength: 400_000 }),
      }),
      faults: notLive,
    },
    preview: {
      does: "Say the greeting with a name of the pharmacy as callers would hear it.",
      effect: "read",
      action: "site_change",
      input: t.Object({
        spokenName: Site.properties.spokenName,
        language: t.Union([t.Literal("en"), t.Literal("es")]),
        /** In the pharmacy's own words; the house's when left out. */
        greeting: Greeting.properties.en,
      }),
      output: t.Object({
        says: t.String(),
        /** Base64 of µ-law at 8 kHz. */
        audio: t.String({ maxLength: 400_000 }),
      }),
      faults: {
        on_the_line: "Somebody is on the line, and the voice is theirs.",
        not_said: "These words are never said to a caller. Read what is wrong beside them.",
        no_voice: "No voice speaks here now: none is installed, or it is still starting.",
      },
    },
    health: {
      does: "Tell how ears and voices fare, and whether Twilio reaches this machine.",
      effect: "read",
      action: "operate",
      input: t.Object({}),
      output: t.Object({
        processes: t.Array(
          t.Object({
            /** What it does: `vad`, `quick`, `careful`, `voice`, `spare_voice`. */
            role: t.String(),
            isReady: t.Boolean(),
            /** In a row, until one lives. */
            deaths: t.Integer(),
            residentMiB: t.Integer(),
            loadMs: t.Optional(t.Integer()),
          }),
        ),
        /** Elsewhere: another address than Twilio's own, as in the demo. */
        account: t.Object({ isConfigured: t.Boolean(), isElsewhere: t.Boolean() }),
        publicUrl: t.String(),
        callsMax: t.Integer(),
        /** Since the last start. */
        webhooks: t.Object({
          signedAtMs: t.Optional(t.Integer()),
          refused: t.Integer(),
          refusedAtMs: t.Optional(t.Integer()),
        }),
      }),
      faults: {},
    },
    ringPharmacist: {
      does: "Ring the pharmacist about an emergency that did not come by telephone.",
      effect: "irreversible",
      action: "internal",
      input: t.Object({ whisper: t.String({ maxLength: 300 }) }),
      output: t.Object({ call: t.String() }),
      faults: { nobody: "No pharmacist line is configured." },
    },
    sendText: {
      does: "Send one text message.",
      effect: "irreversible",
      action: "internal",
      input: t.Object({ to: t.String(), text: t.String({ maxLength: 1_600 }) }),
      output: t.Object({ message: t.String() }),
      faults: { opted_out: "The recipient has opted out of messages." },
      phi: ["to", "text"],
    },
  },
  events: {
    /** Times of one finished turn in milliseconds, for the analytics and the bench. */
    turned: t.Object({
      call: t.String(),
      endpointMs: t.Integer(),
      transcribeMs: t.Integer(),
      understandMs: t.Integer(),
      firstAudioMs: t.Integer(),
    }),
  },
})
