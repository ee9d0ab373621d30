/** One turn in the making: what is said, what is asked, and what comes next. */
import { isDeepStrictEqual } from "node:util"
import type { Reply } from "#core/module.ts"
import type { Expect, Line, Understanding } from "../../intent/contract.ts"
import type { Turn } from "./contract.ts"
import type { State, Task } from "./state.ts"
import { summaryOf, whisperOf } from "./summary.ts"
import type { World } from "./world.ts"

export interface Heard extends Understanding {
  readonly text: string
  readonly otherText?: string
  readonly source: "speech" | "typed" | "keys"
  /** Of the transcription. */
  readonly confidence: number
  /** Said before the question had been heard. */
  readonly beforeQuestion?: boolean
}

/** Less sure of a wish, and it is a guess: asked again rather than begun. */
export const GUESSED = 0.5
/** Less sure of a wish, and it was rather an answer that could not be made out. */
export const CLEAR = 0.7

/** While these are answered, the ears listen for digits and for no drug. */
const withoutDrugs: ReadonlySet<Expect> = new Set([
  "name",
  "date_of_birth",
  "rx_number",
  "zip",
  "code",
])

export class Talk {
  readonly state: State
  readonly world: World
  readonly lines: Line[] = []
  /** What was said before this turn, and may be said again. */
  readonly before: readonly Line[]
  expect: Expect = "request"
  next: Turn["next"] = "listen"
  transfer: Turn["transfer"]
  /** The caller asked for time: a long silence is theirs. */
  isWaiting = false
  readonly #acts = new Map<string, number>()

  constructor(state: State, world: World) {
    this.state = state
    this.world = world
    const { beforeAlarm, question, said } = state
    this.before = structuredClone([...said, ...question, ...(beforeAlarm?.question ?? [])])
  }

  /** Nothing is said twice in one turn. */
  say(reply: string, values?: Line["values"]): void {
    const line = values === undefined ? { reply } : { reply, values }
    if (!this.lines.some((said) => isDeepStrictEqual(said, line))) this.lines.push(line)
  }

  /** Says a question and remembers it, to be asked again after a silence or a lost connection. */
  ask(expect: Expect, reply: string, values?: Line["values"]): void {
    this.say(reply, values)
    this.expect = expect
    this.state.question = this.lines.slice(-1)
    // A short word is what ears miss most: whom they missed before is told of the keys at once.
    if (expect === "yes_no" && this.offersKeys) this.say("hint.yes_no")
  }

  /** The ears missed something, and there are keys. */
  get offersKeys(): boolean {
    return this.state.prefersKeys && this.state.channel === "phone"
  }

  /** Asks for an answer to what was asked before, in the same words. */
  askAgain(): void {
    for (const { reply, values } of this.state.question) this.say(reply, values)
    this.#expectSame()
  }

  /** The question stands, and is not said again. */
  wait(): void {
    this.isWaiting = true
    this.#expectSame()
  }

  /** Says all of the last turn once more. */
  repeat(): void {
    const { said, question } = this.state
    for (const { reply, values } of said.length > 0 ? said : question) this.say(reply, values)
    this.#expectSame()
  }

  #expectSame(): void {
    const { turn, mode } = this.state
    this.expect = turn.expect
    if (mode === "message") this.next = "take_message"
  }

  get vocabulary(): string[] {
    return withoutDrugs.has(this.expect) ? [] : (this.state.caller.medicines ?? [])
  }

  /** Puts a command before the gate, with what a person would need to decide. */
  propose(
    name: string,
    input: unknown,
    { task, confidence, willHappen, drugName, patient }: Proposal,
  ): Promise<Reply> {
    const { conversation, turn, words, audio, from, caller, language, mood } = this.state
    const subject = patient ?? caller.patient
    const { name: patientName, verifiedBy } = caller
    return this.world.propose(name, input, {
      key: `${conversation}:${turn.turn}:${this.#count(name)}`,
      confidence: confidence ?? task.confidence,
      context: {
        conversation,
        words: [task.words, words].filter((one, at, all) => all.indexOf(one) === at).join(" … "),
        ...(from && { phone: from }),
        ...(audio && { audioFromMs: audio.fromMs, audioUntilMs: audio.untilMs }),
        ...(subject && { patient: subject }),
        ...(patientName && subject === caller.patient && { patientName }),
        ...(verifiedBy && { verifiedBy }),
        ...(willHappen && { willHappen }),
        ...(drugName && { drugName }),
        summary: { text: summaryOf(this.state, task, drugName), madeBy: "rules" },
        ...(mood && { mood }),
        ...(language !== "en" && { language }),
      },
    })
  }

  /** Each command counts within the turn, so that the turn asked for again repeats no act. */
  #count(name: string): number {
    const before = this.#acts.get(name) ?? 0
    this.#acts.set(name, before + 1)
    return before
  }

  /** On the phone the caller may speak over the goodbye; the call is over when the line is. */
  hangUp(): void {
    this.next = "hang_up"
    this.state.isOpen = this.state.channel === "phone"
  }
}

export interface Proposal {
  readonly task: Task
  /** Higher than the understanding's own once the caller confirmed. */
  readonly confidence?: number
  readonly willHappen?: string
  readonly drugName?: string
  readonly patient?: string
}

/** Says what the gate or the world answered when it was not what was asked for. */
export async function sayTrouble(talk: Talk, reply: Reply, about: string): Promise<void> {
  switch (reply.kind) {
    case "asked":
      talk.say(askedReply[reply.tier])
      break
    case "refused":
      talk.say("asked.refused")
      await handOver(talk, "technician")
      break
    default:
      await talk.world.promiseCallback(talk.state, about, undefined)
      talk.say(reply.kind === "outage" ? troubleReply(reply.code) : "trouble.module")
  }
}

const askedReply = { 1: "asked.technician", 2: "asked.pharmacist", 3: "asked.manager" } as const

/** The pharmacy system is known to callers as the computer; what else is out is ours. */
export function troubleReply(code: string): "trouble.system" | "trouble.module" {
  return code.startsWith("pms") || code === "deadline" ? "trouble.system" : "trouble.module"
}

/** Gives the caller to a person: now while the pharmacy is open, by a message when it is not. */
export async function handOver(talk: Talk, to: "pharmacist" | "technician"): Promise<void> {
  const { state, world } = talk
  state.wantsRole = to
  state.reasks = 0
  const { isOpen } = await world.opening()
  if (isOpen && state.channel === "phone") {
    talk.say("person.connecting")
    talk.next = "transfer"
    talk.transfer = { to, whisper: whisperOf(state), isEmergency: false }
    state.mode = "transferring"
    return
  }
  if (!isOpen) talk.say("person.after_hours")
  askForMessage(talk)
}

export function askForMessage(talk: Talk): void {
  talk.state.mode = "message"
  talk.next = "take_message"
  talk.ask("message", "message.ask")
}
