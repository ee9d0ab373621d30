/**
 * `<Connect><Stream>`: the websocket that carries a call's sound both ways. Marks come back when
 * the sound before them has been played to the caller, and at once when the buffer is cleared.
 */
import { type RawData, WebSocket } from "ws"
import { untilAborted } from "./clock.ts"
import type { Leg } from "./leg.ts"
import { readStreamMessage } from "./media-messages.ts"
import { silentFrame } from "./mulaw.ts"
import type { Instructions, Scene } from "./scene.ts"
import { newSid, sign } from "./signature.ts"
import { TwimlError } from "./twiml.ts"
import type { Element } from "./xml.ts"

const toBase64 = (sound: Uint8Array): string => Buffer.from(sound).toString("base64")
/** Most of what a caller sends is silence; it is put into words once. */
const silentPayload = toBase64(silentFrame)

type StreamEnd = "closedByServer" | "lost"

/** Sound waiting for an application that reads too slowly; beyond it Twilio throws sound away. */
const unsentBytesMax = 256 * 1024
const handshakeTimeoutMs = 5_000
const closeWithinMs = 2_000
const customParameterLengthMax = 500
const ordinaryClosure = 1_000
const abnormalClosure = 1_006

export async function connectStream(
  verb: Element,
  scene: Scene,
): Promise<Instructions | undefined> {
  const noun = verb.children[0]
  if (!noun || verb.children.length > 1) throw new TwimlError("12200", "Connect needs one Stream")
  const stream = new MediaStream(noun, scene)
  const end = await stream.run()
  if (end === "lost" && scene.exchange.afterSocketLoss === "hangUp") {
    scene.leg.end("completed", "agent")
    return undefined
  }
  const { action, method } = verb.attributes
  return action === undefined ? undefined : scene.fetch(action, method, {})
}

/** The address of the socket: absolute, without a query, which Twilio drops. */
function socketUrl(noun: Element, scene: Scene): URL {
  const url = new URL(scene.absolute(noun.attributes.url ?? ""))
  const mayBePlain = new URL(scene.url).protocol === "http:"
  if (url.protocol !== "wss:" && !(url.protocol === "ws:" && mayBePlain))
    throw new TwimlError("12200", "a Stream needs a wss address")
  url.search = ""
  return url
}

function customParameters(noun: Element): Record<string, string> {
  const pairs = noun.children.map(({ attributes }) => [attributes.name, attributes.value] as const)
  for (const [name = "", value = ""] of pairs)
    if (name === "" || name.length + value.length >= customParameterLengthMax)
      throw new TwimlError("12200", "a Parameter without a name, or too long")
  return Object.fromEntries(pairs.map(([name = "", value = ""]) => [name, value]))
}

class MediaStream {
  readonly #sid = newSid("MZ")
  readonly #noun: Element
  readonly #scene: Scene
  readonly #leg: Leg
  readonly #socket: WebSocket
  readonly #parameters: Record<string, string>
  readonly #end = Promise.withResolvers<StreamEnd>()
  #sequence = 0
  #chunk = 0
  #startedMs = 0
  #isQuiet = false
  #isOver = false

  constructor(noun: Element, scene: Scene) {
    this.#noun = noun
    this.#scene = scene
    this.#leg = scene.leg
    this.#parameters = customParameters(noun)
    const publicUrl = socketUrl(noun, scene)
    this.#socket = new WebSocket(scene.exchange.reach(publicUrl), {
      perMessageDeflate: false,
      handshakeTimeout: handshakeTimeoutMs,
      headers: {
        host: publicUrl.host,
        "user-agent": "TwilioMediaStreams/1.0",
        "x-twilio-signature": sign(scene.exchange.authToken, publicUrl.href),
      },
    })
  }

  /** Carries sound until the server closes, the socket breaks, or the call goes elsewhere. */
  async run(): Promise<StreamEnd> {
    const socket = this.#socket
    socket.on("open", () => this.#open())
    socket.on("message", (message, isBinary) => this.#receive(message, isBinary))
    socket.on("error", () => {
      if (this.#startedMs === 0 && !this.#scene.signal.aborted) this.#fail("31920")
    })
    socket.on("close", (code) => this.#closed(code))
    this.#leg.loseStream = (how) => this.#lose(how)
    try {
      return await untilAborted(this.#end.promise, this.#scene.signal)
    } catch (reason) {
      this.#send("stop", { stop: { accountSid: this.#account, callSid: this.#leg.sid } })
      this.#close()
      throw reason
    } finally {
      this.#leg.offFrame(this)
      this.#leg.onKey = () => {}
      this.#leg.loseStream = () => {}
      this.#leg.playout.clear()
      this.#leg.timeline.note("streamStopped")
      this.#report("stream-stopped")
    }
  }

  get #account(): string {
    return this.#scene.exchange.accountSid
  }

  #open(): void {
    const { timeline, sid } = this.#leg
    timeline.note("streamOpened")
    this.#socket.send(JSON.stringify({ event: "connected", protocol: "Call", version: "1.0.0" }))
    this.#startedMs = this.#scene.exchange.clock.nowMs()
    this.#send("start", {
      start: {
        accountSid: this.#account,
        streamSid: this.#sid,
        callSid: sid,
        tracks: ["inbound"],
        mediaFormat: { encoding: "audio/x-mulaw", sampleRate: 8_000, channels: 1 },
        customParameters: this.#parameters,
      },
    })
    timeline.note("streamStarted", this.#sid)
    this.#report("stream-started")
    this.#leg.onFrame(this, (spoken) => this.#sendSound(spoken))
    this.#leg.onKey = (digit) => this.#send("dtmf", { dtmf: { track: "inbound_track", digit } })
  }

  #sendSound(spoken: Uint8Array): void {
    this.#chunk++
    if (this.#socket.bufferedAmount > unsentBytesMax) {
      this.#leg.timeline.note("audioDiscarded", "31930")
      return
    }
    const timestamp = Math.round(this.#scene.exchange.clock.nowMs() - this.#startedMs)
    this.#send("media", {
      media: {
        track: "inbound",
        chunk: String(this.#chunk),
        timestamp: String(timestamp),
        payload: spoken === silentFrame ? silentPayload : toBase64(spoken),
      },
    })
  }

  #send(event: string, body: object): void {
    if (this.#isQuiet || this.#socket.readyState !== WebSocket.OPEN) return
    this.#sequence++
    const sequenceNumber = String(this.#sequence)
    this.#socket.send(JSON.stringify({ event, sequenceNumber, streamSid: this.#sid, ...body }))
  }

  #receive(raw: RawData, isBinary: boolean): void {
    if (this.#isQuiet || this.#isOver || this.#scene.signal.aborted) return
    const message = isBinary ? undefined : readStreamMessage(String(raw))
    if (!message || message.streamSid !== this.#sid) {
      this.#refuse()
      return
    }
    const { timeline, playout } = this.#leg
    if (message.event === "media") {
      if (playout.bufferedMs === 0) timeline.note("audioReceived")
      playout.push(Buffer.from(message.media.payload, "base64"))
    } else if (message.event === "mark") this.#expectMark(message.mark.name)
    else {
      timeline.note("clearReceived")
      playout.clear()
    }
  }

  #expectMark(name: string): void {
    const { timeline, playout } = this.#leg
    timeline.note("markReceived", name)
    playout.mark(() => {
      if (this.#scene.signal.aborted || this.#isOver) return
      timeline.note("markReturned", name)
      this.#send("mark", { mark: { name } })
    })
  }

  /** Twilio may tear a stream down for a message it does not know; the simulator always does. */
  #refuse(): void {
    this.#fail("31924")
    this.#close()
  }

  /** Closes, and does not wait for ever for the other side to agree. */
  #close(): void {
    const socket = this.#socket
    socket.close(ordinaryClosure)
    const timer = this.#scene.exchange.clock.after(closeWithinMs, () => socket.terminate())
    socket.once("close", () => timer.cancel())
  }

  #fail(code: string): void {
    this.#leg.timeline.note("streamError", code)
    this.#report("stream-error", code)
    this.#isOver = true
    this.#end.resolve("lost")
  }

  #closed(code: number): void {
    if (this.#scene.signal.aborted || this.#isOver) return
    this.#isOver = true
    const isLost = code === abnormalClosure
    this.#leg.timeline.note(isLost ? "streamLost" : "streamClosedByServer", String(code))
    if (isLost) this.#report("stream-error", "31903")
    this.#end.resolve(isLost ? "lost" : "closedByServer")
  }

  /** A broken socket, or one that goes quiet without a word, as after a network partition. */
  #lose(how: "broken" | "quiet"): void {
    if (how === "broken") this.#socket.terminate()
    else this.#isQuiet = true
  }

  #report(event: string, error?: string): void {
    const { statusCallback, statusCallbackMethod, name } = this.#noun.attributes
    if (statusCallback === undefined) return
    this.#scene.notify(statusCallback, statusCallbackMethod, {
      StreamSid: this.#sid,
      StreamName: name ?? this.#sid,
      StreamEvent: event,
      ...(error === undefined ? {} : { StreamError: error }),
      Timestamp: new Date(this.#scene.exchange.clock.nowMs()).toISOString(),
    })
  }
}
