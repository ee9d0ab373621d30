/** One call that was held, on whatever channel: what was said, and how the turns were taken. */
import type { Identifiers } from "./caller/identifiers.ts"

export interface Spoken {
  /** `ears`: what the agent understood of what the caller said. */
  readonly who: "agent" | "caller" | "ears"
  readonly text: string
  readonly atMs: number
  /** Said by the agent before it had made sure who is calling. */
  readonly isBeforeVerified: boolean
}

/** Counted where the channel can tell; the rest is not known. */
export interface TurnTaking {
  /** Sounds of listening while the agent spoke, and how many of them it spoke on through. */
  readonly murmurs: number
  readonly murmursIgnored: number
  readonly interruptions: number
  /** The agent spoke on to its end. */
  readonly interruptionsMissed: number
  /** From an interruption's first sound to the agent's silence, of those it yielded to. */
  readonly bargeInMs: readonly number[]
  /** Things the caller said to their end, and how often the agent spoke into one. */
  readonly utterances: number | undefined
  readonly cutOffs: number | undefined
  readonly voiceToVoiceMs: readonly number[]
}

export interface Held {
  readonly conversation: string
  /** How it was held: typed, or in whose voice and where. */
  readonly setting: string
  readonly lines: readonly Spoken[]
  readonly ended: "agent" | "caller" | "transfer" | "cut_short"
  /** The agent made sure of who is calling, or believes so. */
  readonly isVerified: boolean
  readonly hasGivenUp: boolean
  readonly turns: number
  readonly seconds: number
  readonly identifiers: Pick<Identifiers, "offered" | "right">
  readonly turnTaking: TurnTaking
}

/** Longer than any of these callers would stay. */
export const TURNS_MAX = 40
