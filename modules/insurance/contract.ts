/** Insurance: the cards on file, their order, and what payers say about them. Promises nothing. */
import { type Static, Type as t } from "typebox"
import { defineContract } from "#core/contract.ts"
import { Day, PatientId, Phone, RxNumber } from "#core/pms.ts"

/** What is on a card, as it was read from it. Numbers are names here: leading zeros count. */
export const Card = t.Object({
  bin: t.String({ pattern: "^\\d{6}$" }),
  pcn: t.Optional(t.String({ pattern: "^[A-Z0-9]{1,10}$" })),
  group: t.Optional(t.String({ pattern: "^[A-Z0-9]{1,15}$" })),
  member: t.String({ pattern: "^[A-Z0-9]{2,20}$" }),
})
export type Card = Static<typeof Card>

export const CardField = t.Union([
  t.Literal("bin"),
  t.Literal("pcn"),
  t.Literal("group"),
  t.Literal("member"),
])
export type CardField = Static<typeof CardField>

/** Which payer is billed first, second, third: coordination of benefits. */
const Order = t.Union([t.Literal(1), t.Literal(2), t.Literal(3)])

export const Coverage = t.Object({
  coverage: t.String(),
  patient: PatientId,
  ...Card.properties,
  order: Order,
  addedAtMs: t.Integer(),
  /** As the payer said it last. */
  eligibility: t.Optional(t.Object({ isEligible: t.Boolean(), atMs: t.Integer() })),
})
export type Coverage = Static<typeof Coverage>

/** A claim as it was refused, to be sent again. The pharmacy system priced it. */
export const Claim = t.Object({
  rxNumber: RxNumber,
  /** Eleven digits. */
  product: t.String({ pattern: "^\\d{11}$" }),
  quantity: t.String({ pattern: "^\\d{1,7}(\\.\\d{1,3})?$" }),
  fillNumber: t.Integer({ minimum: 0, maximum: 99 }),
  daysSupply: t.Integer({ minimum: 1, maximum: 999 }),
  writtenOn: Day,
  ingredientCents: t.Integer({ minimum: 0 }),
  dispensingFeeCents: t.Optional(t.Integer({ minimum: 0 })),
  grossDueCents: t.Integer({ minimum: 0 }),
  prescriberNpi: t.Optional(t.String({ pattern: "^\\d{10}$" })),
})
export type Claim = Static<typeof Claim>

export const Reject = t.Object({
  code: t.String(),
  means: t.String(),
  who: t.String(),
  act: t.String(),
})

const unknownCoverage = { unknown_coverage: "No coverage on file has that id." }

export const insurance = defineContract({
  name: "insurance",
  version: "0.1.1",
  commands: {
    readCard: {
      does: "Read one number of a card from the words of somebody who reads it out.",
      effect: "read",
      action: "conversation",
      input: t.Object({
        field: CardField,
        text: t.String({ maxLength: 4_000 }),
        /** What the other ear heard: two readings that differ are none. */
        otherText: t.Optional(t.String({ maxLength: 4_000 })),
      }),
      output: t.Object({ value: t.Optional(t.String()), isAbsent: t.Boolean() }),
      faults: { unreadable: "The words are no such number." },
      phi: ["text", "otherText"],
    },
    maskCard: {
      does: "Tell the last digits of a card, to be read back to whoever read it out.",
      effect: "read",
      action: "conversation",
      input: Card,
      output: t.Object({ bin: t.String(), member: t.Optional(t.String()) }),
      faults: {},
      phi: ["bin", "pcn", "group", "member"],
    },
    addCoverage: {
      does: "Put a card on file, in the place of the old one or beside it.",
      effect: "write",
      action: "insurance_question",
      input: t.Object({
        patient: PatientId,
        ...Card.properties,
        /** In the place of all that is on file, or to be billed after it. */
        place: t.Union([t.Literal("instead"), t.Literal("beside")]),
      }),
      output: t.Object({ coverage: t.String(), order: Order }),
      faults: { three_on_file: "Three coverages are on file. End one of them first." },
      phi: ["patient", "bin", "pcn", "group", "member"],
    },
    listCoverage: {
      does: "List the coverage on file, in the order in which payers are billed.",
      effect: "read",
      action: "staff_view",
      discloses: true,
      input: t.Object({ patient: PatientId }),
      output: t.Object({ coverages: t.Array(Coverage) }),
      faults: {},
    },
    orderCoverage: {
      does: "Say in which order the payers on file are billed.",
      effect: "write",
      action: "insurance_question",
      input: t.Object({
        patient: PatientId,
        /** Every coverage on file, the first payer first. */
        coverages: t.Array(t.String(), { minItems: 1, maxItems: 3 }),
      }),
      output: t.Object({}),
      faults: { not_all: "The order names other coverage than is on file." },
      phi: ["patient"],
    },
    endCoverage: {
      does: "Take a coverage off the file; those after it move up.",
      effect: "write",
      action: "insurance_question",
      input: t.Object({ coverage: t.String() }),
      output: t.Object({}),
      faults: unknownCoverage,
    },
    checkEligibility: {
      does: "Ask the payer whether a coverage on file is in force.",
      effect: "write",
      action: "insurance_question",
      discloses: true,
      input: t.Object({ coverage: t.String() }),
      output: t.Object({
        isEligible: t.Boolean(),
        /** Why not, and whose turn it is. */
        rejects: t.Array(Reject),
        /** Payers that this one knows of, to be asked the patient about. */
        otherPayers: t.Array(
          t.Object({ bin: t.Optional(t.String()), pcn: t.Optional(t.String()) }),
        ),
        checkedOn: Day,
      }),
      faults: {
        ...unknownCoverage,
        no_switch: "No claims switch is configured. Look it up with the payer.",
      },
    },
    resend: {
      does: "Send a claim once more that the first payer refused, with what it asked for.",
      effect: "write",
      action: "internal",
      input: t.Object({
        patient: PatientId,
        claim: Claim,
        /** The day of the fill; the same on every try, so that a claim that stands is known. */
        serviceOn: Day,
        priorAuthNumber: t.Optional(t.String({ pattern: "^\\d{1,11}$" })),
      }),
      output: t.Object({ isPaid: t.Boolean(), rejects: t.Array(Reject) }),
      faults: {
        no_coverage: "No card is on file to send a claim to.",
        no_switch: "No claims switch is configured. Send the claim from the pharmacy system.",
      },
      phi: ["patient", "claim", "priorAuthNumber"],
    },
    textLink: {
      does: "Text a link by which one photo of a card can be sent to the pharmacy.",
      effect: "irreversible",
      action: "conversation",
      input: t.Object({ patient: PatientId, to: Phone }),
      output: t.Object({ expiresAtMs: t.Integer() }),
      faults: {
        opted_out: "The recipient has opted out of messages.",
        not_theirs: "A caller is sent a link for their own card, or for one they care for.",
      },
      phi: ["patient", "to"],
    },
    takePhoto: {
      does: "Take in the photo of a card under a link that was texted.",
      effect: "write",
      action: "internal",
      input: t.Object({
        token: t.String({ maxLength: 64 }),
        /** Left out to ask only whether the link is still good. */
        base64: t.Optional(t.String({ maxLength: 1_500_000 })),
      }),
      output: t.Object({ isTaken: t.Boolean() }),
      faults: {
        link_over: "The link was used, or its time is over.",
        not_a_photo: "What was sent is no photo.",
      },
      phi: ["token", "base64"],
    },
    listPhotos: {
      does: "List the photos of cards that a patient sent, the newest first.",
      effect: "read",
      action: "staff_view",
      discloses: true,
      input: t.Object({ patient: PatientId }),
      output: t.Object({
        photos: t.Array(t.Object({ photo: t.String(), atMs: t.Integer() })),
      }),
      faults: {},
    },
    showPhoto: {
      does: "Show the photo of a card to whoever transcribes it.",
      effect: "read",
      action: "staff_view",
      discloses: true,
      input: t.Object({ photo: t.String() }),
      output: t.Object({ patient: PatientId, type: t.String(), base64: t.String() }),
      faults: { unknown_photo: "No photo has that id, or it was deleted." },
    },
  },
  events: {
    changed: t.Object({ patient: PatientId }),
    photoTaken: t.Object({ photo: t.String(), patient: PatientId }),
  },
})
