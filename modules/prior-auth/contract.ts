/** Prior authorisations: from the payer's question to the claim that is paid. Approves nothing. */
import { type Static, Type as t } from "typebox"
import { defineContract } from "#core/contract.ts"
import { Day, PatientId, RxNumber } from "#core/pms.ts"
import { PriorAuthLetter, PriorAuthPacket } from "../../intent/contract.ts"
import { Claim, Reject } from "../insurance/contract.ts"

export const PriorAuthState = t.Union([
  /** Nothing was sent yet. */
  t.Literal("open"),
  t.Literal("submitted"),
  t.Literal("approved"),
  t.Literal("denied"),
  /** Approved, and the claim was paid. */
  t.Literal("paid"),
])
export type PriorAuthState = Static<typeof PriorAuthState>

export const How = t.Union([t.Literal("portal"), t.Literal("fax"), t.Literal("phone")])

export const PriorAuth = t.Object({
  priorAuth: t.String(),
  patient: PatientId,
  rxNumber: RxNumber,
  state: PriorAuthState,
  openedOn: Day,
  /** The claim as it was refused, if whoever reported it had it. */
  claim: t.Optional(Claim),
  letter: t.Optional(PriorAuthLetter),
  /** The letter as a person edited it and sent it. */
  sent: t.Optional(t.String({ maxLength: 16_000 })),
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
  /** When a technician was told that the plan is late, and that the approval ends. */
  lateToldOn: t.Optional(Day),
  endToldOn: t.Optional(Day),
})
export type PriorAuth = Static<typeof PriorAuth>

const PriorAuthId = t.String({ maxLength: 64 })
const unknown = { unknown_prior_auth: "No prior authorisation has that id." }
const unknownRx = { unknown_rx: "No prescription of this patient has that number." }
const { diagnosisCode, diagnosis, directions, tried, question } = PriorAuthPacket.properties

export const priorAuth = defineContract({
  name: "prior-auth",
  version: "0.1.0",
  commands: {
    takeReject: {
      does: "Look whether a refused claim needs a prior authorisation, and open one if so.",
      effect: "write",
      action: "queue_work",
      input: t.Object({
        patient: PatientId,
        rxNumber: RxNumber,
        /** As the payer gave them. */
        codes: t.Array(t.String({ maxLength: 3 }), { minItems: 1, maxItems: 20 }),
        claim: t.Optional(Claim),
      }),
      /** Absent when none of the codes is about one. */
      output: t.Object({ priorAuth: t.Optional(PriorAuthId) }),
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
        ...{ diagnosisCode, diagnosis, directions, tried, question },
      }),
      output: PriorAuthLetter,
      faults: { ...unknown, ...unknownRx },
      phi: ["diagnosisCode", "diagnosis", "directions", "tried", "question"],
    },
    submit: {
      does: "Note that a person has sent the letter to the plan, as they edited it.",
      effect: "write",
      action: "prior_auth_submission",
      input: t.Object({
        priorAuth: PriorAuthId,
        letter: t.String({ minLength: 1, maxLength: 16_000 }),
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
        not_approved: "The plan has not approved it.",
        by_hand: "There is no claim, card or switch here. Send it from the pharmacy system.",
      },
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
      does: "List the prior authorisations of a patient, or all that are not over.",
      effect: "read",
      action: "queue_work",
      discloses: true,
      input: t.Object({ patient: t.Optional(PatientId) }),
      output: t.Object({ found: t.Array(PriorAuth, { maxItems: 500 }) }),
      faults: {},
      phi: ["patient"],
    },
  },
  events: {
    changed: t.Object({ priorAuth: PriorAuthId, patient: PatientId, state: PriorAuthState }),
  },
})
