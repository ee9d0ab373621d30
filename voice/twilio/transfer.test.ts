import assert from "node:assert/strict"
import { once } from "node:events"
import { test } from "node:test"
import {
  dial,
  openStream,
  post,
  reader,
  stage,
  startMessage,
  tokenIn,
  turnOf,
} from "./fixtures/stage.ts"

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
