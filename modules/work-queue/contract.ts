/**
 * What waits for a person: everything needed to decide on one page, decided once, by one person.
 */
import { type Static, Type as t } from "typebox"
import { Actor } from "#core/actor.ts"
import { defineContract } from "#core/contract.ts"
import { Facts } from "#core/decision.ts"
import { Mood } from "#core/mood.ts"
import { PatientId, RxNumber } from "#core/pms.ts"

const AskTier = t.Union([t.Literal(1), t.Literal(2), t.Literal(3)])

export const ItemState = t.Union([
  t.Literal("open"),
  t.Literal("claimed"),
  /** Decided, and for some seconds not yet acted on: whoever decided may take it back. */
  t.Literal("deciding"),
  t.Literal("approved"),
  t.Literal("refused"),
  t.Literal("done"),
])
export type ItemState = Static<typeof ItemState>

/** What a person needs to decide, as whoever proposed the command could tell it. */
export const ItemContext = t.Object({
  conversation: t.Optional(t.String()),
  /** The caller's own words. */
  words: t.Optional(t.String({ maxLength: 4_000 })),
  /** Where in the recording they were said. */
  recording: t.Optional(t.String()),
  audioFromMs: t.Optional(t.Integer()),
  audioUntilMs: t.Optional(t.Integer()),
  patient: t.Optional(PatientId),
  patientName: t.Optional(t.String({ maxLength: 200 })),
  /** Name, date of birth, and what was third. Empty: not verified. */
  verifiedBy: t.Optional(t.Array(t.String())),
  phone: t.Optional(t.String()),
  /** One sentence: what will happen on approval. */
  willHappen: t.Optional(t.String({ maxLength: 300 })),
  drugName: t.Optional(t.String({ maxLength: 200 })),
  /** What it comes to, beside the words and never in their place: made by a machine. */
  summary: t.Optional(
    t.Object({
      text: t.String({ maxLength: 300 }),
      /** From what was understood, or by a language model from the words. */
      madeBy: t.Union([t.Literal("rules"), t.Literal("model")]),
    }),
  ),
  /** The case that it is a step of, and which module keeps it. */
  case: t.Optional(
    t.Object({
      of: t.Union([t.Literal("prior-auth"), t.Literal("transfers")]),
      id: t.String({ maxLength: 64 }),
    }),
  ),
  /** How the caller seemed. */
  mood: t.Optional(Mood),
  /** What the caller speaks, where that is not English: their words are in it. */
  language: t.Optional(t.Literal("es")),
})
export type ItemContext = Static<typeof ItemContext>

export const Item = t.Object({
  item: t.String(),
  tier: AskTier,
  /** The row and the rules that sent it here. */
  row: t.String(),
  rules: t.Array(t.String()),
  state: ItemState,
  /** The command that runs on approval; absent for a task that only needs doing. */
  command: t.Optional(t.String()),
  facts: Facts,
  context: ItemContext,
  openedAtMs: t.Integer(),
  dueAtMs: t.Integer(),
  claimedBy: t.Optional(t.String()),
  decidedBy: t.Optional(t.String()),
  decidedAtMs: t.Optional(t.Integer()),
  /** While it is being decided: what it comes to, and from when on. */
  willBe: t.Optional(t.Union([t.Literal("approved"), t.Literal("refused")])),
  actsAtMs: t.Optional(t.Integer()),
  /** The call that was promised from here. */
  callback: t.Optional(
    t.Object({ callback: t.String(), dueAtMs: t.Integer(), doneAtMs: t.Optional(t.Integer()) }),
  ),
  /** Why it was refused or escalated. */
  reason: t.Optional(t.String({ maxLength: 500 })),
  /** `done`, or the code of what went wrong when the approved command ran. */
  outcome: t.Optional(t.String()),
})
export type Item = Static<typeof Item>

const unknownItem = { unknown_item: "No work item has that id." }
const undecided = {
  ...unknownItem,
  already_decided: "Somebody else has decided this item.",
  claimed_by_other: "Somebody else is working on this item.",
  above_role: "This item needs another licence than yours.",
}
const unfit = {
  unlicensed: "No licence of yours is on file, or it has run out.",
  prove_again: "Prove once more that it is you, then decide.",
}

/** A request the matrix always puts before a person; approving it notes that it was dealt with. */
const request = (action: string, does: string) =>
  ({
    does,
    effect: "write",
    action,
    input: t.Object({
      about: t.String({ minLength: 1, maxLength: 4_000 }),
      patient: t.Optional(PatientId),
      rxNumber: t.Optional(RxNumber),
    }),
    output: t.Object({}),
    faults: {},
    phi: ["about", "patient", "rxNumber"],
  }) as const

export const workQueue = defineContract({
  name: "work-queue",
  version: "0.6.1",
  commands: {
    submit: {
      does: "Take a command that the gate put before a person.",
      effect: "write",
      action: "internal",
      input: t.Object({
        held: t.Object({
          name: t.String(),
          input: t.Unknown(),
          key: t.String(),
          requestedBy: Actor,
        }),
        tier: AskTier,
        row: t.String(),
        rules: t.Array(t.String()),
        facts: Facts,
        context: ItemContext,
      }),
      output: t.Object({ item: t.String() }),
      faults: {},
      phi: ["held", "context"],
    },
    add: {
      does: "Add a task that needs doing and no command.",
      effect: "write",
      action: "internal",
      input: t.Object({
        tier: AskTier,
        row: t.String(),
        rules: t.Array(t.String()),
        context: ItemContext,
        /** Minutes until it is late; the tier's own when left out. */
        dueInMinutes: t.Optional(t.Integer({ minimum: 0 })),
      }),
      output: t.Object({ item: t.String() }),
      faults: {},
      phi: ["context"],
    },
    assign: {
      does: "Put a task before a role: what has to be done, and by when.",
      effect: "write",
      action: "queue_work",
      input: t.Object({
        forRole: t.Union([t.Literal("technician"), t.Literal("pharmacist"), t.Literal("manager")]),
        about: t.String({ minLength: 1, maxLength: 300 }),
        patient: t.Optional(PatientId),
        rxNumber: t.Optional(RxNumber),
        /** Where it came up. */
        conversation: t.Optional(t.String({ maxLength: 64 })),
        /** Minutes until it is late; the role's own when left out. */
        dueInMinutes: t.Optional(t.Integer({ minimum: 0, maximum: 10_080 })),
      }),
      output: t.Object({ item: t.String() }),
      faults: {},
      phi: ["about", "patient", "rxNumber"],
    },
    summarise: {
      does: "Put a model's line beside the words of a conversation's items that still wait.",
      effect: "write",
      action: "internal",
      input: t.Object({ conversation: t.String(), text: t.String({ maxLength: 300 }) }),
      output: t.Object({}),
      faults: {},
      phi: ["text"],
    },
    list: {
      does: "List work items, the most urgent first.",
      effect: "read",
      action: "queue_work",
      discloses: true,
      input: t.Object({
        tier: t.Optional(AskTier),
        state: t.Optional(ItemState),
        patient: t.Optional(PatientId),
        /** Of one state those due from a moment on: the page after one that ended there. */
        dueFromMs: t.Optional(t.Integer()),
        limit: t.Optional(t.Integer({ minimum: 1, maximum: 500 })),
      }),
      output: t.Object({ items: t.Array(Item) }),
      faults: {},
    },
    get: {
      does: "Show one work item.",
      effect: "read",
      action: "queue_work",
      discloses: true,
      input: t.Object({ item: t.String() }),
      output: Item,
      faults: unknownItem,
    },
    claim: {
      does: "Take an item to work on; others see who has it.",
      effect: "write",
      action: "queue_work",
      input: t.Object({ item: t.String() }),
      output: Item,
      faults: undecided,
    },
    release: {
      does: "Give an item back.",
      effect: "write",
      action: "queue_work",
      input: t.Object({ item: t.String() }),
      output: Item,
      faults: undecided,
    },
    escalate: {
      does: "Put an item before another role, with a reason.",
      effect: "write",
      action: "queue_work",
      input: t.Object({
        item: t.String(),
        tier: AskTier,
        reason: t.String({ minLength: 1, maxLength: 500 }),
      }),
      output: Item,
      faults: { ...undecided, not_higher: "An item is only ever put before a higher tier." },
    },
    approve: {
      does: "Approve an item: the held command runs, once however often this is sent.",
      effect: "irreversible",
      action: "queue_decide",
      input: t.Object({ item: t.String() }),
      output: Item,
      faults: { ...undecided, ...unfit },
    },
    refuse: {
      does: "Refuse an item, with a reason.",
      effect: "write",
      action: "queue_decide",
      input: t.Object({
        item: t.String(),
        reason: t.String({ minLength: 1, maxLength: 500 }),
      }),
      output: Item,
      faults: { ...undecided, ...unfit },
    },
    undo: {
      does: "Take back one's own decision, in the seconds before it is acted on.",
      effect: "write",
      action: "queue_work",
      input: t.Object({ item: t.String() }),
      output: Item,
      faults: {
        ...unknownItem,
        too_late: "It has been acted on: there is nothing left to take back.",
        not_yours: "Somebody else decided this. Only they can take it back.",
      },
    },
    askInsurance: request("insurance_question", "Have a question about insurance answered."),
    askPriorAuth: request("prior_auth_submission", "Have a prior authorisation submitted."),
    askNewRx: request("new_rx_verification", "Have a new prescription verified."),
    askClinical: request("clinical_consultation", "Have a clinical question answered."),
    askInteraction: request("drug_interaction_override", "Have an interaction looked at."),
    askPrice: request("price_adjustment", "Have a price looked at."),
    askRefund: request("refund", "Have a refund decided."),
    askControlled: request("controlled_substance", "Have a controlled substance looked at."),
  },
  events: {
    changed: t.Object({
      item: t.String(),
      state: ItemState,
      tier: AskTier,
      /** Where it was asked for, if in a conversation. */
      conversation: t.Optional(t.String()),
    }),
  },
})
