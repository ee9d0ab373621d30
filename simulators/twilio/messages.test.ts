/** Texts from a patient: signed on their way in, and answered by the TwiML that comes back. */
import assert from "node:assert/strict"
import { test } from "node:test"
import twilio from "twilio"
import { authToken, publicUrl, startApplication } from "./test-application.ts"

const text = { from: "+15125550123", to: "+15125550100", smsUrl: `${publicUrl}/sms` }

test("a text is signed, and a Message in the answer reaches the sender", async (t) => {
  const answer = "<Response><Message>Open until six &amp; a half</Message></Response>"
  const application = await startApplication({ "/sms": answer })
  t.after(() => application.close())
  const sid = await application.cloud.sendSms({ ...text, body: "When do you close?" })
  const [{ params, headers }] = application.requests as [(typeof application.requests)[0]]
  const signature = String(headers["x-twilio-signature"])
  assert.ok(twilio.validateRequest(authToken, signature, text.smsUrl, params))
  assert.equal(params.MessageSid, sid)
  assert.equal(params.Body, "When do you close?")
  const received = application.cloud.messages.receivedBy(text.from)
  assert.deepEqual(
    received.map(({ body }) => body),
    ["Open until six & a half"],
  )
})

test("after STOP not even the answer's Message is delivered", async (t) => {
  const answer = "<Response><Message>Are you sure?</Message></Response>"
  const application = await startApplication({ "/sms": answer })
  t.after(() => application.close())
  await application.cloud.sendSms({ ...text, body: "STOP" })
  const bodies = application.cloud.messages.receivedBy(text.from).map(({ body }) => body)
  assert.equal(bodies.length, 1)
  assert.ok(!bodies.includes("Are you sure?"))
})

test("an account that handles stop words itself hears STOP like any other text", async (t) => {
  const answer = "<Response><Message>You are off the list.</Message></Response>"
  const application = await startApplication({ "/sms": answer }, { answersStopWords: false })
  t.after(() => application.close())
  await application.cloud.sendSms({ ...text, body: "STOP" })
  const bodies = application.cloud.messages.receivedBy(text.from).map(({ body }) => body)
  assert.deepEqual(bodies, ["You are off the list."])
})
