/** What insurance asks of the host, and what a site can set about it. */
import { Type as t } from "typebox"
import { type Context, nothing } from "#core/module.ts"
import { PatientId } from "#core/pms.ts"
import { messaging } from "../messaging/contract.ts"
import { patients } from "../patients/contract.ts"
import { workQueue } from "../work-queue/contract.ts"
import { Coverage, type insurance } from "./contract.ts"

const Reference = t.String({ pattern: "^(keychain|env|file):" })

const Photo = t.Object({
  photo: t.String(),
  patient: PatientId,
  type: t.String(),
  base64: t.String(),
  atMs: t.Integer(),
})

const Link = t.Object({
  patient: PatientId,
  expiresAtMs: t.Integer(),
  isUsed: t.Boolean(),
})

export const needs = {
  ...nothing,
  uses: [messaging, patients, workQueue],
  ports: ["secrets"],
  config: t.Object({
    npi: t.String(),
    spokenName: t.String(),
    timeZone: t.String(),
    /** The address that patients' telephones reach the house by. */
    publicUrl: t.String({ pattern: "^https?://[^/]+$", default: "http://localhost:8080" }),
    /** Where claims go. Without it no payer is asked anything. */
    switch: t.Optional(
      t.Object({
        url: t.String({ pattern: "^https?://" }),
        token: Reference,
        timeoutMs: t.Integer({ minimum: 1_000, maximum: 60_000, default: 15_000 }),
      }),
    ),
    linkMinutes: t.Integer({ minimum: 5, maximum: 1_440, default: 30 }),
    /** A photo is deleted by then, transcribed or not. */
    photoDays: t.Integer({ minimum: 1, maximum: 365, default: 30 }),
  }),
  collections: {
    coverages: { schema: Coverage, indexes: { patient: "blind" }, patientField: "patient" },
    photos: {
      schema: Photo,
      indexes: { atMs: "plain", patient: "blind" },
      patientField: "patient",
    },
    links: { schema: Link, indexes: { expiresAtMs: "plain" }, patientField: "patient" },
  },
} as const

export type Here = Context<typeof insurance, typeof needs>
