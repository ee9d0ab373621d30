/** One turn in the making: what is said, what is asked, and what comes next. */
import type { Reply } from "#core/module.ts"
import type { Expect, Line, Understanding } from "../../intent/contract.ts"
import type { Turn } from "./contract.ts"
import type { State, Task } from "./state.ts"
import type { World } from "./world.ts"

export interface Heard extends Understanding {
  readonly text: string
  readonly otherText?: string
  readonly source: "speech" | "typed" | "keys"
  /** Of the transcription. */
  readonly confidence: number
}

export class Talk {
  readonly state: State
  readonly world: World
  readonly lines: Line[] = []
  expect: Expect = "request"
  next: Turn["next"] = "listen"
  transfer: Turn["transfer"]
  vocabulary: readonly string[] = []
  #acts = 0

  constructor(state: State, world: World) {
    this.state = state
    this.world = world
  }

  say(reply: string, values?: Line["values"]): void {
    this.lines.push(values === undefined ? { reply } : { reply, values })
  }

  /** Says a question and remembers it, to be asked again after a silence or a lost connection. */
  ask(expect: Expect, reply: string, values?: Line["values"]): void {
    this.say(reply, values)
    this.expect = expect
    this.state.question = this.lines.slice(-1)
  }

  /** Asks for an answer to what was asked before, in the same words. */
  askAgain(): void {
    this.lines.push(...this.state.question)
    this.expect = this.state.turn.expect
    this.vocabulary = this.state.turn.vocabulary
  }

  /** Puts a command before the gate, with what a person would need to decide. */
  propose(
    name: string,
    input: unknown,
    { task, confidence, willHappen, drugName, patient }: Proposal,
  ): Promise<Reply> {
    const { conversation, turn, words, audio, from, caller } = this.state
    const subject = patient ?? caller.patient
    return this.world.propose(name, input, {
      // Counts within the turn, so that the turn asked for again repeats no act.
      key: `${conversation}:${turn.turn}:${this.#acts++}`,
      confidence: confidence ?? task.confidence,
      context: {
        conversation,
        words: [task.words, words].filter((one, at, all) => all.indexOf(one) === at).join(" … "),
        ...(from && { phone: from }),
        ...(audio && { audioFromMs: audio.fromMs, audioUntilMs: audio.untilMs }),
        ...(subject && { patient: subject }),
        ...(willHappen && { willHappen }),
        ...(drugName && { drugName }),
      },
    })
  }

  hangUp(): void {
    this.next = "hang_up"
    this.state.isOpen = false
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
      talk.say(
        reply.kind === "outage" && reply.code.startsWith("pms")
          ? "trouble.system"
          : "trouble.module",
      )
      await talk.world.promiseCallback(talk.state, about, undefined)
  }
}

const askedReply = { 1: "asked.technician", 2: "asked.pharmacist", 3: "asked.manager" } as const

/** Gives the caller to a person: now while the pharmacy is open, by a message when it is not. */
export async function handOver(talk: Talk, to: "pharmacist" | "technician"): Promise<void> {
  const { state, world } = talk
  state.wantsRole = to
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

/** The minimum a person needs before they accept: no name, no drug. */
export function whisperOf({ about, caller, tone }: State): string {
  const who = caller.isVerified ? "a verified patient" : "a caller who is not verified"
  const what = about.length > 0 ? `about ${about.at(-1)?.replaceAll("_", " ")}` : "who asks for you"
  const mood = tone === undefined ? "" : `, who sounds ${tone}`
  return `The assistant has ${who} ${what}${mood}.`
}
