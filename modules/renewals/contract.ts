/** Renewals: the prescriber is asked for more fills, and what came of it is followed to the end. */
import { type Static, Type as t } from "typebox"
import { defineContract } from "#core/contract.ts"
import { Day, PatientId, Phone, RxNumber } from "#core/pms.ts"

const How = t.Union([
  /** The pharmacy system took it and sends it. */
  t.Literal("sent"),
  /** It sends none, so a technician does. */
  t.Literal("by_hand"),
])

export const Outcome = t.Union([
  t.Literal("approved"),
  t.Literal("approved_with_changes"),
  t.Literal("denied"),
  /** Denied as it stands; another prescription is on its way. */
  t.Literal("new_rx_to_follow"),
])
export type Outcome = Static<typeof Outcome>

/** The request filled in, for whoever has to send it. */
export const Form = t.Object({
  rxNumber: RxNumber,
  drugName: t.String(),
  lastFilledOn: t.Optional(Day),
  daysSupply: t.Optional(t.Integer({ minimum: 0 })),
  prescriber: t.Optional(t.String()),
  prescriberNpi: t.Optional(t.String()),
  prescriberNetworkId: t.Optional(t.String()),
  prescriberPhone: t.Optional(Phone),
  prescriberFax: t.Optional(Phone),
})
export type Form = Static<typeof Form>

export const Renewal = t.Object({
  renewal: t.String(),
  rxNumber: RxNumber,
  patient: PatientId,
  how: How,
  /** The pharmacy system's own number of it. */
  ticket: t.Optional(t.String()),
  form: Form,
  askedAtMs: t.Integer(),
  remindedAtMs: t.Optional(t.Integer()),
  outcome: t.Optional(Outcome),
  answeredAtMs: t.Optional(t.Integer()),
})
export type Renewal = Static<typeof Renewal>

export const renewals = defineContract({
  name: "renewals",
  version: "0.1.0",
  commands: {
    request: {
      does: "Ask the prescriber to renew a prescription that has run out.",
      effect: "irreversible",
      action: "refill_request",
      discloses: true,
      input: t.Object({ rxNumber: RxNumber }),
      output: t.Object({ renewal: t.String(), how: How }),
      faults: {
        unknown_rx: "No prescription has that number.",
        not_renewable: "The prescription does not need a renewal, or can have none.",
        already_asked: "The prescriber was asked already and has not answered.",
      },
      phi: ["rxNumber"],
    },
    answer: {
      does: "Note what the prescriber answered, and tell the patient.",
      effect: "write",
      action: "queue_work",
      input: t.Object({ renewal: t.String(), outcome: Outcome }),
      output: t.Object({}),
      faults: { unknown_renewal: "No renewal has that id." },
    },
    look: {
      does: "Look again at every renewal that waits, as the schedule does.",
      effect: "write",
      action: "internal",
      input: t.Object({}),
      output: t.Object({}),
      faults: {},
    },
    list: {
      does: "List the renewals that wait for a prescriber, the oldest first.",
      effect: "read",
      action: "queue_work",
      discloses: true,
      input: t.Object({ includeAnswered: t.Optional(t.Boolean()) }),
      output: t.Object({ renewals: t.Array(Renewal, { maxItems: 500 }) }),
      faults: {},
    },
  },
  events: {
    requested: t.Object({ renewal: t.String(), rxNumber: RxNumber, patient: PatientId, how: How }),
    answered: t.Object({ renewal: t.String(), patient: PatientId, outcome: Outcome }),
  },
})
