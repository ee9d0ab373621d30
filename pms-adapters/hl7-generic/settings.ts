/** What a site says about a pharmacy system that speaks HL7. Two sites are never quite alike. */
import { type Static, Type as t } from "typebox"
import { RefillEligibility } from "#core/decision.ts"
import { FillStatus } from "#core/pms.ts"
import { SecretReference } from "#core/secrets.ts"

/** A segment and a field, as in `ZRX-3`, or with a component: `ZRX-3.2`. */
const Path = t.String({ pattern: "^[A-Z][A-Z0-9]{2}-[0-9]{1,3}(\\.[0-9]{1,2})?$" })
const Host = t.String({ minLength: 1, maxLength: 253 })
const Port = t.Integer({ minimum: 1, maximum: 65_535 })

export const settings = t.Object({
  feed: t.Object({
    host: t.String({ default: "0.0.0.0", description: "The address of ours that is listened on." }),
    port: Port,
    allowFrom: t.Array(t.String(), {
      minItems: 1,
      description: "Addresses of the pharmacy system. Nobody else may tell us about patients.",
    }),
  }),
  orders: t.Object({ host: Host, port: Port }, { description: "Where refill requests are sent." }),
  sendingApplication: t.String({ default: "MORTAR", description: "MSH-3 of what we send." }),
  sendingFacility: t.Optional(t.String({ description: "MSH-4 of what we send." })),
  receivingApplication: t.Optional(t.String({ description: "MSH-5 of what we send." })),
  receivingFacility: t.Optional(t.String({ description: "MSH-6 of what we send." })),
  security: t.Optional(SecretReference),
  version: t.String({ pattern: "^2\\.[3-8](\\.[0-9])?$", default: "2.5.1" }),
  patientIdType: t.String({
    default: "PI",
    description: "Which identifier of PID-3 is the patient's number, by its type.",
  }),
  /** Where the vendor's own segments say what HL7 has no place for. */
  paths: t.Object(
    {
      fill: t.Optional(Path),
      eligibility: t.Optional(Path),
      earliest: t.Optional(Path),
      promised: t.Optional(Path),
      daysSupply: t.Optional(Path),
      expires: t.Optional(Path),
      copay: t.Optional(Path),
    },
    { default: {} },
  ),
  /** The vendor's codes in our words. What is not listed is `unknown`. */
  fillCodes: t.Record(t.String(), FillStatus, { default: {} }),
  eligibilityCodes: t.Record(t.String(), RefillEligibility, { default: {} }),
  countedIn: t.Array(t.String(), {
    // Codes of NCIt are those of e-prescriptions: tablet, capsule, millilitre, gram.
    default: [
      ...["EA", "EACH", "TAB", "TABS", "TABLET", "TABLETS", "CAP", "CAPS", "CAPSULE", "CAPSULES"],
      ...["ML", "G", "GM", "GRAM", "GRAMS", "C48542", "C48480", "C28254", "C48155"],
    ],
    description: "Units, in capitals, in which claims count. An amount in any other is left out.",
  }),
  silentHoursMax: t.Integer({
    minimum: 1,
    maximum: 168,
    default: 24,
    description: "After so long without a word, what was told about refills is not relied on.",
  }),
  refillsPerMinuteMax: t.Integer({ minimum: 1, maximum: 100_000, default: 60 }),
  timeZone: t.String({ default: "America/Chicago", description: "The pharmacy's own time." }),
  timeoutMs: t.Integer({ minimum: 1, maximum: 60_000, default: 5_000 }),
})
export type Settings = Static<typeof settings>
