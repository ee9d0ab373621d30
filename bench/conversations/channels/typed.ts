/** A call on a line of text and a virtual clock: the whole agent but for its ears and voice. */
import { VirtualClock } from "#core/clock.ts"
import { newId } from "#core/id.ts"
import type { Pharmacy } from "../../../test/calls/house.ts"
import { commandOf } from "../../../test/calls/typed.ts"
import type { Ask } from "../../../voice/call/state.ts"
import type { AskResult } from "../../../voice/line.ts"
import { type TransferOutcome, type TypedLine, typedLine } from "../../../voice/typed-line.ts"
import { type Held, TURNS_MAX } from "../call.ts"
import type { Act, Meanwhile, SimulatedCaller } from "../caller/caller.ts"
import type { Task } from "../task.ts"

const ASK_MS_MAX = 9_000
/** A listening noise comes early; who interrupts has heard what is being asked. */
const MURMUR_MS = 1_200
const INTERRUPT_MS = 1_500
const STEP_MS = 100
const WAIT_MS_MAX = 20_000
/** The agent's voice stops this soon after an interruption, or has missed it. */
const YIELD_MS = 2_000

const outcomes = {
  busy: "busy",
  no_answer: "no_answer",
  voicemail: "declined",
} as const satisfies Record<string, TransferOutcome>

export interface TypedCallParts {
  readonly task: Task
  readonly caller: SimulatedCaller
  readonly pharmacy: Pharmacy
  readonly atMs: number
}

/** Rings, talks until somebody has had enough, hangs up and closes as the voice would. */
export async function holdTyped(parts: TypedCallParts): Promise<Held> {
  const call = new TypedTalk(parts)
  await call.hold()
  return call.held()
}

class TypedTalk {
  readonly #parts: TypedCallParts
  readonly #conversation = `CA${newId(Date.now())}`
  readonly #line: TypedLine
  readonly #counts = { murmurs: 0, murmursIgnored: 0, interruptions: 0, interruptionsMissed: 0 }
  /** What the caller did, in words: as they said it, however it was heard. */
  readonly #done: { atMs: number; text: string }[] = []
  #verifiedAtMs = Number.POSITIVE_INFINITY
  #heard = 0
  #isCutShort = false

  constructor(parts: TypedCallParts) {
    const { task, atMs } = parts
    const pharmacist = task.given?.pharmacist
    this.#parts = parts
    this.#line = typedLine({
      clock: new VirtualClock(atMs),
      conversation: (ask, turn) => this.#ask(ask, turn),
      transferOutcome: () => (pharmacist === undefined ? "accepted" : outcomes[pharmacist]),
    })
  }

  async hold(): Promise<void> {
    const line = this.#line
    line.start()
    await line.untilQuiet()
    for (let turn = 0; !line.ended; turn++) {
      this.#isCutShort = turn >= TURNS_MAX
      const act: Act = this.#isCutShort ? { kind: "hangUp" } : this.#next()
      await this.#perform(act)
      await line.untilQuiet()
    }
    const reason = line.ended ?? "caller_left"
    const { house } = this.#parts.pharmacy
    await house.ask("conversations.close", { conversation: this.#conversation, reason })
  }

  held(): Held {
    const { caller } = this.#parts
    const { hasGivenUp, turns, identifiers } = caller
    return {
      conversation: this.#conversation,
      setting: "typed",
      lines: this.#lines(),
      ended: this.#isCutShort ? "cut_short" : endings[this.#line.ended ?? "lost"],
      ...{ hasGivenUp, turns, identifiers },
      isVerified: Number.isFinite(this.#verifiedAtMs),
      seconds: Math.round(this.#line.nowMs / 1_000),
      turnTaking: {
        ...this.#counts,
        utterances: undefined,
        cutOffs: undefined,
        ...{ voiceToVoiceMs: [], bargeInMs: [] },
      },
    }
  }

  #next(): Act {
    return this.#parts.caller.next(this.#takeHeard())
  }

  /** What the agent has begun to say since this was last asked. */
  #takeHeard(): readonly string[] {
    const fresh = this.#line.said.slice(this.#heard).map(({ text }) => text)
    this.#heard = this.#line.said.length
    return fresh
  }

  async #perform(act: Act): Promise<void> {
    const line = this.#line
    switch (act.kind) {
      case "hangUp":
        return line.hangUp()
      case "keys":
        this.#note(`[${act.keys}]`)
        return line.keys(act.keys)
      case "silent":
        return line.advance(act.forMs)
      case "say":
        this.#says(act.text)
        return this.#meanwhile(act.meanwhile)
    }
  }

  async #meanwhile(meanwhile: Meanwhile): Promise<void> {
    if (meanwhile === "listens") return
    const line = this.#line
    for (let waitedMs = 0; line.doing !== "speaking"; waitedMs += STEP_MS) {
      if (waitedMs >= WAIT_MS_MAX || line.ended) return
      await line.advance(STEP_MS)
    }
    return meanwhile === "interrupts" ? this.#interrupt() : this.#murmur(meanwhile.murmurs)
  }

  async #murmur(text: string): Promise<void> {
    const line = this.#line
    await line.advance(MURMUR_MS)
    if (line.ended || line.doing !== "speaking") return
    const current = line.said.at(-1)
    this.#says(text)
    this.#counts.murmurs += 1
    await line.untilQuiet()
    if (!current?.isCutOff) this.#counts.murmursIgnored += 1
  }

  /** Answers as soon as the question is clear, without hearing the agent out. */
  async #interrupt(): Promise<void> {
    const line = this.#line
    const begun = (): readonly string[] => line.said.slice(this.#heard).map(({ text }) => text)
    for (let waitedMs = 0; !this.#parts.caller.couldCutIn(begun()); waitedMs += STEP_MS) {
      if (waitedMs >= WAIT_MS_MAX || line.ended || line.doing !== "speaking") return
      await line.advance(STEP_MS)
    }
    await line.advance(INTERRUPT_MS)
    if (line.doing !== "speaking" || line.ended) return
    const act = this.#next()
    if (act.kind !== "say") return this.#perform(act)
    const spokenBefore = line.said.length
    const currentUntilMs = line.said.at(-1)?.untilMs ?? 0
    this.#says(act.text)
    this.#counts.interruptions += 1
    await line.advance(YIELD_MS)
    const last = line.said[spokenBefore - 1]
    const hadTime = currentUntilMs - line.nowMs > 0
    if (hadTime && !last?.isCutOff && line.doing === "speaking") {
      this.#counts.interruptionsMissed += 1
    }
  }

  #says(text: string): void {
    this.#note(text)
    this.#line.say(text)
  }

  #note(text: string): void {
    this.#done.push({ atMs: this.#line.nowMs, text })
  }

  #lines(): Held["lines"] {
    const agent = this.#line.said.map(({ fromMs, text, isCutOff }) => ({
      who: "agent" as const,
      text: isCutOff ? `${text} —` : text,
      atMs: fromMs,
      isBeforeVerified: fromMs < this.#verifiedAtMs,
    }))
    const caller = this.#done.map(({ atMs, text }) => ({
      ...{ who: "caller" as const, text, atMs },
      isBeforeVerified: false,
    }))
    return [...agent, ...caller].toSorted((a, b) => a.atMs - b.atMs)
  }

  async #ask(ask: Ask, turn: number): Promise<AskResult> {
    const conversation = this.#conversation
    const { house } = this.#parts.pharmacy
    const from = `+1${this.#parts.caller.person.phone}`
    const [command, input] = commandOf(ask, { from, language: "en" })
    const numbered = ask.kind === "open" ? { conversation } : { conversation, turn }
    const options = { deadlineMs: ASK_MS_MAX }
    const reply = await house.ask<never>(
      `conversations.${command}`,
      { ...input, ...numbered },
      options,
    )
    const actor = house.host.identities.actor({ conversation })
    const isVerified = actor?.kind === "caller" && actor.identity === "verified"
    if (isVerified) this.#verifiedAtMs = Math.min(this.#verifiedAtMs, this.#line.nowMs)
    if (reply.kind === "done") return { ok: true, turn: reply.value }
    return { ok: false, isRetryable: false }
  }
}

const endings = {
  caller_left: "caller",
  agent_ended: "agent",
  transferred: "transfer",
  lost: "agent",
} as const satisfies Record<string, Held["ended"]>
