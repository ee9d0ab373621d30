import assert from "node:assert/strict"
import { createHmac } from "node:crypto"
import { once } from "node:events"
import type { Server } from "node:http"
import { type AddressInfo, connect, type Socket } from "node:net"
import { type TestContext, test } from "node:test"
import twilio from "twilio"
import { WebSocket } from "ws"
import { systemClock } from "#core/clock.ts"
import type { Log } from "#core/log.ts"
import type { Turn } from "../../modules/conversations/contract.ts"
import type { Backstage } from "../backstage.ts"
import type { Ask } from "../call/state.ts"
import { Detector } from "../speech/detector.ts"
import { Rendering } from "../speech/rendering.ts"
import type { Asks } from "../speech/wire.ts"
import { Switchboard } from "../switchboard.ts"
import { type Desk, defaultLimits } from "./desk.ts"
import type { TwilioRest } from "./rest.ts"
import { createPublicServer } from "./server.ts"

const TOKEN = "test-token"
const PUBLIC_URL = "https://rx.example.com"
const CALLER = "+12025550143"
const SECRET_WORDS = "my oxycodone please"

interface Stage {
  readonly desk: Desk
  readonly server: Server
  readonly port: number
  readonly asked: { ask: Ask; turn: number }[]
  readonly closed: string[]
  readonly logged: string[]
  readonly updates: { call: string; twiml: string }[]
  readonly recorded: Uint8Array[]
}

function turnOf(number: number, text: string, more: Partial<Turn> = {}): Turn {
  const say = [{ reply: "test", text, spoken: text, fixed: true, protected: false }]
  const plain = { expect: "request", next: "listen", recording: true, language: "en" } as const
  const turn: Turn = { turn: number, say, vocabulary: [], ...plain }
  return Object.assign(turn, more)
}

/** A server on a free port, with a conversation that answers from a list and no speech processes. */
async function stage(t: TestContext, turns: readonly Turn[] = [], more: Partial<Desk> = {}) {
  const asked: Stage["asked"] = []
  const closed: string[] = []
  const logged: string[] = []
  const recorded: Uint8Array[] = []
  const updates: Stage["updates"] = []
  const write = (...said: unknown[]) => void logged.push(JSON.stringify(said))
  const log: Log = { debug: write, info: write, warn: write, error: write, child: () => log }
  const backstage: Backstage = {
    begin: async () => undefined,
    update: async () => undefined,
    ask: async (_call, ask, number) => {
      asked.push({ ask, turn: number })
      return { ok: true, turn: turns[asked.length - 1] ?? turnOf(asked.length, "Anything else?") }
    },
    close: async (call, reason) => void closed.push(`${call} ${reason}`),
    note: async () => undefined,
    timed: () => undefined,
    beginRecording: async () => "recording-1",
    appendRecording: async (_recording, audio) => void recorded.push(audio),
    pauseRecording: async () => undefined,
    endRecording: async () => undefined,
    receiveText: async ({ body }) => (body === "STOP" ? undefined : "We are open until six."),
    textDelivered: async () => undefined,
  }
  const rest: TwilioRest = {
    updateCall: async (call, twiml) => void updates.push({ call, twiml }),
    placeCall: async () => "CA9",
    sendText: async () => ({ message: "SM9" }),
  }
  const deaf = {
    request: (asks: Asks) => ({
      done: Promise.resolve({ id: 1, ok: asks.op === "transcribe", text: SECRET_WORDS }),
      cancel: () => undefined,
    }),
    end: () => undefined,
  }
  const desk: Desk = {
    clock: systemClock,
    log,
    signers: { publicUrl: PUBLIC_URL, tokens: [TOKEN] },
    address: { publicUrl: PUBLIC_URL, pharmacyLine: "+12025550199" },
    lines: { own: "+12025550100", pharmacist: "+12025550111" },
    limits: defaultLimits,
    backstage,
    switchboard: new Switchboard(systemClock, backstage),
    speech: {
      detector: new Detector(deaf),
      quick: deaf,
      careful: deaf,
      render: () => new Rendering(new Uint8Array(8_000).fill(0x2a)),
    },
    rest,
    isOverloaded: () => false,
    ...more,
  }
  const server = createPublicServer(desk)
  server.listen(0, "127.0.0.1")
  await once(server, "listening")
  t.after(() => {
    server.closeAllConnections()
    server.close()
  })
  const { port } = server.address() as AddressInfo
  return { desk, server, port, asked, closed, logged, updates, recorded } satisfies Stage
}

async function post(on: Stage, path: string, form: Record<string, string>, token = TOKEN) {
  const signature = twilio.getExpectedTwilioSignature(token, PUBLIC_URL + path, form)
  const answer = await fetch(`http://127.0.0.1:${on.port}${path}`, {
    method: "POST",
    headers: { "x-twilio-signature": signature },
    body: new URLSearchParams(form),
  })
  return { status: answer.status, text: await answer.text() }
}

function openStream(on: Stage, token = TOKEN): WebSocket {
  const url = "wss://rx.example.com/twilio/media"
  const signature = createHmac("sha1", token).update(url).digest("base64")
  const headers = { "x-twilio-signature": signature }
  return new WebSocket(`ws://127.0.0.1:${on.port}/twilio/media`, { headers })
}

function startMessage(call: string, parameters: Record<string, string>): string {
  return JSON.stringify({
    event: "start",
    sequenceNumber: "1",
    streamSid: "MZ1",
    start: {
      streamSid: "MZ1",
      accountSid: "AC1",
      callSid: call,
      tracks: ["inbound"],
      mediaFormat: { encoding: "audio/x-mulaw", sampleRate: 8000, channels: 1 },
      customParameters: parameters,
    },
  })
}

/** Reads a stream's messages one by one. */
function reader(stream: WebSocket) {
  const waiting: Record<string, unknown>[] = []
  let wake: (() => void) | undefined
  stream.on("message", (message) => {
    waiting.push(JSON.parse(message.toString()))
    wake?.()
  })
  return {
    async next(event: string): Promise<Record<string, unknown>> {
      for (;;) {
        const at = waiting.findIndex((it) => it.event === event)
        if (at >= 0) return waiting.splice(at, 1)[0]!
        await new Promise<void>((resolve) => {
          wake = resolve
        })
      }
    },
  }
}

const tokenIn = (twiml: string) => /name="token" value="([^"]+)"/.exec(twiml)?.[1] ?? ""

/** A call that is connected and has heard the first packet of its greeting. */
async function dial(on: Stage, call = "CA1", typed = false) {
  const answer = await post(on, "/twilio/voice", { CallSid: call, From: CALLER })
  const token = tokenIn(answer.text)
  const stream = openStream(on)
  const messages = reader(stream)
  await once(stream, "open")
  stream.send(startMessage(call, typed ? { token, typed: "true" } : { token }))
  await messages.next("media")
  return { stream, messages, token, answer }
}

test("a call is answered with a stream, its token, and a way back after it", async (t) => {
  const on = await stage(t)
  const { text, status } = await post(on, "/twilio/voice", { CallSid: "CA1", From: CALLER })
  assert.equal(status, 200)
  assert.match(text, /<Connect><Stream url="wss:\/\/rx\.example\.com\/twilio\/media">/)
  assert.match(text, /<\/Connect><Redirect method="POST">[^<]+stream-ended\?n=1<\/Redirect>/)
  assert.ok(tokenIn(text).length >= 32)
})

test("a call greets, hears what is typed, and answers in sound and marks", async (t) => {
  const on = await stage(t, [turnOf(0, "Hello."), turnOf(1, "Sure.")])
  const { stream, messages } = await dial(on, "CA1", true)
  const { mark } = await messages.next("mark")
  stream.send(JSON.stringify({ event: "mark", streamSid: "MZ1", mark }))
  await messages.next("said")
  stream.send(JSON.stringify({ event: "text", streamSid: "MZ1", text: "a refill" }))
  assert.equal((await messages.next("said")).text, "Sure.")
  assert.deepEqual(
    on.asked.map(({ ask }) => ask.kind),
    ["open", "hear"],
  )
  stream.send(JSON.stringify({ event: "stop", streamSid: "MZ1" }))
  await once(stream, "close")
  assert.deepEqual(on.closed, ["CA1 caller_left"])
})

test("typed text is ignored on a stream that did not ask for it", async (t) => {
  const on = await stage(t)
  const { stream, messages } = await dial(on)
  stream.send(JSON.stringify({ event: "text", text: "let me in" }))
  stream.send(JSON.stringify({ event: "dtmf", streamSid: "MZ1", dtmf: { digit: "0" } }))
  await messages.next("clear").catch(() => undefined)
  assert.deepEqual(
    on.asked.map(({ ask }) => (ask.kind === "hear" ? ask.text : ask.kind)),
    ["open", "0"],
  )
  stream.terminate()
})

test("a wrong signature is refused at every door", async (t) => {
  const on = await stage(t)
  for (const path of ["voice", "stream-ended", "sms", "status", "transfer/done", "overload"]) {
    const answer = await post(on, `/twilio/${path}`, { CallSid: "CA1" }, "stranger")
    assert.equal(answer.status, 403, path)
  }
  const [, response] = await once(openStream(on, "stranger"), "unexpected-response")
  assert.equal(response.statusCode, 403)
  assert.equal(on.asked.length, 0)
})

test("a token opens one stream, once, and only for its own call", async (t) => {
  const on = await stage(t)
  const { token, stream } = await dial(on, "CA1")
  for (const call of ["CA1", "CA2"]) {
    const replay = openStream(on)
    await once(replay, "open")
    replay.send(startMessage(call, { token }))
    const [code] = await once(replay, "close")
    assert.equal(code, 1008)
  }
  assert.equal(stream.readyState, WebSocket.OPEN)
  stream.terminate()
})

test("garbage, binary junk and oversized frames end their stream and no other", async (t) => {
  const on = await stage(t)
  const { stream, messages } = await dial(on, "CA1", true)
  const junk = ["{not json", '{"event":"nothing"}', Buffer.alloc(100, 7), "x".repeat(70_000)]
  for (const bad of junk) {
    const attacker = openStream(on)
    await once(attacker, "open")
    attacker.send(bad)
    const [code] = await once(attacker, "close")
    assert.ok(code === 1008 || code === 1009, String(code))
  }
  stream.send(JSON.stringify({ event: "text", text: "still here" }))
  await messages.next("clear")
  assert.equal(on.asked.length, 2)
  stream.terminate()
})

test("three hundred half-open sockets do not disturb a call in progress", async (t) => {
  const on = await stage(t)
  const { stream, messages } = await dial(on, "CA1", true)
  const open: Socket[] = []
  for (let i = 0; i < 300; i++) {
    const socket = connect(on.port, "127.0.0.1")
    socket.on("error", () => undefined)
    await once(socket, "connect")
    if (i % 2) socket.write("POST /twilio/voice HTTP/1.1\r\nHost: x\r\n")
    open.push(socket)
  }
  stream.send(JSON.stringify({ event: "text", text: "still here" }))
  await messages.next("clear")
  assert.equal(on.asked.length, 2)
  const fresh = await post(on, "/twilio/voice", { CallSid: "CA2", From: CALLER })
  assert.equal(fresh.status, 200)
  for (const socket of open) socket.destroy()
  stream.terminate()
})

test("more streams than may wait for their token are refused at the door", async (t) => {
  const on = await stage(t, [], { limits: { ...defaultLimits, pendingMax: 2 } })
  const waiting = [openStream(on), openStream(on)]
  await Promise.all(waiting.map((it) => once(it, "open")))
  const [, response] = await once(openStream(on), "unexpected-response")
  assert.equal(response.statusCode, 503)
  for (const it of waiting) it.terminate()
})

test("a form that is too large is refused unread", async (t) => {
  const on = await stage(t)
  const answer = await post(on, "/twilio/sms", { Body: "x".repeat(40_000) })
  assert.equal(answer.status, 413)
})

test("a text is answered in place, and a stop with nothing", async (t) => {
  const on = await stage(t)
  const form = { MessageSid: "SM1", From: CALLER, Body: "hours?" }
  assert.match((await post(on, "/twilio/sms", form)).text, /<Message>We are open until six\./)
  const stop = await post(on, "/twilio/sms", { ...form, MessageSid: "SM2", Body: "STOP" })
  assert.ok(!stop.text.includes("<Message>"))
})

test("a stream that was lost is taken up again, and the greeting is not repeated", async (t) => {
  const on = await stage(t)
  const { stream } = await dial(on)
  stream.terminate()
  const answer = await post(on, "/twilio/stream-ended?n=1", { CallSid: "CA1" })
  assert.match(answer.text, /stream-ended\?n=2/)
  const again = openStream(on)
  const messages = reader(again)
  await once(again, "open")
  again.send(startMessage("CA1", { token: tokenIn(answer.text) }))
  await messages.next("media")
  assert.deepEqual(on.asked[1]?.ask, { kind: "open", resumed: true })
  assert.deepEqual(on.closed, [])
  again.terminate()
})

test("a call whose stream is lost again and again goes to the pharmacy's own line", async (t) => {
  const on = await stage(t)
  const answer = await post(on, "/twilio/stream-ended?n=8", { CallSid: "CA1" })
  assert.match(answer.text, /<Dial[^>]*>\+12025550199<\/Dial>/)
})

test("when the agent ends the call, what follows the stream hangs up", async (t) => {
  const on = await stage(t, [turnOf(0, "Goodbye.", { next: "hang_up" })])
  const { stream, messages } = await dial(on)
  const closing = once(stream, "close")
  for (let i = 0; i < 2; i++) {
    const { mark } = await messages.next("mark")
    stream.send(JSON.stringify({ event: "mark", streamSid: "MZ1", mark }))
  }
  await closing
  assert.deepEqual(on.closed, ["CA1 agent_ended"])
  const answer = await post(on, "/twilio/stream-ended?n=1", { CallSid: "CA1" })
  assert.match(answer.text, /<Hangup\/>/)
})

test("a person who presses 1 gets the call; without the key it comes back", async (t) => {
  const transfer = { to: "pharmacist", whisper: "A refill question.", isEmergency: false } as const
  const bye = { next: "transfer", transfer } as const
  for (const key of ["1", "2", ""]) {
    const on = await stage(t, [turnOf(0, "One moment.", bye)])
    const { stream, messages } = await dial(on)
    for (let i = 0; i < 2; i++) {
      const { mark } = await messages.next("mark")
      stream.send(JSON.stringify({ event: "mark", streamSid: "MZ1", mark }))
    }
    stream.send(JSON.stringify({ event: "stop", streamSid: "MZ1" }))
    await once(stream, "close")
    assert.match(on.updates[0]?.twiml ?? "", /<Number url="[^"]+whisper\?call=CA1"/)
    const form = { CallSid: "CA8" }
    const whisper = await post(on, "/twilio/transfer/whisper?call=CA1", form)
    assert.match(whisper.text, /A refill question\. Press 1[^<]*<\/Say><\/Gather><Hangup\/>/)
    const gate = await post(on, "/twilio/transfer/accept?call=CA1", { ...form, Digits: key })
    assert.equal(gate.text.includes("<Hangup/>"), key !== "1")
    const done = { CallSid: "CA1", DialCallStatus: "completed", DialBridged: "true" }
    const after = await post(on, "/twilio/transfer/done", done)
    assert.equal(after.text.includes("<Hangup/>"), key === "1")
    assert.deepEqual(on.closed, key === "1" ? ["CA1 transferred"] : [])
  }
})

test("a voicemail that answers is not a person who took the call", async (t) => {
  const transfer = { to: "pharmacist", whisper: "A caller.", isEmergency: false } as const
  const on = await stage(t, [turnOf(0, "One moment.", { next: "transfer", transfer })])
  const { stream, messages } = await dial(on)
  for (let i = 0; i < 2; i++) {
    const { mark } = await messages.next("mark")
    stream.send(JSON.stringify({ event: "mark", streamSid: "MZ1", mark }))
  }
  stream.terminate()
  const done = { CallSid: "CA1", DialCallStatus: "completed", DialBridged: "false" }
  const after = await post(on, "/twilio/transfer/done", done)
  const again = openStream(on)
  await once(again, "open")
  const back = reader(again)
  again.send(startMessage("CA1", { token: tokenIn(after.text) }))
  await back.next("media")
  assert.deepEqual(on.asked[1]?.ask, { kind: "transferEnded", turn: 0, outcome: "declined" })
  again.terminate()
})

test("when the machine is too busy the caller hears so and may press 1", async (t) => {
  const on = await stage(t, [], { isOverloaded: () => true })
  const answer = await post(on, "/twilio/voice", { CallSid: "CA1", From: CALLER })
  assert.match(answer.text, /<Gather[^>]*numDigits="1"[^>]*action="[^"]+overload"/)
  const person = await post(on, "/twilio/overload", { CallSid: "CA1", Digits: "1" })
  assert.match(person.text, /<Dial/)
  assert.equal(on.asked.length, 0)
})

test("nothing that a caller is or said stands in the log", async (t) => {
  const on = await stage(t)
  const { stream, messages } = await dial(on, "CA1", true)
  stream.send(JSON.stringify({ event: "text", text: SECRET_WORDS }))
  await messages.next("clear")
  stream.send("{not json")
  await post(on, "/twilio/voice", { CallSid: "CA1", From: CALLER, Body: SECRET_WORDS }, "stranger")
  stream.terminate()
  assert.ok(on.logged.length > 0)
  for (const line of on.logged) {
    assert.ok(!line.includes("555") && !line.includes("oxycodone"), line)
  }
})
