/**
 * Automations: when this happens and these hold, do that. Made of the contracts' own events and
 * commands, tried before they are switched on, and let through by the same gate as everybody.
 */
import { type Static, Type as t } from "typebox"
import { defineContract } from "#core/contract.ts"

const AutomationId = t.String({ maxLength: 64 })
const Word = t.String({ minLength: 1, maxLength: 128 })

/** What a field of an event or of a command holds. */
export const Value = t.Union([t.String({ maxLength: 500 }), t.Number(), t.Boolean()])
export type Value = Static<typeof Value>

const Values = t.Record(t.String(), Value)
export type Values = Static<typeof Values>

export const Weekday = t.Union([
  t.Literal("monday"),
  t.Literal("tuesday"),
  t.Literal("wednesday"),
  t.Literal("thursday"),
  t.Literal("friday"),
  t.Literal("saturday"),
  t.Literal("sunday"),
])
export type Weekday = Static<typeof Weekday>

export const When = t.Union([
  /** `module.event`. */
  t.Object({ event: Word }),
  /** A time of day in the pharmacy's own time zone. */
  t.Object({
    at: t.String({ pattern: "^([01]\\d|2[0-3]):[0-5]\\d$" }),
    days: t.Array(Weekday, { minItems: 1, maxItems: 7, uniqueItems: true }),
  }),
])
export type When = Static<typeof When>

/** What a field of the event must be. What is not there is nothing but absent. */
export const Test = t.Union([
  t.Object({ equals: Value }),
  t.Object({ oneOf: t.Array(Value, { minItems: 1, maxItems: 20 }) }),
  t.Object({ moreThan: t.Number() }),
  t.Object({ lessThan: t.Number() }),
  t.Object({ isThere: t.Boolean() }),
])
export type Test = Static<typeof Test>

export const Condition = t.Object({ field: Word, test: Test })
export type Condition = Static<typeof Condition>

/** Where an input of the command comes from. */
export const Filling = t.Union([t.Object({ constant: Value }), t.Object({ field: Word })])
export type Filling = Static<typeof Filling>

const drafted = {
  name: t.String({ minLength: 1, maxLength: 80 }),
  when: When,
  holds: t.Array(Condition, { maxItems: 10 }),
  does: t.Object({ command: Word, input: t.Record(t.String(), Filling) }),
  /** At most so many runs in any hour; what comes beyond is noted and not done. */
  perHour: t.Integer({ minimum: 1, maximum: 60 }),
} as const
export const Draft = t.Object(drafted)
export type Draft = Static<typeof Draft>

export const Result = t.Union([
  /** Begun, and cut off before its end; it is ended when the module runs again. */
  t.Literal("begun"),
  t.Literal("done"),
  /** The gate asked a person who has not decided; the work item says what it is. */
  t.Literal("waits"),
  t.Literal("refused"),
  t.Literal("failed"),
  /** The cap of the hour was reached. */
  t.Literal("capped"),
  /** What set it off was itself the work of automations, too many in a row. */
  t.Literal("loop"),
])
export type Result = Static<typeof Result>

const Counts = t.Object({
  /** How often its event came, or its time; and how often every condition held. */
  heard: t.Integer(),
  held: t.Integer(),
  done: t.Integer(),
  waits: t.Integer(),
  refused: t.Integer(),
  failed: t.Integer(),
  capped: t.Integer(),
  loop: t.Integer(),
})
export type Counts = Static<typeof Counts>

export const Automation = t.Object({
  automation: AutomationId,
  /** Grows with every change, so that two editors do not undo each other. */
  revision: t.Integer(),
  ...drafted,
  isOn: t.Boolean(),
  /** Tried since it was last changed. */
  isTested: t.Boolean(),
  changedBy: t.String(),
  changedAtMs: t.Integer(),
  counts: Counts,
  last: t.Optional(t.Object({ atMs: t.Integer(), result: Result })),
})
export type Automation = Static<typeof Automation>

/** What people made of the work item that a run waits for. */
export const Became = t.Object({
  what: t.Union([
    t.Literal("approved"),
    t.Literal("refused"),
    /** Put before a higher tier; the run's `tier` is the new one. */
    t.Literal("escalated"),
    /** Approved, and stopped by an outage: it waits again. */
    t.Literal("put_back"),
  ]),
  /** When it was decided; for what was not decided, when it was heard of. */
  atMs: t.Integer(),
  /** Who decided. Who put it elsewhere, only the audit log knows. */
  by: t.Optional(t.String()),
})
export type Became = Static<typeof Became>

export const Run = t.Object({
  run: t.String(),
  automation: AutomationId,
  atMs: t.Integer(),
  /** The event, or `schedule`. */
  event: t.String(),
  /** What the event was about: a field and its id. Never a patient or a prescription. */
  about: t.Optional(t.Object({ field: t.String(), id: t.String() })),
  result: Result,
  row: t.Optional(t.String()),
  rules: t.Optional(t.Array(t.String())),
  tier: t.Optional(t.Integer()),
  item: t.Optional(t.String()),
  became: t.Optional(Became),
  /** The fault or the outage that it ended with, and its fixed sentence. */
  code: t.Optional(t.String()),
  says: t.Optional(t.String()),
})
export type Run = Static<typeof Run>

/** A field as a form shows it, from its schema. */
export const Field = t.Object({
  field: t.String(),
  kind: t.Union([
    t.Literal("text"),
    t.Literal("number"),
    t.Literal("yes_no"),
    /** One of `choices`. */
    t.Literal("choice"),
  ]),
  choices: t.Optional(t.Array(Value)),
  isOptional: t.Boolean(),
  maxLength: t.Optional(t.Integer()),
  minimum: t.Optional(t.Number()),
  maximum: t.Optional(t.Number()),
  pattern: t.Optional(t.String()),
})
export type Field = Static<typeof Field>

/** What the gate answered when it was only asked. */
export const Verdict = t.Object({
  verdict: t.Union([t.Literal("allow"), t.Literal("ask"), t.Literal("refuse")]),
  tier: t.Integer({ minimum: 0, maximum: 3 }),
  row: t.String(),
  rules: t.Array(t.String()),
})
export type Verdict = Static<typeof Verdict>

export const Trial = t.Object({
  values: Values,
  /** In the order of the automation's conditions. */
  conditions: t.Array(t.Object({ held: t.Boolean(), value: t.Optional(Value) })),
  holds: t.Boolean(),
  /** What the command would be given, whether or not the conditions held. */
  input: Values,
  /** Inputs that are missing or do not fit. With any, the gate would not even be asked. */
  unfit: t.Array(t.String()),
  gate: t.Optional(Verdict),
  /** Why the gate could not be asked: the sentence of a fault or of an outage. */
  says: t.Optional(t.String()),
})
export type Trial = Static<typeof Trial>

export const Change = t.Object({
  automation: AutomationId,
  name: t.String(),
  revision: t.Integer(),
  did: t.Union([
    t.Literal("made"),
    t.Literal("edited"),
    t.Literal("tested"),
    t.Literal("switched_on"),
    t.Literal("switched_off"),
    t.Literal("deleted"),
  ]),
  by: t.String(),
  atMs: t.Integer(),
  draft: Draft,
})
export type Change = Static<typeof Change>

const one = { automation: AutomationId, revision: t.Integer() }
const unknown = { unknown_automation: "No automation has that id." }
const known = { ...unknown, stale: "Somebody else changed this automation meanwhile." }
const loop = { loop: "It would set itself off again, alone or through others." }

export const automations = defineContract({
  name: "automations",
  version: "0.1.1",
  commands: {
    offers: {
      does: "List the events, the commands and their fields that automations are made of.",
      effect: "read",
      action: "rule_change",
      input: t.Object({}),
      output: t.Object({
        events: t.Array(t.Object({ event: t.String(), fields: t.Array(Field) })),
        commands: t.Array(
          t.Object({
            command: t.String(),
            fields: t.Array(Field),
            /** The only events after which it may be done; any when left out. */
            after: t.Optional(t.Array(t.String())),
          }),
        ),
        /** What no automation does, and why. */
        never: t.Array(t.Object({ what: t.String(), because: t.String() })),
      }),
      faults: {},
    },
    list: {
      does: "List the automations, with how they fared.",
      effect: "read",
      action: "rule_change",
      input: t.Object({}),
      output: t.Object({ automations: t.Array(Automation) }),
      faults: {},
    },
    save: {
      does: "Make an automation, or change one. It is then off, and has to be tried.",
      effect: "write",
      action: "rule_change",
      input: t.Object({ automation: t.Optional(AutomationId), revision: t.Integer(), ...drafted }),
      output: t.Object(one),
      faults: {
        ...known,
        ...loop,
        too_many: "There are as many automations as there may be. Delete one first.",
        unknown_event: "No automation may be set off by that.",
        unknown_command: "No automation may do that.",
        not_after_this: "No automation may do that after this event.",
        bad_condition: "A condition does not fit the fields of the event.",
        bad_input: "What the command is given does not fit it, or something it needs is missing.",
      },
      phi: ["does", "holds"],
    },
    samples: {
      does: "List the last events that an automation could be tried on, the newest first.",
      effect: "read",
      action: "rule_change",
      input: t.Object({ event: Word }),
      output: t.Object({
        samples: t.Array(t.Object({ sample: t.String(), atMs: t.Integer() })),
      }),
      faults: {},
    },
    test: {
      does: "Try an automation on an event that was, or on an example. Nothing is done.",
      effect: "write",
      action: "rule_change",
      discloses: true,
      input: t.Object({
        ...one,
        /** One of the samples, or values in their place; nothing for a time of day. */
        on: t.Union([
          t.Object({ sample: t.String({ maxLength: 64 }) }),
          t.Object({ example: Values }),
        ]),
      }),
      output: Trial,
      faults: {
        ...known,
        unknown_sample: "That event is no longer kept.",
        bad_example: "The example does not fit the fields of the event.",
      },
      phi: ["on"],
    },
    switchOn: {
      does: "Switch an automation on that was tried since its last change.",
      effect: "write",
      action: "rule_change",
      input: t.Object(one),
      output: t.Object(one),
      faults: {
        ...known,
        ...loop,
        untested: "It was not tried since its last change. Try it first.",
      },
    },
    switchOff: {
      does: "Switch an automation off.",
      effect: "write",
      action: "rule_change",
      input: t.Object({ automation: AutomationId }),
      output: t.Object(one),
      faults: unknown,
    },
    remove: {
      does: "Delete an automation. Its history is kept.",
      effect: "write",
      action: "rule_change",
      input: t.Object(one),
      output: t.Object({}),
      faults: known,
    },
    history: {
      does: "List who made, changed, tried, switched and deleted automations, the newest first.",
      effect: "read",
      action: "rule_change",
      input: t.Object({}),
      output: t.Object({ changes: t.Array(Change) }),
      faults: {},
    },
    runs: {
      does: "List what automations did, the newest first.",
      effect: "read",
      action: "rule_change",
      input: t.Object({ automation: t.Optional(AutomationId) }),
      output: t.Object({ runs: t.Array(Run) }),
      faults: {},
    },
    look: {
      does: "Look for automations whose time of day has come, as the schedule does each minute.",
      effect: "write",
      action: "internal",
      input: t.Object({}),
      output: t.Object({}),
      faults: {},
    },
  },
  events: {
    changed: t.Object({ automation: t.String() }),
    ran: t.Object({ automation: t.String(), run: t.String() }),
  },
})
