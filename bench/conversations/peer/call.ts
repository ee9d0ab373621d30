/**
 * One call held by the peer: LiveKit's own session takes the turns, and behind it stands the same
 * conversation that answers the agent's callers. No server of LiveKit's is asked for anything.
 */
import { inference, llm, voice } from "@livekit/agents"
import localInference from "@livekit/local-inference"
import { Type as t } from "typebox"
import { Value } from "typebox/value"
import type { WebSocket } from "ws"
import { Turn } from "../../../modules/conversations/contract.ts"
import type { House } from "../../../test/house.ts"
import { PeerDetector, PeerEar, PeerVoice, type Weights } from "./speech.ts"
import { LineIn, LineOut } from "./wire.ts"

const TELL_EVERY_MS = 100
const FAREWELL_MS = 400
/** Marks and digits may be written in another way by the pipeline. */
const SLACK_LETTERS = 3
const SORRY = "I am sorry, something went wrong."

export interface PeerCallParts {
  readonly call: string
  readonly streamSid: string
  readonly from: string
  readonly house: House
  readonly socket: WebSocket
  readonly weights: Weights
}

export class PeerCall {
  readonly lineIn = new LineIn()
  readonly lineOut: LineOut
  readonly #parts: PeerCallParts
  readonly #session: voice.AgentSession
  readonly #ticker: NodeJS.Timeout
  readonly #startedMs = performance.now()
  #turn: Turn | undefined
  #toSay: Turn["say"] = []
  #heardLetters = 0

  constructor(parts: PeerCallParts) {
    this.#parts = parts
    const { socket, streamSid, weights } = parts
    const onHeard = (text: string, isCutOff: boolean) => this.#heard(text, isCutOff)
    this.lineOut = new LineOut({ socket, streamSid, onHeard })
    this.#session = new voice.AgentSession({
      stt: new PeerEar(weights.ear),
      tts: new PeerVoice(weights.voice, (text, ms) => this.lineOut.expect(text, ms)),
      vad: new PeerDetector(weights.detector),
      llm: new NoModel(),
      // A conversation that acts cannot be asked twice for one turn, so nothing is tried ahead.
      turnHandling: { turnDetection: turnDetector(), preemptiveGeneration: { enabled: false } },
      userAwayTimeout: null,
    })
    this.#session.input.audio = this.lineIn
    this.#session.output.audio = this.lineOut
    this.#ticker = setInterval(() => this.lineOut.tellHeard(), TELL_EVERY_MS)
  }

  async start(): Promise<void> {
    await this.#session.start({
      agent: new PharmacyAgent((text) => this.#answer(text)),
      record: false,
    })
    const { call, from, house } = this.#parts
    const opened = { conversation: call, channel: "phone", from, language: "en" }
    const reply = await house.ask("conversations.open", opened)
    this.#session.say(this.#take(reply.kind === "done" ? reply.value : undefined))
  }

  async close(): Promise<void> {
    clearInterval(this.#ticker)
    this.lineIn.end()
    await this.#session.close().catch(() => undefined)
    const { call: conversation, house } = this.#parts
    await house.ask("conversations.close", { conversation, reason: "caller_left" })
  }

  /** The same question that the agent's telephone would put, and its answer in words. */
  async #answer(text: string): Promise<string> {
    const { call: conversation, house } = this.#parts
    const heard = {
      conversation,
      turn: this.#turn?.turn ?? 0,
      source: "speech",
      text,
      confidence: 0.8,
    }
    void this.#note({ who: "caller", text, source: "speech", confidence: 0.8 })
    const reply = await house.ask("conversations.hear", heard)
    return this.#take(reply.kind === "done" ? reply.value : undefined)
  }

  #take(value: unknown): string {
    if (!Value.Check(Turn, value)) return SORRY
    this.#turn = value
    this.#toSay = [...value.say]
    this.#heardLetters = 0
    return value.say.map(({ spoken }) => spoken).join(" ")
  }

  /** What was said last is heard to its end; then the line is given up, as the turn says. */
  async #afterwards(): Promise<void> {
    const next = this.#turn?.next
    const isOver = next === "hang_up" || next === "transfer"
    if (!isOver || this.#toSay.length > 0) return
    await new Promise((resolve) => setTimeout(resolve, FAREWELL_MS))
    this.#parts.socket.close()
  }

  /** The pipeline cuts and joins sentences as it likes: what was heard is counted in letters. */
  #heard(text: string, isCutOff: boolean): void {
    this.#heardLetters += isCutOff ? 0 : lettersIn(text)
    while (
      this.#toSay[0] &&
      lettersIn(this.#toSay[0].spoken) <= this.#heardLetters + SLACK_LETTERS
    ) {
      const [said, ...rest] = this.#toSay
      this.#toSay = rest
      this.#heardLetters = Math.max(0, this.#heardLetters - lettersIn(said?.spoken ?? ""))
      void this.#note({ who: "agent", text: said?.text ?? "", source: "agent" })
    }
    const broken = isCutOff ? this.#toSay.shift() : undefined
    if (broken) void this.#note({ who: "agent", text: broken.text, source: "agent", cutOff: true })
    void this.#afterwards()
  }

  async #note(line: object): Promise<void> {
    const { call: conversation, house } = this.#parts
    const atMs = Math.round(performance.now() - this.#startedMs)
    await house.ask("transcripts.append", { conversation, line: { ...line, atMs } })
  }
}

class PharmacyAgent extends voice.Agent {
  readonly #answer: (text: string) => Promise<string>

  constructor(answer: (text: string) => Promise<string>) {
    super({ instructions: "The conversation behind answers." })
    this.#answer = answer
  }

  override async llmNode({ items }: Parameters<voice.Agent["llmNode"]>[0]) {
    const said = items.findLast(({ role }) => role === "user")?.textContent ?? ""
    return ReadableStream.from([await this.#answer(said)])
  }
}

/** Nobody asks it: the agent answers in its own way. */
class NoModel extends llm.LLM {
  label(): string {
    return "none"
  }

  chat(): never {
    throw new Error("the conversation answers, and no model")
  }
}

const Asked = t.Object({ pcm: t.String() })

/** The peer's local model for the end of a turn, in this process instead of one of its workers. */
function turnDetector(): inference.TurnDetector {
  const doInference = async (_: string, input: unknown) => {
    const { pcm } = Value.Parse(Asked, input)
    const bytes = Buffer.from(pcm, "base64")
    const samples = new Int16Array(bytes.length >> 1)
    for (const at of samples.keys()) samples[at] = bytes.readInt16LE(at * 2)
    const startedAtMs = performance.now()
    const probability = await localInference.predict(samples)
    return { probability, inferenceDurationMs: performance.now() - startedAtMs }
  }
  return new inference.TurnDetector({ version: "v1-mini", executor: { doInference } })
}

function lettersIn(text: string): number {
  return text.replaceAll(/[^\p{L}\p{N}]/gu, "").length
}
