/** The REST stand-in, driven by the official client with nothing changed but its address. */
import assert from "node:assert/strict"
import { test } from "node:test"
import twilio from "twilio"
import { personWho } from "./person.ts"
import { startRest } from "./rest.ts"
import { accountSid, authToken, publicUrl, startApplication } from "./test-application.ts"

const connect = `<Response><Connect><Stream url="wss://rx.example/media"/></Connect>
  <Say>Never said</Say></Response>`

async function startBoth() {
  const application = await startApplication({
    "/voice": connect,
    "/elsewhere": "<Response><Say>Elsewhere</Say></Response>",
  })
  const rest = await startRest(application.cloud)
  const client = twilio(accountSid, authToken)
  client.api.baseUrl = rest.url
  const opening = application.nextStream()
  const call = application.call()
  const stream = await application.until(opening)
  await stream.until("start")
  const close = async (): Promise<void> => {
    await application.close()
    await rest.close()
  }
  return { application, rest, client, call, stream, close }
}

test("a running call is taken from its stream by new TwiML", async (t) => {
  const { application, client, call, stream, close } = await startBoth()
  t.after(close)
  const twiml = "<Response><Say>One moment</Say></Response>"
  const updated = await client.calls(call.sid).update({ twiml })
  assert.equal(updated.status, "in-progress")
  await application.until(call.ended)
  await stream.closed
  assert.equal(stream.of("stop").length, 1)
  assert.equal(call.leg.timeline.all("verb").at(-1)?.detail, "Say One moment")
})

test("a running call is sent to another address", async (t) => {
  const { application, client, call, close } = await startBoth()
  t.after(close)
  await client.calls(call.sid).update({ url: `${publicUrl}/elsewhere`, method: "POST" })
  await application.until(call.ended)
  assert.equal(call.leg.timeline.all("verb").at(-1)?.detail, "Say Elsewhere")
})

test("a call is ended, read, and can't be changed any more", async (t) => {
  const { application, client, call, close } = await startBoth()
  t.after(close)
  await client.calls(call.sid).update({ status: "completed" })
  await application.until(call.ended)
  const read = await client.calls(call.sid).fetch()
  assert.equal(read.status, "completed")
  assert.equal(read.from, "+15125550123")
  await assert.rejects(client.calls(call.sid).update({ status: "completed" }), { code: 21_220 })
})

test("TwiML that can't be read is refused and the call goes on", async (t) => {
  const { client, call, close } = await startBoth()
  t.after(close)
  await assert.rejects(client.calls(call.sid).update({ twiml: "<Response>" }), { status: 400 })
  assert.equal(call.leg.status, "in-progress")
})

test("somebody is rung for the application and hears its document", async (t) => {
  const { application, client, close } = await startBoth()
  t.after(close)
  const [from, to] = ["+15125550100", "+15125550112"]
  const twiml = "<Response><Say>An emergency</Say></Response>"
  const created = await client.calls.create({ from, to, twiml })
  assert.equal(created.status, "queued")
  const call = application.cloud.calls.get(created.sid)!
  await application.until(call.ended)
  assert.equal(call.leg.status, "completed")
  assert.equal(call.leg.timeline.all("verb")[0]?.detail, "Say An emergency")
})

test("a telephone that is busy when rung for the application is reported so", async (t) => {
  const { application, client, close } = await startBoth()
  t.after(close)
  const [from, to] = ["+15125550100", "+15125550112"]
  application.cloud.people.set(to, personWho("busy"))
  const statusCallback = `${publicUrl}/rung`
  const twiml = "<Response><Say>An emergency</Say></Response>"
  const { sid } = await client.calls.create({ from, to, twiml, statusCallback })
  await application.until(application.cloud.calls.get(sid)!.ended)
  const rung = application.requests.find(({ path }) => path === "/rung")
  assert.equal(rung?.params.CallStatus, "busy")
})

test("a wrong token and an unknown call are refused", async (t) => {
  const { client, rest, close } = await startBoth()
  t.after(close)
  const stranger = twilio(accountSid, "another-token")
  stranger.api.baseUrl = rest.url
  await assert.rejects(stranger.calls("CA0").fetch(), { status: 401, code: 20_003 })
  await assert.rejects(client.calls(`CA${"0".repeat(32)}`).fetch(), { status: 404, code: 20_404 })
})

test("a text is sent, its progress reported, and after STOP refused with 21610", async (t) => {
  const { application, client, close } = await startBoth()
  t.after(close)
  const from = "+15125550100"
  const to = "+15125550123"
  const statusCallback = `${publicUrl}/sms-status`
  const sent = await client.messages.create({ from, to, body: "Ready", statusCallback })
  assert.equal(sent.status, "queued")
  await application.cloud.close()
  const statuses = application.requests
    .filter(({ path }) => path === "/sms-status")
    .map(({ params }) => params.MessageStatus)
  assert.deepEqual(statuses, ["sent", "delivered"])
  const smsUrl = `${publicUrl}/sms`
  await application.cloud.sendSms({ from: to, to: from, body: "Stop", smsUrl })
  await assert.rejects(client.messages.create({ from, to, body: "Ready" }), { code: 21_610 })
  await application.cloud.sendSms({ from: to, to: from, body: "start", smsUrl })
  await client.messages.create({ from, to, body: "Ready" })
})
