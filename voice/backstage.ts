/** All that a call needs from the rest of the house, in one place, so that a test can stand in. */
import type { TranscriptLine } from "../modules/transcripts/contract.ts"
import type { Ask, Left, Timing } from "./call/state.ts"
import type { KeptCall } from "./kept.ts"
import type { AskResult } from "./line.ts"

export interface Ringing {
  readonly call: string
  /** Absent when withheld. Supports, never suffices. */
  readonly from?: string
  readonly attestation?: string
}

export type CallChange = "in_progress" | "transferring" | "transferred" | "ended" | "lost"

export interface TextIn {
  readonly message: string
  readonly from: string
  readonly body: string
}

export type Delivery = "queued" | "sent" | "delivered" | "undelivered" | "failed"

/** Out: it cannot be told now. */
export type PhotoTaken = "ready" | "taken" | "over" | "no_photo" | "out"

/** None of these throws: what cannot be done is logged, or told in the answer. */
export interface Backstage {
  /** Registers a call that rings. */
  begin(call: Ringing): Promise<void>
  update(call: string, state: CallChange): Promise<void>
  ask(call: Ringing, ask: Ask, turn: number): Promise<AskResult>
  close(call: string, reason: Left): Promise<void>
  /** For whichever process is asked about the call next; undefined: there is nothing to know. */
  keep(call: string, kept: KeptCall | undefined): Promise<void>
  recall(call: string): Promise<KeptCall | undefined>
  note(call: string, line: TranscriptLine): Promise<void>
  timed(call: string, timing: Omit<Timing, "item">, firstAudioMs: number): void
  /** Undefined when nothing can be recorded now. */
  beginRecording(call: string): Promise<string | undefined>
  appendRecording(recording: string, audio: Uint8Array): Promise<void>
  pauseRecording(recording: string): Promise<void>
  endRecording(recording: string): Promise<void>
  /** The reply, or undefined when there is none to give. */
  receiveText(text: TextIn): Promise<string | undefined>
  /** Without a photo, tells only whether the link is still good. */
  takePhoto(token: string, photo?: Uint8Array): Promise<PhotoTaken>
  textDelivered(message: string, status: Delivery, errorCode?: number): Promise<void>
}
