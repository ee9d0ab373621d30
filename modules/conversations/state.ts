/** One conversation as it is saved at every turn: all that another node needs to go on with it. */
import { type Static, Type as t } from "typebox"
import { Channel } from "#core/actor.ts"
import { Mood } from "#core/mood.ts"
import { Phone } from "#core/pms.ts"
import {
  EmergencyFamily,
  Expect,
  IntentName,
  Language,
  Line,
  Slots,
} from "../../intent/contract.ts"
import { Claims } from "./claims.ts"
import { Turn } from "./contract.ts"

/** One thing the caller wants. `step` names the question it waits for an answer to. */
export const Task = t.Object({
  intent: IntentName,
  /** The caller's own words, for the person who may have to decide. */
  words: t.String(),
  /** What the other ear wrote, where the two were not of one mind. */
  otherWords: t.Optional(t.String()),
  confidence: t.Number(),
  slots: Slots,
  step: t.Optional(t.String()),
  /** The caller was let through to it. */
  isBegun: t.Optional(t.Boolean()),
  /** The number given to prove who calls: likely the one that is meant, if none is named. */
  offered: t.Optional(t.String()),
  /** Rx numbers the request is about, once they are settled. */
  targets: t.Optional(t.Array(t.String())),
  /** The choices the caller was given, in the order they were read out. */
  choices: t.Optional(t.Array(t.String())),
  /** What was read from an insurance card so far. */
  card: t.Optional(t.Record(t.String(), t.String())),
})
export type Task = Static<typeof Task>

export const Audio = t.Object({ fromMs: t.Integer(), untilMs: t.Integer() })

/** What is going on beside any task: nothing, proving who one is, a message, an alarm. */
const Mode = t.Union([
  t.Literal("tasks"),
  t.Literal("identity"),
  t.Literal("message"),
  t.Literal("alarm"),
  t.Literal("transferring"),
])

export const State = t.Object({
  conversation: t.String(),
  /**
   * The patient; the conversation while nobody knows who that is. Its key seals the state. Absent
   * in what earlier versions wrote.
   */
  whose: t.Optional(t.String()),
  channel: Channel,
  from: t.Optional(Phone),
  language: Language,
  /** In which languages they were told what speaks and that it is recorded. */
  toldIn: t.Optional(t.Array(Language)),
  openedAtMs: t.Integer(),
  isOpen: t.Boolean(),
  isRecording: t.Boolean(),
  /** What the caller proved; the gate keeps its own record and asks nobody here. */
  caller: t.Object({
    isVerified: t.Boolean(),
    /** The proof failed too often: a person has it. */
    isLockedOut: t.Optional(t.Boolean()),
    patient: t.Optional(t.String()),
    caresFor: t.Optional(t.Array(t.String())),
    /** For the person who may have to decide: who it is, and by what that was shown. */
    name: t.Optional(t.String()),
    verifiedBy: t.Optional(t.Array(t.String())),
    /** Their own drugs as they say them, for the ears. */
    medicines: t.Optional(t.Array(t.String())),
  }),
  mode: Mode,
  /** The danger that may have been heard, while the question about it stands. */
  danger: t.Optional(EmergencyFamily),
  beforeAlarm: t.Optional(t.Object({ mode: Mode, question: t.Array(Line), expect: Expect })),
  current: t.Optional(Task),
  agenda: t.Array(Task, { maxItems: 8 }),
  about: t.Array(t.String()),
  /** In a row, without progress. */
  reasks: t.Integer({ minimum: 0 }),
  silences: t.Integer({ minimum: 0 }),
  /** Another failure is answered by asking for the keypad. */
  prefersKeys: t.Boolean(),
  /** Prescriptions whose refill was put before staff. */
  askedFor: t.Optional(t.Array(t.String())),
  hasAcknowledgedAnger: t.Boolean(),
  tone: t.Optional(t.String()),
  /** The gravest so far: a flag for staff, which nothing here reads. */
  mood: t.Optional(Mood),
  /** Whom a message or a callback is for. */
  wantsRole: t.Union([t.Literal("technician"), t.Literal("pharmacist")]),
  words: t.String(),
  /** The end of all that the caller said in words, for a summary when it is over. */
  heard: t.Optional(t.String({ maxLength: 2_000 })),
  /** What was told of names, days and numbers: whoever they are of, they stay in the house. */
  claims: t.Optional(Claims),
  audio: t.Optional(Audio),
  question: t.Array(Line),
  /** All that was said last, to be said again on request. */
  said: t.Array(Line),
  turn: Turn,
})
export type State = Static<typeof State>

/** As it is saved: an erasure reaches what was heard, also before it was known who speaks. */
export function sealedForSpeaker(state: State): State {
  return { ...state, whose: state.caller.patient ?? state.conversation }
}
