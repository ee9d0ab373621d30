/** Prescribers: who wrote a prescription, how to reach them, and whether numbers can be right. */
import { type Static, Type as t } from "typebox"
import { defineContract } from "#core/contract.ts"
import { DeaSchedule } from "#core/decision.ts"
import { Phone, RxNumber } from "#core/pms.ts"

const Name = t.String({ minLength: 1, maxLength: 120 })
const Npi = t.String({ pattern: "^\\d{10}$" })
/** An institution's number may be followed by its own suffix. */
const Dea = t.String({ pattern: "^[A-Za-z][A-Za-z9]\\d{7}(-[A-Za-z0-9]{1,7})?$" })

export const Prescriber = t.Object({
  /** As the pharmacy system writes it. */
  name: Name,
  npi: t.Optional(Npi),
  dea: t.Optional(Dea),
  /** Their address on the prescribing network. */
  networkId: t.Optional(t.String({ minLength: 1, maxLength: 35 })),
  phone: t.Optional(Phone),
  fax: t.Optional(Phone),
})
export type Prescriber = Static<typeof Prescriber>

/** By a number's form alone: that it can be right, never that it is in force. */
export const Authority = t.Union([
  t.Literal("possible"),
  t.Literal("depends_on_state"),
  t.Literal("not_possible"),
  t.Literal("unknown"),
])
export type Authority = Static<typeof Authority>

export const prescribers = defineContract({
  name: "prescribers",
  version: "0.1.0",
  commands: {
    check: {
      does: "Tell whether a prescriber's numbers can be right, by their check digits.",
      effect: "read",
      action: "queue_work",
      input: t.Object({
        npi: t.Optional(t.String({ maxLength: 40 })),
        dea: t.Optional(t.String({ maxLength: 40 })),
        lastName: t.Optional(t.String({ maxLength: 120 })),
        schedule: t.Optional(DeaSchedule),
      }),
      output: t.Object({
        isNpiPossible: t.Optional(t.Boolean()),
        isDeaPossible: t.Optional(t.Boolean()),
        /** Whether a number of that kind allows the schedule. */
        authority: t.Optional(Authority),
      }),
      faults: {},
    },
    remember: {
      does: "Note how to reach a prescriber.",
      effect: "write",
      action: "queue_work",
      input: Prescriber,
      output: t.Object({}),
      faults: {
        bad_npi: "The NPI has a wrong check digit.",
        bad_dea: "The DEA number has a wrong check digit.",
      },
    },
    find: {
      does: "Find prescribers by name or NPI.",
      effect: "read",
      action: "queue_work",
      input: t.Union([t.Object({ name: Name }), t.Object({ npi: Npi })]),
      output: t.Object({ prescribers: t.Array(Prescriber, { maxItems: 50 }) }),
      faults: {},
    },
    writerOf: {
      does: "Tell who wrote a prescription, and how to reach them if that was noted.",
      effect: "read",
      action: "internal",
      input: t.Object({ rxNumber: RxNumber }),
      output: t.Object({
        /** As the pharmacy system names them. */
        name: t.Optional(t.String()),
        /** Absent when nobody of that name was noted, or more than one. */
        prescriber: t.Optional(Prescriber),
      }),
      faults: { unknown_rx: "No prescription has that number." },
      phi: ["rxNumber"],
    },
  },
  events: {},
})
