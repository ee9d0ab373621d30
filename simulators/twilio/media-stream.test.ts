/** The media websocket, on a clock driven by the test: pace, marks, clear, and what follows. */
import assert from "node:assert/strict"
import { test } from "node:test"
import twilio from "twilio"
import type { CloudOptions } from "./cloud.ts"
import { frameBytes, loudness, sampleOf } from "./mulaw.ts"
import { accountSid, authToken, startApplication } from "./test-application.ts"
import { tone } from "./tones.ts"

const connect = `<Response><Connect><Stream url="wss://rx.example/media?dropped=1" name="main"
  statusCallback="/stream-status"><Parameter name="token" value="t-1"/></Stream></Connect>
  <Say>Still here</Say></Response>`

async function openStream(options: Partial<CloudOptions> = {}) {
  const application = await startApplication({ "/voice": connect }, options)
  const opening = application.nextStream()
  const call = application.call()
  const stream = await application.until(opening)
  await application.until(call.leg.timeline.first("streamStarted"))
  await stream.until("start")
  return { application, call, stream, clock: application.clock, timeline: call.leg.timeline }
}

test("the socket's opening is signed over the wss address, whose query is dropped", async (t) => {
  const { application, stream, call } = await openStream()
  t.after(() => application.close())
  const signature = String(stream.headers["x-twilio-signature"])
  assert.equal(stream.headers.path, "/media")
  assert.ok(twilio.validateRequest(authToken, signature, "wss://rx.example/media", {}))
  assert.deepEqual(stream.messages[0], { event: "connected", protocol: "Call", version: "1.0.0" })
  assert.deepEqual(stream.of("start")[0]?.start, {
    accountSid,
    streamSid: stream.sid,
    callSid: call.sid,
    tracks: ["inbound"],
    mediaFormat: { encoding: "audio/x-mulaw", sampleRate: 8_000, channels: 1 },
    customParameters: { token: "t-1" },
  })
})

test("a second of call is fifty frames of 20 ms, silence included, numbered as strings", async (t) => {
  const { application, stream, clock } = await openStream()
  t.after(() => application.close())
  const before = stream.of("media").length
  clock.advance(1_000)
  await stream.until("media", before + 50)
  const media = stream.of("media").slice(-50)
  const bytes = media.map((message) => Buffer.from(message.media!.payload, "base64"))
  assert.ok(bytes.every(({ length }) => length === frameBytes))
  assert.ok(bytes.every((frame) => frame.every((code) => sampleOf(code) === 0)))
  assert.deepEqual(
    media.map(({ media }) => Number(media!.chunk)),
    Array.from({ length: 50 }, (_, at) => before + at + 1),
  )
  const timestamps = media.map(({ media }) => Number(media!.timestamp))
  assert.deepEqual(
    timestamps.slice(1).map((timestamp, at) => timestamp - timestamps[at]!),
    Array(49).fill(20),
  )
  const numbers = stream.messages.slice(1).map(({ sequenceNumber }) => sequenceNumber)
  assert.deepEqual(
    numbers,
    numbers.map((_, at) => String(at + 1)),
  )
})

test("a mark comes back when the sound before it has been played, not when it was sent", async (t) => {
  const { application, stream, clock, timeline } = await openStream()
  t.after(() => application.close())
  stream.sendSound(tone(1_000))
  stream.send("mark", { mark: { name: "greeting" } })
  await timeline.first("markReceived")
  clock.advance(1_000)
  assert.deepEqual(timeline.all("markReturned"), [])
  clock.advance(20)
  await stream.until("mark")
  assert.deepEqual(stream.of("mark")[0]?.mark, { name: "greeting" })
})

test("a mark with nothing before it comes back at once", async (t) => {
  const { application, stream } = await openStream()
  t.after(() => application.close())
  stream.send("mark", { mark: { name: "empty" } })
  await stream.until("mark")
})

test("clear silences the caller's ear and returns every pending mark at once", async (t) => {
  const { application, stream, clock, timeline, call } = await openStream()
  t.after(() => application.close())
  for (const name of ["one", "two", "three"]) {
    stream.sendSound(tone(1_000))
    stream.send("mark", { mark: { name } })
  }
  await timeline.first("markReceived", ({ detail }) => detail === "three")
  clock.advance(500)
  stream.send("clear")
  await stream.until("mark", 3)
  assert.deepEqual(
    stream.of("mark").map(({ mark }) => mark?.name),
    ["one", "two", "three"],
  )
  assert.equal(call.leg.playout.bufferedMs, 0)
  clock.advance(1_000)
  await timeline.first("agentSpeechEnd")
  const [onset, end] = [timeline.all("agentSpeechOnset")[0]!, timeline.all("agentSpeechEnd")[0]!]
  assert.equal(end.atMs - onset.atMs, 500)
})

test("what the caller says and the keys pressed reach the application", async (t) => {
  const { application, stream, call } = await openStream()
  t.after(() => application.close())
  const said = tone(200)
  await application.until(call.handset.speak(said).ended)
  call.handset.press("7")
  await stream.until("dtmf")
  assert.equal(stream.of("dtmf")[0]?.dtmf?.digit, "7")
  const heard = Buffer.concat(
    stream.of("media").map(({ media }) => Buffer.from(media!.payload, "base64")),
  )
  assert.ok(heard.includes(Buffer.from(said)))
  assert.equal(call.leg.timeline.gapsMs("callerSpeechOnset", "callerSpeechEnd")[0], 180)
})

test("the rest of the document is carried out after the application closes the socket", async (t) => {
  const { application, stream, timeline, call } = await openStream()
  t.after(() => application.close())
  stream.socket.close(1_000)
  await application.until(call.ended)
  assert.equal(timeline.all("streamClosedByServer")[0]?.detail, "1000")
  assert.equal(timeline.all("verb").at(-1)?.detail, "Say Still here")
})

test("hanging up sends stop, closes the socket, and reports the stream's end", async (t) => {
  const { application, stream, call } = await openStream()
  t.after(() => application.close())
  call.handset.hangUp()
  await application.until(call.ended)
  await stream.closed
  assert.equal(stream.of("stop").length, 1)
  assert.equal(call.leg.endedBy, "caller")
  await application.cloud.close()
  const events = application.requests
    .filter(({ path }) => path === "/stream-status")
    .map(({ params }) => `${params.StreamName} ${params.StreamEvent}`)
  assert.deepEqual(events, ["main stream-started", "main stream-stopped"])
})

for (const afterSocketLoss of ["continue", "hangUp"] as const)
  test(`a broken socket, when set to ${afterSocketLoss}`, async (t) => {
    const { application, stream, timeline, call } = await openStream({ afterSocketLoss })
    t.after(() => application.close())
    stream.socket.terminate()
    await application.until(call.ended)
    assert.equal(timeline.all("streamLost").length, 1)
    const last = timeline.all("verb").at(-1)?.detail
    assert.equal(last, afterSocketLoss === "continue" ? "Say Still here" : "Connect")
  })

test("a stream that goes quiet sends nothing more, not even stop", async (t) => {
  const { application, stream, clock, call } = await openStream()
  t.after(() => application.close())
  clock.advance(100)
  call.leg.loseStream("quiet")
  const before = stream.messages.length
  clock.advance(2_000)
  call.handset.hangUp()
  await stream.closed
  assert.ok(stream.messages.length <= before + 5)
  assert.equal(stream.of("stop").length, 0)
})

for (const [name, body] of [
  ["a mark without a name", { event: "mark" }],
  ["an unknown event", { event: "dtmf", digits: "1" }],
  ["sound that is not base64", { event: "media", media: { payload: "***" } }],
] as const)
  test(`${name} ends the stream with error 31924`, async (t) => {
    const { application, stream, timeline, call } = await openStream()
    t.after(() => application.close())
    stream.socket.send(JSON.stringify({ streamSid: stream.sid, ...body }))
    await application.until(call.ended)
    assert.equal(timeline.all("streamError")[0]?.detail, "31924")
  })

test("a telephone that echoes sends back what it heard, softer and later", async (t) => {
  const { application, stream, clock, timeline, call } = await openStream()
  t.after(() => application.close())
  call.handset.echo(100, 0.5)
  const sent = stream.of("media").length
  stream.sendSound(tone(200))
  await timeline.first("audioReceived")
  clock.advance(400)
  await stream.until("media", sent + 20)
  const levels = stream
    .of("media")
    .map(({ media }) => loudness(Buffer.from(media!.payload, "base64")))
  const loudest = Math.max(...levels)
  assert.ok(Math.abs(loudest - loudness(tone(20)) / 2) < 100)
  assert.equal(levels.filter((level) => level > 100).length, 10)
})

test("a caller who leaves before the application has failed to answer harms nothing", async (t) => {
  const application = await startApplication({ "/voice": 500 })
  t.after(() => application.close())
  const call = application.call()
  call.handset.hangUp()
  await application.until(call.ended)
  await application.cloud.close()
  assert.equal(call.leg.status, "canceled")
  assert.deepEqual(call.leg.timeline.all("fallback"), [])
})

test("an application that refuses the socket is an error, told once", async (t) => {
  const refusing = connect.replace("wss://rx.example/media", "wss://127.0.0.1:9/media")
  const application = await startApplication({ "/voice": refusing })
  t.after(() => application.close())
  const call = application.call()
  await application.until(call.ended)
  await application.cloud.close()
  assert.deepEqual(
    call.leg.timeline.all("streamError").map(({ detail }) => detail),
    ["31920"],
  )
  const events = application.requests.map(({ params }) => params.StreamEvent).filter(Boolean)
  assert.deepEqual(events.toSorted(), ["stream-error", "stream-stopped"])
})

test("both sides of the call are recorded in step, the caller left and the agent right", async (t) => {
  const { application, stream, clock, timeline, call } = await openStream()
  t.after(() => application.close())
  const [agent, caller] = [tone(400, 440), tone(400, 900)]
  stream.sendSound(agent)
  await timeline.first("audioReceived")
  call.handset.speak(caller)
  const startedAt = call.leg.recording.agent.length
  clock.advance(400)
  const wav = call.leg.recording.toWav()
  assert.equal(wav.readUInt16LE(22), 2)
  assert.equal(wav.readUInt32LE(24), 8_000)
  for (const at of [0, 1_600, 3_199]) {
    const place = 44 + (startedAt + at) * 4
    assert.equal(wav.readInt16LE(place), sampleOf(caller[at]!))
    assert.equal(wav.readInt16LE(place + 2), sampleOf(agent[at]!))
  }
})
