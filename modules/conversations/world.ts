/** What the engine may do in the world: ask other modules, and propose to the gate. Never more. */
import type { Reply } from "#core/module.ts"
import type { Prescription } from "#core/pms.ts"
import type { Greeting } from "#core/site.ts"
import type { EmergencyFamily, Line, Sentence, Understanding } from "../../intent/contract.ts"
import type { Ruling } from "../controlled-substances/contract.ts"
import type { State } from "./state.ts"

export interface Stated {
  readonly firstName?: string
  readonly lastName?: string
  readonly datesOfBirth?: string[]
  readonly rxNumber?: string
  readonly zip?: string
  readonly code?: string
  readonly phone?: string
}

export interface Proven {
  readonly state: "ask_name" | "ask_date_of_birth" | "ask_third" | "passed" | "failed" | "locked"
  readonly patient?: string
  readonly caresFor?: string[]
}

export interface Drug {
  readonly plainName: string
  readonly isSensitive: boolean
}

export interface Meant {
  readonly meant: readonly string[]
  readonly unclear: readonly (readonly string[])[]
  readonly leftOut: readonly string[]
  readonly exact: readonly string[]
  readonly namesOther: boolean
}

/** Who a verified caller is, for the person who may have to decide. */
export interface Known {
  readonly name?: string
  readonly verifiedBy: string[]
}

export interface Opening {
  readonly isOpen: boolean
  readonly closes?: string
  readonly today: { readonly on: string; readonly spans: readonly Span[] }
  readonly next?: { readonly on: string; readonly opens: string }
  readonly week: readonly { readonly weekday: string; readonly spans: readonly Span[] }[]
}
interface Span {
  readonly opens: string
  readonly closes: string
}

/** One utterance as the ears, the keys or the writer gave it. */
export interface Said {
  readonly text: string
  readonly otherText?: string
  readonly source: "speech" | "typed" | "keys"
}

export interface Location {
  readonly spokenName: string
  readonly address: string
  readonly phone: string
  /** In the pharmacy's own words, where it has any. */
  readonly greeting?: Greeting
}

export interface Question {
  readonly about: string
  readonly words: string
}

export interface World {
  understand(said: Said, state: State): Promise<Understanding>
  /** Undefined when one of them is no sentence of ours, or one that must never be said. */
  phrase(lines: readonly Line[], state: State): Promise<Sentence[] | undefined>
  /** Whether every fact in the line was answered by a command in this turn. */
  bears(line: Line): boolean
  /** False when it is no sentence of ours, or one that must never be said. */
  maySay(line: Line, state: State): Promise<boolean>
  /** Puts a command before the gate for this caller. The same key never acts twice. */
  propose(name: string, input: unknown, act: Act): Promise<Reply>
  offerIdentity(conversation: string, stated: Stated): Promise<Proven>
  sendCode(conversation: string): Promise<void>
  whoIs(conversation: string, patient: string): Promise<Known>
  /** Read once a turn, unless a number was given that it left out. */
  profile(patient: string, rxNumbers?: readonly string[]): Promise<readonly Prescription[]>
  matchDrugs(
    text: string,
    otherText: string | undefined,
    candidates: readonly Prescription[],
  ): Promise<Meant>
  /** What the law on controlled substances says of it; undefined when nobody has the number. */
  lawOn(about: "refill" | "transfer", rxNumber: string): Promise<Ruling | undefined>
  namesControlled(text: string): Promise<boolean>
  describe(drugName: string): Promise<Drug>
  opening(): Promise<Opening>
  location(): Promise<Location>
  reportEmergency(
    state: State,
    family: EmergencyFamily,
    certainty: "certain" | "possible",
  ): Promise<void>
  /** Puts words about safety before the pharmacist now, whatever becomes of the complaint. */
  warnPharmacist(state: State, words: string): Promise<void>
  /** For a technician to answer by a call: what the pharmacy has not said of itself. */
  leaveQuestion(state: State, question: Question): Promise<void>
  /** For a technician to do: what is asked for and no command carries out. */
  leaveTask(
    state: State,
    task: { readonly willHappen: string; readonly words: string },
  ): Promise<void>
  /** No text goes to the number they call from any more. */
  stopTexts(phone: string): Promise<void>
  promiseCallback(state: State, about: string, message: string | undefined): Promise<void>
  /** The day and wall-clock time of a moment at the pharmacy. */
  localTime(atMs: number): { readonly day: string; readonly time: string }
}

export interface Act {
  readonly key: string
  readonly confidence: number
  readonly context: Readonly<Record<string, unknown>>
}
