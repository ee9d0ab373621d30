/** Prior authorisations: from the payer's question to the claim that is paid. Approves nothing. */
import { type Static, Type as t } from "typebox"
import { defineContract } from "#core/contract.ts"
import { Day, PatientId, RxNumber } from "#core/pms.ts"
import { PriorAuthLetter, PriorAuthPacket } from "../../intent/contract.ts"
import { Claim, Reject } from "../insurance/contract.ts"

const PriorAuthId = t.String({ maxLength: 64 })
/** As the payer gave them. */
const Codes = t.Array(t.String({ minLength: 1, maxLength: 3 }), { minItems: 1, maxItems: 20 })
const Letter = t.String({ minLength: 1, maxLength: 16_000 })
const { diagnosisCode, diagnosis, directions, tried, question } = PriorAuthPacket.properties

export const PriorAuthState = t.Union([
  /** Nothing was sent yet. */
  t.Literal("open"),
  t.Literal("submitted"),
  t.Literal("approved"),
  t.Literal("denied"),
  /** Approved, and the claim was paid. */
  t.Literal("paid"),
  /** A person closed it: the claim went through without it, or nobody wants it any more. */
  t.Literal("not_needed"),
])
export type PriorAuthState = Static<typeof PriorAuthState>

/** What the prescriber gave for the letter. Nothing in it is guessed. */
export const Packet = t.Object({ diagnosisCode, diagnosis, directions, tried, question })
export type Packet = Static<typeof Packet>

/** What was done with it, by whom and when; the newest stands last. */
export const Step = t.Object({
  did: t.Union([
    t.Literal("opened"),
    t.Literal("drafted"),
    t.Literal("edited"),
    t.Literal("submitted"),
    t.Literal("approved"),
    t.Literal("denied"),
    /** The claim went again, and the payer said no again. */
    t.Literal("refused_again"),
    t.Literal("paid"),
    /** The fill no longer waits for the payer, and nothing had been sent. */
    t.Literal("went_on"),
    t.Literal("not_needed"),
  ]),
  /** A person, or the module that did it. */
  by: t.String({ maxLength: 120 }),
  atMs: t.Integer(),
})
export type Step = Static<typeof Step>

/** As the pharmacy system named them when it was opened. */
const named = {
  patientName: t.Optional(t.String({ maxLength: 200 })),
  drugName: t.Optional(t.String({ maxLength: 200 })),
}

/** A fill that waits for the payer, and what that said, where the pharmacy system tells it. */
export const Wait = t.Object({
  wait: PriorAuthId,
  patient: PatientId,
  rxNumber: RxNumber,
  ...named,
  sinceMs: t.Integer(),
  /** What it said, if it asks for no prior authorisation. */
  rejects: t.Optional(t.Array(Reject, { maxItems: 20 })),
})
export type Wait = Static<typeof Wait>

export const How = t.Union([t.Literal("portal"), t.Literal("fax"), t.Literal("phone")])

export const PriorAuth = t.Object({
  priorAuth: PriorAuthId,
  patient: PatientId,
  rxNumber: RxNumber,
  ...named,
  state: PriorAuthState,
  openedOn: Day,
  /** The payer's codes that opened it; absent when somebody asked for it. */
  codes: t.Optional(Codes),
  /** The claim as it was refused, if whoever reported it had it. */
  claim: t.Optional(Claim),
  packet: t.Optional(Packet),
  letter: t.Optional(PriorAuthLetter),
  /** The letter as a person has edited it so far. */
  edited: t.Optional(Letter),
  /** The letter as a person edited it and sent it. */
  sent: t.Optional(t.String({ maxLength: 16_000 })),
  /** Why a person closed it. */
  closedBecause: t.Optional(t.String({ maxLength: 200 })),
  how: t.Optional(How),
  reference: t.Optional(t.String({ maxLength: 80 })),
  submittedOn: t.Optional(Day),
  /** When the plan has to have answered. */
  dueAtMs: t.Optional(t.Integer()),
  answeredOn: t.Optional(Day),
  /** The plan's own number, which the claim has to carry. */
  number: t.Optional(t.String({ pattern: "^\\d{1,11}$" })),
  validUntil: t.Optional(Day),
  /** The day the claim was sent again on; every try says the same. */
  resentOn: t.Optional(Day),
  /** What the payer said to that, if it was no again. */
  rejects: t.Optional(t.Array(Reject, { maxItems: 20 })),
  /** When a technician was told that the plan is late, and that the approval ends. */
  lateToldOn: t.Optional(Day),
  endToldOn: t.Optional(Day),
  steps: t.Optional(t.Array(Step, { maxItems: 100 })),
})
export type PriorAuth = Static<typeof PriorAuth>

const unknown = { unknown_prior_auth: "No prior authorisation has that id." }
const unknownRx = { unknown_rx: "No prescription of this patient has that number." }
const notApproved = { not_approved: "The plan has not approved it." }

export const priorAuth = defineContract({
  name: "prior-auth",
  version: "0.3.0",
  commands: {
    takeReject: {
      does: "Look whether a refused claim needs a prior authorisation, and open one if so.",
      effect: "write",
      action: "queue_work",
      input: t.Object({
        patient: PatientId,
        rxNumber: RxNumber,
        codes: Codes,
        claim: t.Optional(Claim),
      }),
      output: t.Object({
        /** Absent when none of the codes is about one. */
        priorAuth: t.Optional(PriorAuthId),
        /** What each code means, and whose turn it is. */
        rejects: t.Array(Reject, { maxItems: 20 }),
      }),
      faults: unknownRx,
      phi: ["patient", "rxNumber", "claim"],
    },
    request: {
      does: "Start a prior authorisation for a prescription.",
      effect: "write",
      action: "prior_auth_submission",
      input: t.Object({ patient: PatientId, rxNumber: RxNumber }),
      output: t.Object({ priorAuth: PriorAuthId }),
      faults: unknownRx,
      phi: ["patient", "rxNumber"],
    },
    status: {
      does: "Tell a patient how their prior authorisations stand, as they are on file.",
      effect: "read",
      action: "status_inquiry",
      discloses: true,
      input: t.Object({ patient: PatientId }),
      output: t.Object({
        found: t.Array(
          t.Object({
            rxNumber: RxNumber,
            drugName: t.String(),
            state: PriorAuthState,
            /** The day on which it came to stand like that. */
            on: Day,
          }),
          { maxItems: 10 },
        ),
      }),
      faults: {},
      phi: ["patient"],
    },
    prepare: {
      does: "Draft the letter to the plan from what the prescriber gave.",
      effect: "write",
      action: "queue_work",
      discloses: true,
      input: t.Object({
        priorAuth: PriorAuthId,
        ...Packet.properties,
      }),
      output: PriorAuthLetter,
      faults: { ...unknown, ...unknownRx, not_open: "It was sent already." },
      phi: ["diagnosisCode", "diagnosis", "directions", "tried", "question"],
    },
    edit: {
      does: "Keep the letter as a person has edited it so far. Nothing is sent.",
      effect: "write",
      action: "queue_work",
      input: t.Object({ priorAuth: PriorAuthId, letter: Letter }),
      output: t.Object({}),
      faults: { ...unknown, not_open: "It was sent already." },
      phi: ["letter"],
    },
    submit: {
      does: "Note that a person has sent the letter to the plan, as they edited it.",
      effect: "write",
      action: "prior_auth_submission",
      input: t.Object({
        priorAuth: PriorAuthId,
        letter: Letter,
        how: How,
        reference: t.Optional(t.String({ maxLength: 80 })),
        /** The plan's own time; the site's usual one when left out. */
        dueInHours: t.Optional(t.Integer({ minimum: 1, maximum: 2_160 })),
      }),
      output: t.Object({}),
      faults: {
        ...unknown,
        still_a_draft: "The letter still says that it is a draft, or has places left to fill.",
        not_open: "It was sent already.",
      },
      phi: ["letter"],
    },
    answer: {
      does: "Note what the plan answered, and tell the patient that there is an answer.",
      effect: "write",
      action: "queue_work",
      input: t.Object({
        priorAuth: PriorAuthId,
        isApproved: t.Boolean(),
        number: PriorAuth.properties.number,
        validUntil: PriorAuth.properties.validUntil,
      }),
      output: t.Object({}),
      faults: { ...unknown, not_submitted: "It waits for no answer of the plan." },
    },
    resubmit: {
      does: "Send the claim again with the number of the prior authorisation.",
      effect: "write",
      action: "prior_auth_submission",
      input: t.Object({ priorAuth: PriorAuthId }),
      output: t.Object({ isPaid: t.Boolean(), rejects: t.Array(Reject) }),
      faults: {
        ...unknown,
        ...notApproved,
        by_hand: "There is no claim, card or switch here. Send it from the pharmacy system.",
      },
    },
    notePaid: {
      does: "Note that the claim was paid when the pharmacy system sent it again.",
      effect: "write",
      action: "queue_work",
      input: t.Object({ priorAuth: PriorAuthId }),
      output: t.Object({}),
      faults: { ...unknown, ...notApproved },
    },
    close: {
      does: "Close one that nobody needs any more, with the reason.",
      effect: "write",
      action: "queue_work",
      input: t.Object({
        priorAuth: PriorAuthId,
        reason: t.String({ minLength: 1, maxLength: 200 }),
      }),
      output: t.Object({}),
      faults: { ...unknown, over: "It is over already." },
      phi: ["reason"],
    },
    look: {
      does: "Look for plans that are late with an answer, as the schedule does.",
      effect: "write",
      action: "internal",
      input: t.Object({}),
      output: t.Object({}),
      faults: {},
    },
    list: {
      does: "List the prior authorisations of a patient, or of all: those that are not over.",
      effect: "read",
      action: "queue_work",
      discloses: true,
      input: t.Object({
        patient: t.Optional(PatientId),
        /** Of all patients: those that are over, the newest first. */
        isOver: t.Optional(t.Boolean()),
      }),
      output: t.Object({ found: t.Array(PriorAuth, { maxItems: 500 }) }),
      faults: {},
      phi: ["patient"],
    },
    get: {
      does: "Show one prior authorisation.",
      effect: "read",
      action: "queue_work",
      discloses: true,
      input: t.Object({ priorAuth: PriorAuthId }),
      output: PriorAuth,
      faults: unknown,
    },
    waits: {
      does: "List the fills that wait for a payer, the oldest first.",
      effect: "read",
      action: "queue_work",
      discloses: true,
      input: t.Object({}),
      output: t.Object({ found: t.Array(Wait, { maxItems: 500 }) }),
      faults: {},
    },
  },
  events: {
    changed: t.Object({ priorAuth: PriorAuthId, patient: PatientId, state: PriorAuthState }),
    waitChanged: t.Object({ wait: PriorAuthId }),
  },
})
