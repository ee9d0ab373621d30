/**
 * Which calls there are and what each waits for: its stream, a person, or its end. It hands out
 * one-time tokens, so that a stream proves which call it carries, once.
 */
import { randomBytes } from "node:crypto"
import { type Clock, sleep, type Timer } from "#core/clock.ts"
import type { Turn } from "../modules/conversations/contract.ts"
import type { Backstage, Ringing } from "./backstage.ts"
import type { Ask, Left } from "./call/state.ts"
import type { KeptCall } from "./kept.ts"
import type { AskResult } from "./line.ts"

/** Twilio connects within a second or two. */
const TOKEN_MS_MAX = 30_000
/** Calls remembered at one time, ended ones included. */
const CALLS_MAX = 1_024
/** A call whose stream has not come (back) by then will not come. */
const ABSENT_MS_MAX = 60_000
const SWEEP_EVERY_MS = 10_000
/** An ended call is remembered while Twilio may still ask about it. */
const REMEMBER_MS = 10 * 60_000
/** How often a process that was replaced looks whether its last call is over. */
const DRAIN_LOOK_MS = 1_000
/** What was begun at the end of a call, such as closing its recording, is done by then. */
const SETTLE_MS = 3_000

/** Both sides of a call, interleaved µ-law, and where in the call they belong. */
export interface Stretch {
  readonly fromMs: number
  readonly untilMs: number
  readonly audio: Uint8Array
}

export type Transfer = NonNullable<Turn["transfer"]>
/** Why nobody took a transferred call. */
export type Missed = "declined" | "no_answer" | "busy" | "failed"

export interface LiveSession {
  readonly doing: "listening" | "thinking" | "speaking" | "transferring" | "ended"
  /** Ends the call politely: what follows the stream is a hang-up. */
  hangUp(): void
  /** Gives the caller to a person who asked for them. */
  takeOver(): void
  /** What was heard on both sides since then, as much as is still at hand. */
  overhear(fromMs: number): Stretch
}

/** A call taken up again, or for the first time, by a stream that showed its token. */
export interface Admission {
  readonly ringing: Ringing
  readonly opening: Ask
  /** The answer to the first question, asked while the stream was being connected. */
  readonly early: Promise<AskResult> | undefined
  /** Milliseconds between the conversation's beginning and this stream's. */
  readonly offsetMs: number
}

interface KnownCall {
  readonly ringing: Ringing
  readonly beganAtMs: number
  phase: "expected" | "live" | "transferring" | "finished" | "lost"
  sinceMs: number
  token?: { readonly value: string; readonly untilMs: number; readonly opening: Ask }
  early?: Promise<AskResult>
  session?: LiveSession
  /** What the conversation is asked first when the stream comes back. */
  comeback?: Ask
  transfer?: { readonly transfer: Transfer; readonly turn: number; isAccepted: boolean }
}

export class Switchboard {
  readonly #clock: Clock
  readonly #backstage: Backstage
  readonly #calls = new Map<string, KnownCall>()
  readonly #sweep: Timer
  #isDraining = false

  constructor(clock: Clock, backstage: Backstage) {
    this.#clock = clock
    this.#backstage = backstage
    this.#sweep = clock.every(SWEEP_EVERY_MS, () => this.#giveUpAbsent())
  }

  close(): void {
    this.#sweep.cancel()
  }

  /** Another process takes new calls and new streams. Resolves when the last call here is over. */
  async drain(): Promise<void> {
    this.#isDraining = true
    while (this.liveCount > 0) await sleep(this.#clock, DRAIN_LOOK_MS)
    await sleep(this.#clock, SETTLE_MS)
  }

  get isDraining(): boolean {
    return this.#isDraining
  }

  /** Learns of a call that another process had, if anything is known of it. */
  async recall(callSid: string): Promise<void> {
    if (this.#calls.has(callSid)) return
    const kept = await this.#backstage.recall(callSid)
    if (!kept || this.#calls.has(callSid)) return
    const call = this.#add({ call: callSid })
    call.phase = kept.phase
    const { transfer, turn, isAccepted } = kept
    if (transfer) call.transfer = { transfer, turn, isAccepted }
  }

  get liveCount(): number {
    let count = 0
    for (const { phase } of this.#calls.values()) if (phase === "live") count++
    return count
  }

  live(): readonly { call: string; doing: LiveSession["doing"]; sinceMs: number }[] {
    return [...this.#calls].flatMap(([call, { session, phase, sinceMs }]) => {
      if (phase === "transferring") return [{ call, doing: "transferring", sinceMs }]
      return session ? [{ call, doing: session.doing, sinceMs }] : []
    })
  }

  /** A call rings. The conversation is opened while Twilio connects the stream. */
  ring(ringing: Ringing): string {
    const known = this.#calls.get(ringing.call)
    if (known?.phase === "expected" && known.token) return known.token.value
    this.#forgetOld()
    const call = this.#add(ringing)
    const opening: Ask = { kind: "open", resumed: false }
    call.early = this.#backstage.begin(ringing).then(() => this.#backstage.ask(ringing, opening, 0))
    return this.#expect(call, opening)
  }

  /** The call is still there but its stream is not: expect it back. */
  expectAgain(callSid: string): string {
    const call = this.#calls.get(callSid) ?? this.#add({ call: callSid })
    const opening = call.comeback ?? { kind: "open", resumed: true }
    delete call.session
    delete call.early
    delete call.comeback
    return this.#expect(call, opening)
  }

  /** Takes the token away and lets the stream in, when both belong together. */
  admit(token: string, callSid: string): Admission | undefined {
    const call = this.#calls.get(callSid)
    if (!call?.token || call.token.value !== token) return undefined
    const { opening, untilMs } = call.token
    delete call.token
    if (this.#clock.nowMs() > untilMs) return undefined
    const early = call.early
    delete call.early
    const offsetMs = Math.max(0, Math.round(this.#clock.nowMs() - call.beganAtMs))
    return { ringing: call.ringing, opening, early, offsetMs }
  }

  attach(callSid: string, session: LiveSession): void {
    const call = this.#calls.get(callSid)
    if (!call) return
    call.session = session
    this.#move(call, "live")
    void this.#backstage.update(callSid, "in_progress")
  }

  sessionOf(callSid: string): LiveSession | undefined {
    return this.#calls.get(callSid)?.session
  }

  phaseOf(callSid: string): KnownCall["phase"] | undefined {
    return this.#calls.get(callSid)?.phase
  }

  /** The stream is over. A lost one leaves the conversation open, for the call may come back. */
  async left(callSid: string, reason: Left): Promise<void> {
    const call = this.#calls.get(callSid)
    if (!call || call.phase === "transferring" || call.phase === "finished") return
    delete call.session
    this.#move(call, reason === "lost" ? "lost" : "finished")
    void this.#backstage.update(callSid, reason === "lost" ? "lost" : "ended")
    if (reason === "lost") return
    void this.#backstage.close(callSid, reason)
    if (reason === "agent_ended") await this.#keep(call)
  }

  /** Twilio says that the call is over, whatever became of its stream. */
  over(callSid: string): void {
    const call = this.#calls.get(callSid)
    if (call?.phase === "finished" || call?.session) return
    const reason = call?.phase === "transferring" ? "transferred" : "caller_left"
    if (call) this.#move(call, "finished")
    void this.#backstage.update(callSid, "ended")
    void this.#backstage.close(callSid, reason)
    if (call?.transfer) void this.#backstage.keep(callSid, undefined)
  }

  /** Kept before anybody is rung: the whisper may be asked of another process. */
  async transferring(callSid: string, transfer: Transfer, turn: number): Promise<void> {
    const call = this.#calls.get(callSid)
    if (!call) return
    call.transfer = { transfer, turn, isAccepted: false }
    delete call.session
    this.#move(call, "transferring")
    void this.#backstage.update(callSid, "transferring")
    await this.#keep(call)
  }

  transferOf(callSid: string): Transfer | undefined {
    return this.#calls.get(callSid)?.transfer?.transfer
  }

  /** The person pressed 1. */
  accepted(callSid: string): boolean {
    const call = this.#calls.get(callSid)
    if (!call?.transfer) return false
    call.transfer.isAccepted = true
    void this.#keep(call)
    return true
  }

  /**
   * The transfer is over; true when a person took the call. Fails closed: without a pressed key
   * nobody did, and the conversation is asked what now when the stream is back.
   */
  transferDone(callSid: string, wasBridged: boolean, missed: Missed): boolean {
    const call = this.#calls.get(callSid)
    const transfer = call?.transfer
    if (!call || !transfer) return false
    delete call.transfer
    void this.#backstage.keep(callSid, undefined)
    const isTaken = transfer.isAccepted && wasBridged
    if (isTaken) {
      this.#move(call, "finished")
      void this.#backstage.update(callSid, "transferred")
      void this.#backstage.close(callSid, "transferred")
    } else {
      this.#move(call, "lost")
      call.comeback = { kind: "transferEnded", turn: transfer.turn, outcome: missed }
    }
    return isTaken
  }

  #add(ringing: Ringing): KnownCall {
    const nowMs = this.#clock.nowMs()
    const call: KnownCall = { ringing, beganAtMs: nowMs, phase: "expected", sinceMs: nowMs }
    this.#calls.set(ringing.call, call)
    return call
  }

  #expect(call: KnownCall, opening: Ask): string {
    const value = randomBytes(24).toString("base64url")
    call.token = { value, untilMs: this.#clock.nowMs() + TOKEN_MS_MAX, opening }
    this.#move(call, "expected")
    return value
  }

  #keep(call: KnownCall): Promise<void> {
    const { phase, ringing, transfer } = call
    if (phase !== "transferring" && phase !== "finished") return Promise.resolve()
    const given = transfer ?? { turn: 0, isAccepted: false }
    const kept: KeptCall = { phase, ...given, atMs: Math.round(this.#clock.nowMs()) }
    return this.#backstage.keep(ringing.call, kept)
  }

  #move(call: KnownCall, phase: KnownCall["phase"]): void {
    call.phase = phase
    call.sinceMs = this.#clock.nowMs()
  }

  /** Calls that were lost and did not come back: their conversations end. */
  #giveUpAbsent(): void {
    const nowMs = this.#clock.nowMs()
    for (const [id, call] of this.#calls) {
      const isAbsent = call.phase === "lost" || call.phase === "expected"
      if (!isAbsent || nowMs - call.sinceMs < ABSENT_MS_MAX) continue
      // Forgotten, not finished: should it come back after all, it is taken up like any other.
      this.#calls.delete(id)
      // It went on in the process that took over.
      if (this.#isDraining) continue
      void this.#backstage.update(id, "ended")
      void this.#backstage.close(id, "lost")
    }
  }

  #forgetOld(): void {
    const nowMs = this.#clock.nowMs()
    for (const [id, { phase, sinceMs }] of this.#calls) {
      const isOld = nowMs - sinceMs > REMEMBER_MS && phase !== "live" && phase !== "transferring"
      if (isOld || this.#calls.size > CALLS_MAX) this.#calls.delete(id)
    }
  }
}
