import assert from "node:assert/strict"
import { once } from "node:events"
import { connect, type Socket } from "node:net"
import { test } from "node:test"
import { WebSocket } from "ws"
import { defaultLimits } from "./desk.ts"
import {
  CALLER,
  dial,
  openStream,
  post,
  reader,
  SECRET_WORDS,
  stage,
  startMessage,
  tokenIn,
  turnOf,
} from "./fixtures/stage.ts"

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
  const { refused, signedAtMs } = on.desk.watch.standing
  assert.deepEqual([refused, signedAtMs], [7, undefined])
  await post(on, "/twilio/voice", { CallSid: "CA1", From: "+12025550100" })
  assert.ok(on.desk.watch.standing.signedAtMs)
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
