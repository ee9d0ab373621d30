/**
 * What a call knows, what can happen to it, and what it can want done. Plain data: all times are
 * milliseconds since the stream began, and nothing here reads a clock.
 */
import type { Static } from "typebox"
import type { Sentence } from "../../intent/contract.ts"
import type { conversations, Turn } from "../../modules/conversations/contract.ts"
import type { TranscriptLine } from "../../modules/transcripts/contract.ts"
import { estimatedMs } from "../turns/ledger.ts"

type ConversationInput = {
  [C in "hear" | "silence" | "transferEnded"]: Static<
    (typeof conversations)["commands"][C]["input"]
  >
}
type Bare<T> = Omit<T, "conversation" | "turn">

/** One question to the conversation. The line adds the conversation's id and the turn. */
export type Ask =
  | { readonly kind: "open"; readonly resumed: boolean }
  | ({ readonly kind: "hear" } & Bare<ConversationInput["hear"]>)
  | {
      readonly kind: "silence"
      readonly silence: ConversationInput["silence"]["kind"]
    }
  | ({ readonly kind: "transferEnded" } & Omit<ConversationInput["transferEnded"], "conversation">)

/** One sentence on its way to the caller. */
export interface Item {
  readonly id: number
  readonly sentence: Sentence
  readonly heardMs: number
  /** An estimate until the sentence has been rendered. */
  readonly totalMs: number
  readonly startedAtMs?: number
}

export function newItem(id: number, sentence: Sentence): Item {
  return { id, sentence, heardMs: 0, totalMs: estimatedMs(sentence.spoken) }
}

/** The careful ear is also asked whether it was Spanish that sounded like no English. */
export type Ear = "quick" | "careful" | "spanish"

/** Null: the ear failed. Undefined: it has not answered yet. */
export type EarText = string | null | undefined

/** What the caller is saying now, or has said and nobody has taken yet. */
export interface Utterance {
  readonly onsetMs: number
  /** Voice only, pauses left out. */
  readonly speechMs: number
  /** When the voice stopped; undefined while it sounds. */
  readonly pausedAtMs: number | undefined
  /** Which transcription the ears are at; results of an older one are stale. */
  readonly take: number
  readonly quick: EarText
  readonly careful: EarText
  /** Empty: it was not Spanish. Undefined: nobody asked, or no answer yet. */
  readonly spanish: EarText
  /** When the turn was taken; undefined while the caller may go on. */
  readonly overAtMs: number | undefined
  /** A few words bridged the wait for the careful ear; it is not bridged twice. */
  readonly isBridged: boolean
  /** It was asked whether it was Spanish. */
  readonly isDoubted: boolean
}

export interface Asking {
  readonly number: number
  readonly ask: Ask
  readonly sinceMs: number
  readonly fillers: number
  readonly failures: number
}

/** Parts of the time from the caller's last word to the agent's first. */
export interface Timing {
  readonly pausedAtMs: number
  readonly endpointMs: number
  readonly transcribeMs: number
  readonly understandMs: number
  /** The item whose first sound ends the measurement. */
  readonly item: number
}

export interface CallState {
  readonly phase: "live" | "transferring" | "ended"
  readonly turn: Turn | undefined
  /** Sent to the mouth and not yet wholly heard, in order. */
  readonly playing: readonly Item[]
  /** Cut off by a sound of the caller; it is not yet clear whether that was an interruption. */
  readonly held: readonly Item[]
  readonly utterance: Utterance | undefined
  readonly keys: string
  readonly asking: Asking | undefined
  /** Said while an answer was awaited. */
  readonly queued: Ask | undefined
  readonly timing: Timing | undefined
  /** What the agent said lately, the newest last. */
  readonly ownSpeech: readonly string[]
  readonly firstSpeechMs: number | undefined
  /** The last sentence of the turn, while its first sound has not been heard. */
  readonly unheardQuestion: number | undefined
  readonly hasGivenUp: boolean
  readonly nextItem: number
  readonly nextAsk: number
  readonly nextTake: number
}

export const newCall: CallState = Object.freeze({
  phase: "live",
  turn: undefined,
  playing: [],
  held: [],
  utterance: undefined,
  keys: "",
  asking: undefined,
  queued: undefined,
  timing: undefined,
  ownSpeech: [],
  firstSpeechMs: undefined,
  unheardQuestion: undefined,
  hasGivenUp: false,
  nextItem: 1,
  nextAsk: 1,
  nextTake: 1,
})

export type TimerName =
  /** The caller has paused long enough: the turn is over. */
  | "endpoint"
  /** The ears had time enough. */
  | "ears"
  /** Nobody talks so long without a pause. */
  | "utterance"
  /** Interruption or not? */
  | "decide"
  | "silence"
  | "keys"
  | "filler"
  | "retry"
  | "watchdog"

export type Left = "caller_left" | "agent_ended" | "transferred" | "lost"

export type CallEvent =
  | { readonly kind: "begin"; readonly ask: Ask }
  | { readonly kind: "answered"; readonly number: number; readonly turn: Turn }
  | { readonly kind: "unanswered"; readonly number: number; readonly isRetryable: boolean }
  /** The caller's voice began, or began again; `atMs` is where in the audio. */
  | { readonly kind: "onset"; readonly atMs: number }
  | { readonly kind: "pause"; readonly atMs: number; readonly speechMs: number }
  | {
      readonly kind: "ear"
      readonly ear: Ear
      readonly take: number
      readonly text: string | null
    }
  | { readonly kind: "typed"; readonly text: string }
  | { readonly kind: "key"; readonly key: string }
  /** The first sound of an item left for the caller. */
  | { readonly kind: "started"; readonly item: number }
  /** So much of an item was heard. */
  | {
      readonly kind: "played"
      readonly item: number
      readonly ms: number
      readonly totalMs?: number
      readonly isLast: boolean
    }
  | { readonly kind: "timer"; readonly timer: TimerName }
  /** Somebody of the staff wants the caller. */
  | { readonly kind: "takenOver" }
  | { readonly kind: "gone"; readonly reason: Left }

export type Effect =
  | { readonly do: "ask"; readonly number: number; readonly ask: Ask; readonly turn: number }
  /** `isNext`: before everything that has not begun to sound. */
  | { readonly do: "play"; readonly items: readonly Item[]; readonly isNext?: true }
  /** Be silent now; what is queued is forgotten. */
  | { readonly do: "clear" }
  /** Leave out queued items that have not begun. */
  | { readonly do: "drop"; readonly items: readonly number[] }
  | {
      readonly do: "transcribe"
      readonly take: number
      readonly ears: readonly Ear[]
      readonly fromMs: number
      readonly untilMs: number
      readonly prompt?: string
      /** False when the sound came while the agent spoke and may be nothing. */
      readonly hasSpeech: boolean
    }
  | { readonly do: "forget"; readonly take: number }
  | { readonly do: "timer"; readonly timer: TimerName; readonly afterMs: number }
  | { readonly do: "cancel"; readonly timer: TimerName }
  | { readonly do: "note"; readonly line: TranscriptLine }
  | { readonly do: "record"; readonly isOn: boolean }
  | { readonly do: "transfer"; readonly transfer: NonNullable<Turn["transfer"]> }
  | { readonly do: "leave"; readonly reason: Left }
  | { readonly do: "timed"; readonly timing: Omit<Timing, "item">; readonly firstAudioMs: number }

/** What the call is doing, for those who watch it. */
export function doingOf(
  state: CallState,
): "listening" | "thinking" | "speaking" | "transferring" | "ended" {
  if (state.phase !== "live") return state.phase
  if (state.playing.length > 0) return "speaking"
  return state.asking ? "thinking" : "listening"
}
