import assert from "node:assert/strict"
import { once } from "node:events"
import { connect } from "node:net"
import { test } from "node:test"
import { setImmediate } from "node:timers/promises"
import { VirtualClock } from "#core/clock.ts"
import type { Backstage } from "../backstage.ts"
import { CALLER, openStream, post, stage } from "./fixtures/stage.ts"
import type { TwilioRest } from "./rest.ts"

const START_MS = Date.UTC(2026, 10, 20, 15)

test("a stream that never says whose it is gets five seconds", async (t) => {
  const clock = new VirtualClock(START_MS)
  const on = await stage(t, [], { clock })
  const stream = openStream(on)
  await once(stream, "open")
  const closing = once(stream, "close")
  clock.advance(5_000)
  assert.equal((await closing)[0], 1008)
})

test("a connection that never asks anything gets five seconds", async (t) => {
  const clock = new VirtualClock(START_MS)
  const on = await stage(t, [], { clock })
  const accepted = once(on.server, "connection")
  const socket = connect(on.port, "127.0.0.1")
  await accepted
  const closing = once(socket, "close")
  clock.advance(5_000)
  await closing
})

test("a text whose answer takes longer than five seconds is answered later, over REST", async (t) => {
  const clock = new VirtualClock(START_MS)
  const asked = Promise.withResolvers<void>()
  const answer = Promise.withResolvers<string>()
  const sent: string[] = []
  const rest: Partial<TwilioRest> = {
    sendText: async (to, _from, text) => {
      sent.push(`${to} ${text}`)
      return { message: "SM9" }
    },
  }
  const slow: Partial<Backstage> = {
    receiveText: () => {
      asked.resolve()
      return answer.promise
    },
  }
  const plain = await stage(t)
  const on = await stage(t, [], {
    clock,
    rest: { ...plain.desk.rest, ...rest },
    backstage: { ...plain.desk.backstage, ...slow },
  })
  const form = { MessageSid: "SM1", From: CALLER, Body: "Is it ready?" }
  const reply = post(on, "/twilio/sms", form)
  await asked.promise
  await setImmediate()
  clock.advance(5_000)
  assert.ok(!(await reply).text.includes("<Message>"))
  answer.resolve("It is ready.")
  while (sent.length === 0) await setImmediate()
  assert.deepEqual(sent, [`${CALLER} It is ready.`])
})
