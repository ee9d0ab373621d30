/** Plays a script against a real house on a line of text, and keeps what was said and meant. */
import { setTimeout as realPause } from "node:timers/promises"
import { VirtualClock } from "#core/clock.ts"
import { newId } from "#core/id.ts"
import { type Script, type Step, toPattern } from "../../simulators/twilio/script.ts"
import type { Ask } from "../../voice/call/state.ts"
import type { AskResult } from "../../voice/line.ts"
import { type TransferOutcome, type TypedLine, typedLine } from "../../voice/typed-line.ts"
import type { Pharmacy } from "./house.ts"

/** As patient as the voice is. */
const ASK_MS_MAX = 9_000
/** A listening noise comes early; who interrupts has heard more than a first sentence. */
const BACKCHANNEL_MS = 1_200
const INTERRUPT_MS = 3_500
const INTO_WORD_MS = 350
const STEP_MS = 100
const SPEECH_WAIT_MS_MAX = 20_000
const RESTART_MS_MAX = 15_000
const LOOK_EVERY_MS = 25

const outcomes = {
  answers: "accepted",
  busy: "busy",
  no_answer: "no_answer",
  voicemail: "declined",
} as const satisfies Record<string, TransferOutcome>

/** One question to the conversation and what became of it, for whoever reads a failure. */
export interface Exchange {
  readonly ask: Ask
  readonly turn: number
  readonly kind: string
  readonly expect: string
}

export interface TypedCall {
  readonly conversation: string
  readonly line: TypedLine
  readonly exchanges: readonly Exchange[]
  /** What the script asked to hear and did not. */
  readonly failure: string | undefined
}

/** Rings, plays every step, hangs up if nobody did, and closes as the voice would. */
export async function playTyped(script: Script, pharmacy: Pharmacy, atMs: number) {
  const caller = new TypedCaller(script, pharmacy, atMs)
  const failure = await caller.play()
  const { conversation, line, exchanges } = caller
  const reason = line.ended ?? "caller_left"
  await pharmacy.house.ask("conversations.close", { conversation, reason })
  return { conversation, line, exchanges, failure } satisfies TypedCall
}

class TypedCaller {
  readonly conversation = `CA${newId(Date.now())}`
  readonly line: TypedLine
  readonly exchanges: Exchange[] = []
  readonly #script: Script
  readonly #pharmacy: Pharmacy
  #saidBefore = 0
  #expect = "request"

  constructor(script: Script, pharmacy: Pharmacy, atMs: number) {
    this.#script = script
    this.#pharmacy = pharmacy
    this.line = typedLine({
      clock: new VirtualClock(atMs),
      conversation: (ask, turn) => this.#ask(ask, turn),
      transferOutcome: () => outcomes[script.given?.pharmacist ?? "answers"],
    })
  }

  async play(): Promise<string | undefined> {
    this.line.start()
    for (const step of this.#script.steps) {
      const failure = await this.#step(step)
      if (failure) return failure
    }
    await this.line.untilQuiet()
    if (!this.line.ended) this.line.hangUp()
    await this.line.untilQuiet()
    return undefined
  }

  async #step(step: Step): Promise<string | undefined> {
    const { line } = this
    if ("hear" in step) return this.#hear(step.hear)
    if ("kill" in step) return this.#kill(step.kill)
    if ("interrupt" in step) return this.#whileSpeaking(step.interrupt, INTERRUPT_MS)
    if ("backchannel" in step) return this.#whileSpeaking(step.backchannel, BACKCHANNEL_MS)
    if ("hangUp" in step && step.hangUp !== true) {
      await line.advance(INTO_WORD_MS)
      line.hangUp()
      return undefined
    }
    await line.untilQuiet()
    if (line.ended) return `the call was over before ${JSON.stringify(step)}`
    this.#saidBefore = line.said.length
    if ("say" in step) line.say(this.#filledIn(step.say))
    if ("keys" in step) line.keys(step.keys)
    if ("noise" in step) line.noise(step.noise)
    if ("silence" in step) await line.advance(step.silence)
    if ("hangUp" in step) line.hangUp()
    return undefined
  }

  async #hear(source: string): Promise<string | undefined> {
    await this.line.untilQuiet()
    const heard = this.line.said.slice(this.#saidBefore).map(({ text }) => text)
    return toPattern(source).test(heard.join(" ")) ? undefined : `never heard ${source}`
  }

  /** Begins to speak when the agent has spoken for a moment. */
  async #whileSpeaking(text: string, afterMs: number): Promise<string | undefined> {
    const { line } = this
    for (let waitedMs = 0; line.doing !== "speaking"; waitedMs += STEP_MS) {
      if (waitedMs >= SPEECH_WAIT_MS_MAX || line.ended) return `nobody spoke to say ${text} over`
      await line.advance(STEP_MS)
    }
    await line.advance(afterMs)
    this.#saidBefore = line.said.length
    line.say(text)
    return undefined
  }

  /** The code that was texted to the caller, where the script leaves a place for it. */
  #filledIn(text: string): string {
    const texts = this.#pharmacy.cloud.messages.all.filter(({ to }) => to === this.#script.from)
    const code = /\b\d{6}\b/.exec(texts.at(-1)?.body ?? "")?.[0] ?? "000000"
    return text.replace("{texted code}", code)
  }

  async #kill(module: string): Promise<undefined> {
    const { host } = this.#pharmacy.house
    await this.line.untilQuiet()
    await this.#whenBack(module)
    const pid = host.pidOf(module)
    if (pid === undefined || this.#stateOf(module) !== "running") return
    process.kill(pid, "SIGKILL")
    await until(() => host.pidOf(module) !== pid || this.#stateOf(module) !== "running")
  }

  /** The line's clock stands still meanwhile, as for all that the conversation waits for. */
  async #whenBack(module: string): Promise<void> {
    await until(() => ["running", "quarantined"].includes(this.#stateOf(module)))
  }

  #stateOf(module: string): string {
    const health = this.#pharmacy.house.host.health()
    return health.find((one) => one.module === module)?.state ?? "absent"
  }

  async #ask(ask: Ask, turn: number): Promise<AskResult> {
    const { conversation } = this
    const [command, input] = commandOf(ask, this.#script)
    const numbered = ask.kind === "open" ? { conversation } : { conversation, turn }
    const options = { deadlineMs: ASK_MS_MAX }
    const reply = await this.#pharmacy.house.ask<never>(
      `conversations.${command}`,
      { ...input, ...numbered },
      options,
    )
    const kind = "code" in reply ? `${reply.kind} ${reply.code}` : reply.kind
    this.exchanges.push({ ask, turn, kind, expect: this.#expect })
    if (reply.kind === "done") {
      const { value } = reply as { value: { expect: string } }
      this.#expect = value.expect
      return { ok: true, turn: reply.value }
    }
    const isRetryable = reply.kind === "outage" && (reply as { retryable: boolean }).retryable
    if (isRetryable) await this.#whenBack("conversations")
    return { ok: false, isRetryable }
  }
}

async function until(isSo: () => boolean): Promise<void> {
  for (let waitedMs = 0; !isSo() && waitedMs < RESTART_MS_MAX; waitedMs += LOOK_EVERY_MS)
    await realPause(LOOK_EVERY_MS)
}

/** As voice/house.ts puts them: answered in the pharmacy's language, whatever the caller speaks. */
export function commandOf(ask: Ask, { from }: Pick<Script, "from" | "language">): [string, object] {
  switch (ask.kind) {
    case "open":
      return [
        "open",
        { channel: "phone", language: "en", from, ...(ask.resumed && { resumed: true }) },
      ]
    case "hear": {
      const { kind: _, ...heard } = ask
      return ["hear", heard]
    }
    case "silence":
      return ["silence", { kind: ask.silence }]
    case "transferEnded":
      return ["transferEnded", { outcome: ask.outcome }]
  }
}
