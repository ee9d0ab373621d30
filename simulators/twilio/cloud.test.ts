/** A call against a tiny application: what is signed, what is obeyed, what is tried after that. */
import assert from "node:assert/strict"
import { createServer } from "node:http"
import { test } from "node:test"
import twilio from "twilio"
import { portOf } from "./rest.ts"
import { authToken, publicUrl, startApplication } from "./test-application.ts"
import { tone } from "./tones.ts"

const goodbye = "<Response><Say>Goodbye</Say></Response>"

test("the voice webhook carries a signature that Twilio's own library accepts", async (t) => {
  const application = await startApplication({ "/voice": goodbye })
  t.after(() => application.close())
  await application.until(application.call().ended)
  const [request] = application.requests
  const signature = String(request!.headers["x-twilio-signature"])
  const url = `${publicUrl}/voice`
  assert.equal(twilio.validateRequest(authToken, signature, url, request!.params), true)
  assert.equal(twilio.validateRequest("another-token", signature, url, request!.params), false)
  assert.equal(request!.headers.host, "rx.example")
  assert.equal(request!.params.CallStatus, "ringing")
  assert.equal(request!.params.Direction, "inbound")
})

test("the end of the document ends the call, and the callback says how long it was", async (t) => {
  const application = await startApplication({
    "/voice": '<Response><Say>Hi</Say><Pause length="3"/></Response>',
  })
  t.after(() => application.close())
  const call = application.call({ statusCallback: `${publicUrl}/status` })
  await application.until(call.ended)
  const status = application.requests.find(({ path }) => path === "/status")
  assert.equal(status?.params.CallStatus, "completed")
  assert.equal(status?.params.CallDuration, "3")
})

test("the fallback address is asked when the voice address fails, and told why", async (t) => {
  const application = await startApplication({ "/voice": 500, "/fallback": goodbye })
  t.after(() => application.close())
  const call = application.call({ voiceFallbackUrl: `${publicUrl}/fallback` })
  await application.until(call.ended)
  const fallback = application.requests.find(({ path }) => path === "/fallback")
  assert.equal(fallback?.params.ErrorCode, "11200")
  assert.equal(fallback?.params.ErrorUrl, `${publicUrl}/voice`)
  assert.equal(call.leg.status, "completed")
})

test("a document that is not TwiML fails the call when there is no fallback", async (t) => {
  const application = await startApplication({ "/voice": "<Response><Sey>Hi</Sey></Response>" })
  t.after(() => application.close())
  const call = application.call()
  await application.until(call.ended)
  assert.equal(call.leg.status, "failed")
  assert.deepEqual(
    call.leg.timeline.all("fallback").map(({ detail }) => detail),
    ["12200"],
  )
})

test("a fragment asks for retries, and every try carries the same idempotency token", async (t) => {
  let tries = 0
  const application = await startApplication({ "/voice": () => (++tries < 3 ? 503 : goodbye) })
  t.after(() => application.close())
  const call = application.call({ voiceUrl: `${publicUrl}/voice#rc=2&rp=5xx` })
  await application.until(call.ended)
  const tokens = application.requests.map(({ headers }) => headers["i-twilio-idempotency-token"])
  assert.equal(tokens.length, 3)
  assert.equal(new Set(tokens).size, 1)
  assert.equal(call.leg.status, "completed")
})

test("an application that can't be reached is given up at once when no retry is asked", async (t) => {
  const application = await startApplication({ "/voice": goodbye })
  t.after(() => application.close())
  const call = application.call({ voiceUrl: "http://127.0.0.1:9/voice#ct=200&rc=0" })
  await application.clock.runUntil(call.ended)
  assert.equal(call.leg.status, "failed")
  assert.equal(call.leg.timeline.all("fallback")[0]?.detail, "11205")
})

test("an application that never answers is given up after the fragment's read time", async (t) => {
  const deaf = createServer()
  await new Promise<void>((resolve) => deaf.listen(0, "127.0.0.1", resolve))
  const application = await startApplication({})
  t.after(() => {
    deaf.close()
    return application.close()
  })
  const startedMs = application.clock.nowMs()
  const voiceUrl = `http://127.0.0.1:${portOf(deaf.address())}/voice#rt=1500&rc=0`
  const call = application.call({ voiceUrl })
  await application.clock.runUntil(call.ended)
  assert.equal(call.leg.timeline.all("fallback")[0]?.detail, "11200")
  assert.ok(application.clock.nowMs() - startedMs >= 1_500)
})

test("keys pressed during a prompt end it and go to the action", async (t) => {
  const application = await startApplication({
    "/voice": `<Response><Gather numDigits="4" action="/keys"><Say>${"long ".repeat(50)}</Say>
      </Gather><Say>Nothing</Say></Response>`,
    "/keys": goodbye,
  })
  t.after(() => application.close())
  const call = application.call()
  await application.until(call.leg.timeline.first("agentSpeechOnset"))
  for (const digit of "1985") call.handset.press(digit)
  await application.until(call.ended)
  const keys = application.requests.find(({ path }) => path === "/keys")
  assert.equal(keys?.params.Digits, "1985")
  assert.equal(call.leg.timeline.all("verb").at(-1)?.detail, "Say Goodbye")
})

test("a gather that hears no key falls through to the next verb", async (t) => {
  const application = await startApplication({
    "/voice": '<Response><Gather timeout="2" action="/keys"/><Say>Nothing</Say></Response>',
  })
  t.after(() => application.close())
  const call = application.call()
  await application.until(call.ended)
  assert.equal(call.leg.timeline.all("verb").at(-1)?.detail, "Say Nothing")
  assert.equal(application.requests.length, 1)
})

test("a message is recorded until the caller hangs up, and its length is reported", async (t) => {
  const application = await startApplication({
    "/voice": '<Response><Record action="/recorded" playBeep="false"/></Response>',
  })
  t.after(() => application.close())
  const call = application.call()
  await application.until(call.leg.timeline.first("answered"))
  await application.until(call.handset.speak(tone(4_000)).ended)
  call.handset.hangUp()
  await application.until(call.ended)
  await application.cloud.close()
  const recorded = application.requests.find(({ path }) => path === "/recorded")
  assert.equal(recorded?.params.Digits, "hangup")
  assert.equal(recorded?.params.RecordingDuration, "4")
})
