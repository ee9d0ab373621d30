/**
 * Twilio's cloud, as an application on the other side of the network meets it: calls that come in,
 * TwiML obeyed, media carried, texts delivered, and the REST API (rest.ts) to change it all.
 */
import { type Clock, realClock } from "./clock.ts"
import { type AfterSocketLoss, callParams, type Exchange } from "./exchange.ts"
import { Handset } from "./handset.ts"
import { type Fallback, Interpreter } from "./interpreter.ts"
import { Leg } from "./leg.ts"
import { Messages } from "./messages.ts"
import { answeringPerson, type Person, ring } from "./person.ts"
import { Room } from "./room.ts"
import type { Instructions } from "./scene.ts"
import { newSid, type Params } from "./signature.ts"
import { readTwiml } from "./twiml.ts"
import { sendWebhook, type WebhookReply } from "./webhook.ts"

/** Turns words into µ-law. */
export type Speak = (text: string, language: string) => Promise<Uint8Array>

export interface CloudOptions {
  readonly accountSid: string
  readonly authToken: string
  readonly clock?: Clock
  /** The address the application believes it has; requests to it are signed over it. */
  readonly publicUrl?: string
  /** Where that address can really be reached, for instance `http://127.0.0.1:8080`. */
  readonly reachableAt?: string
  /** What follows a media socket that breaks without being closed. Twilio does not say. */
  readonly afterSocketLoss?: AfterSocketLoss
  /** Whether the cloud itself answers STOP, START and HELP, as Twilio does unless asked not to. */
  readonly answersStopWords?: boolean
  /** Whether both sides of every call are kept, which a long soak does not want. */
  readonly isRecorded?: boolean
  readonly speak: Speak
}

export interface PlacedCall {
  readonly from: string
  readonly to: string
  readonly voiceUrl: string
  readonly voiceMethod?: string
  readonly voiceFallbackUrl?: string
  /** Told when the call is over. */
  readonly statusCallback?: string
  readonly handset?: Handset
}

/** A call the application asks for over REST. */
export interface OutboundCall {
  readonly from: string
  readonly to: string
  readonly document: { readonly twiml: string } | Fallback
  readonly statusCallback?: string
}

/** One call: what happens in it, and the levers a test has on it. */
export interface Call {
  readonly sid: string
  readonly leg: Leg
  readonly handset: Handset
  readonly interpreter: Interpreter
  /** Resolves when the call is over and everything it started has been told. */
  readonly ended: Promise<void>
}

/** How long an outbound call rings before it is given up; Twilio's own default. */
const ringLimitMs = 60_000
/** Calls that are over stay readable through REST; the oldest are forgotten beyond this many. */
const callsKeptMax = 200
const recordingsKeptMax = 100

export class TwilioCloud implements Exchange {
  readonly clock: Clock
  readonly accountSid: string
  readonly authToken: string
  readonly afterSocketLoss: AfterSocketLoss
  readonly messages: Messages
  readonly calls = new Map<string, Call>()
  /** Who answers when a call is passed on to a number. */
  readonly people = new Map<string, Person>()
  /** Who answers at any other number. */
  anyoneElse: Person = answeringPerson
  readonly recordings = new Map<string, Buffer>()
  /** Set by the REST stand-in, so that recording addresses can be fetched. */
  restUrl = "https://api.twilio.com"
  /** Requests to the application that it has not answered yet. */
  requestsUnderWay = 0
  readonly #options: CloudOptions
  readonly #rooms = new Map<string, Room>()
  readonly #underWay = new Set<Promise<unknown>>()

  constructor(options: CloudOptions) {
    this.#options = options
    this.clock = options.clock ?? realClock
    this.accountSid = options.accountSid
    this.authToken = options.authToken
    this.afterSocketLoss = options.afterSocketLoss ?? "continue"
    this.messages = new Messages(this, options.answersStopWords ?? true)
  }

  /** Rings the application's number, as a caller would. */
  placeCall(placed: PlacedCall): Call {
    const handset = placed.handset ?? new Handset(this.clock)
    const leg = new Leg({
      clock: this.clock,
      handset,
      from: placed.from,
      to: placed.to,
      direction: "inbound",
      isRecorded: this.#options.isRecorded ?? true,
    })
    const interpreter = new Interpreter(leg, this, fallbackOf(placed))
    const ended = this.#conduct(leg, interpreter, placed)
    const call = { sid: leg.sid, leg, handset, interpreter, ended }
    this.#keep(call)
    return call
  }

  /** Rings somebody for the application, and carries out its document once it is picked up. */
  ringOut(wanted: OutboundCall): Call {
    const { from, to, document, statusCallback } = wanted
    const { clock } = this
    const handset = new Handset(clock)
    const direction = "outbound-api"
    const isRecorded = this.#options.isRecorded ?? true
    const leg = new Leg({ clock, handset, from, to, direction, isRecorded })
    const interpreter = new Interpreter(leg, this)
    const load = this.#loader(interpreter, document)
    const ended = this.track(
      this.#reach(leg, () => interpreter.run(load)).then(() => this.#tellEnd(leg, statusCallback)),
    )
    const call = { sid: leg.sid, leg, handset, interpreter, ended }
    this.#keep(call)
    return call
  }

  /** Delivers a text to the application and obeys its answer. */
  sendSms(text: { from: string; to: string; body: string; smsUrl: string }): Promise<string> {
    return this.messages.receive(text)
  }

  /** Puts another document in place of what a call is doing, as a REST update does. */
  updateCall(sid: string, change: { twiml: string } | Fallback): boolean {
    const call = this.calls.get(sid)
    if (!call || call.leg.isOver) return false
    call.interpreter.replace(this.#loader(call.interpreter, change))
    return true
  }

  /** Ends every call and waits until all that was under way has settled. */
  async close(): Promise<void> {
    for (const { leg } of this.calls.values()) leg.end("completed", "caller")
    while (this.#underWay.size > 0) await Promise.allSettled([...this.#underWay])
  }

  readonly reach = (url: URL): URL => {
    const { reachableAt } = this.#options
    if (reachableAt === undefined || url.host !== new URL(this.#publicUrl).host) return url
    const reachable = new URL(reachableAt)
    const isSecure = reachable.protocol === "https:"
    const isSocket = url.protocol.startsWith("ws")
    const scheme = isSocket ? (isSecure ? "wss:" : "ws:") : reachable.protocol
    return new URL(`${scheme}//${reachable.host}${url.pathname}${url.search}`)
  }

  get #publicUrl(): string {
    return this.#options.publicUrl ?? this.#options.reachableAt ?? "http://localhost:8080"
  }

  speak(text: string, language: string): Promise<Uint8Array> {
    return this.#options.speak(text, language)
  }

  async request(url: string, method: string, params: Params): Promise<WebhookReply> {
    this.requestsUnderWay++
    try {
      return await this.track(sendWebhook(this, { url, method, params }))
    } finally {
      this.requestsUnderWay--
    }
  }

  notify(url: string, method: string, params: Params): void {
    this.request(url, method, params).catch(() => {})
  }

  personAt(number: string): Person {
    return this.people.get(number) ?? this.anyoneElse
  }

  room(name: string): Room {
    const open = this.#rooms.get(name)
    if (open && !open.isClosed) return open
    const room = new Room()
    this.#rooms.set(name, room)
    return room
  }

  keepRecording(wav: Buffer): { sid: string; url: string } {
    const sid = newSid("RE")
    this.recordings.set(sid, wav)
    if (this.recordings.size > recordingsKeptMax)
      this.recordings.delete(this.recordings.keys().next().value ?? "")
    return { sid, url: `${this.restUrl}/2010-04-01/Accounts/${this.accountSid}/Recordings/${sid}` }
  }

  async #conduct(leg: Leg, interpreter: Interpreter, placed: PlacedCall): Promise<void> {
    const { voiceUrl, voiceMethod, statusCallback } = placed
    try {
      await this.track(interpreter.run(() => interpreter.fetch(voiceUrl, voiceMethod)))
      leg.end("completed", "agent")
    } finally {
      leg.end("failed", "agent")
    }
    await this.#tellEnd(leg, statusCallback)
  }

  /** Reads a document at once, so that a wrong one is refused before anything is dropped for it. */
  #loader(
    interpreter: Interpreter,
    document: { readonly twiml: string } | Fallback,
  ): () => Promise<Instructions> {
    if ("url" in document) return () => interpreter.fetch(document.url, document.method)
    const instructions = { verbs: readTwiml(document.twiml), url: this.#publicUrl }
    return () => Promise.resolve(instructions)
  }

  async #reach(leg: Leg, onAnswer: () => Promise<unknown>): Promise<void> {
    const person = this.personAt(leg.options.to)
    const speak = (text: string): Promise<Uint8Array> => this.speak(text, "en-US")
    const giveUp = this.clock.after(ringLimitMs, () => leg.end("no-answer", "agent"))
    const answer = await ring({ person, leg, clock: this.clock, speak })
    giveUp.cancel()
    if (answer === "busy") leg.end("busy", "agent")
    if (answer === "answered") await onAnswer()
    leg.end("completed", "agent")
  }

  async #tellEnd(leg: Leg, statusCallback: string | undefined): Promise<void> {
    if (statusCallback === undefined) return
    const params = {
      ...callParams(this, leg),
      CallDuration: String(leg.durationSeconds),
      Timestamp: new Date(this.clock.nowMs()).toUTCString(),
      CallbackSource: "call-progress-events",
      SequenceNumber: "0",
    }
    await this.request(statusCallback, "POST", params).catch(() => {})
  }

  /** A call that broke this simulator is a failed call; whoever awaits its end is told why. */
  #keep(call: Call): void {
    call.ended.catch(() => {})
    this.calls.set(call.sid, call)
    for (const [sid, { leg }] of this.calls) {
      if (this.calls.size <= callsKeptMax) return
      if (leg.isOver) this.calls.delete(sid)
    }
  }

  /** Remembers work that close() has to wait for. */
  track<T>(work: Promise<T>): Promise<T> {
    this.#underWay.add(work)
    const settled = (): boolean => this.#underWay.delete(work)
    work.then(settled, settled)
    return work
  }
}

function fallbackOf({ voiceFallbackUrl }: PlacedCall): Fallback | undefined {
  return voiceFallbackUrl === undefined ? undefined : { url: voiceFallbackUrl, method: "POST" }
}
