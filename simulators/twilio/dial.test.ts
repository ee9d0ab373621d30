/** Passing a call on: nobody reaches the caller without pressing the key, whoever picks up. */
import assert from "node:assert/strict"
import { test } from "node:test"
import { type Person, personWho } from "./person.ts"
import { publicUrl, startApplication } from "./test-application.ts"

const pharmacist = "+15125550111"
const dialing = `<Response><Dial timeout="20" action="/dialed">
  <Number url="/whisper">${pharmacist}</Number></Dial></Response>`
const gate = `<Response><Gather numDigits="1" finishOnKey="" timeout="4" action="/accepted">
  <Say>Press one to take a call</Say></Gather><Hangup/></Response>`

async function transfer(person: Person) {
  const application = await startApplication({
    "/voice": dialing,
    "/whisper": gate,
    "/accepted": ({ params }) =>
      params.Digits === "1" ? "<Response/>" : "<Response><Hangup/></Response>",
    "/dialed": "<Response><Say>Back again</Say></Response>",
  })
  application.cloud.people.set(pharmacist, person)
  const call = application.call()
  const report = async () => {
    await application.until(call.ended)
    return application.requests.find(({ path }) => path === "/dialed")!.params
  }
  return { application, call, report }
}

test("a pharmacist who presses 1 is joined to the caller, and both hear each other", async (t) => {
  const { application, call, report } = await transfer(personWho("answers"))
  t.after(() => application.close())
  await application.until(call.leg.timeline.first("bridged"))
  const onset = await application.until(call.leg.timeline.next("agentSpeechOnset"))
  assert.ok(onset.atMs >= call.leg.timeline.all("bridged")[0]!.atMs)
  const params = await report()
  assert.equal(params.DialCallStatus, "completed")
  assert.equal(params.DialBridged, "true")
  const whisper = application.requests.find(({ path }) => path === "/whisper")!
  assert.equal(whisper.params.Direction, "outbound-dial")
  assert.equal(whisper.params.ParentCallSid, call.sid)
  assert.equal(params.DialCallSid, whisper.params.CallSid)
})

for (const [name, person] of [
  ["a voicemail", personWho("voicemail")],
  ["someone who presses nothing", { ...personWho("answers"), accepts: "" }],
  ["someone who presses another key", { ...personWho("answers"), accepts: "2" }],
] as const)
  test(`${name} is never joined to the caller, though the dial is completed`, async (t) => {
    const { application, call, report } = await transfer(person)
    t.after(() => application.close())
    const params = await report()
    assert.equal(params.DialCallStatus, "completed")
    assert.equal(params.DialBridged, "false")
    assert.deepEqual(call.leg.timeline.all("bridged"), [])
    assert.equal(call.leg.timeline.all("verb").at(-1)?.detail, "Say Back again")
  })

for (const [picksUp, status] of [
  ["busy", "busy"],
  ["no_answer", "no-answer"],
] as const)
  test(`a telephone that is ${picksUp} is reported as ${status}`, async (t) => {
    const { application, report } = await transfer(personWho(picksUp))
    t.after(() => application.close())
    const params = await report()
    assert.equal(params.DialCallStatus, status)
    assert.equal(params.DialCallDuration, undefined)
  })

test("a caller who hangs up while it rings stops the ringing", async (t) => {
  const { application, call } = await transfer(personWho("no_answer"))
  t.after(() => application.close())
  await application.until(call.leg.timeline.first("dialed"))
  call.handset.hangUp()
  await application.until(call.ended)
  await application.cloud.close()
  const report = application.requests.find(({ path }) => path === "/dialed")
  assert.equal(report?.params.DialCallStatus, "canceled")
  assert.equal(report?.params.CallStatus, "completed")
})

test("one after another, the second number is rung when the first does not accept", async (t) => {
  const second = "+15125550112"
  const application = await startApplication({
    "/voice": `<Response><Dial sequential="true"><Number url="/whisper">${pharmacist}</Number>
      <Number url="/whisper">${second}</Number></Dial></Response>`,
    "/whisper": gate,
    "/accepted": "<Response/>",
  })
  t.after(() => application.close())
  application.cloud.people.set(pharmacist, personWho("voicemail"))
  const call = application.call()
  await application.until(call.leg.timeline.first("bridged"))
  const dialed = call.leg.timeline.all("dialed").map(({ detail }) => detail)
  assert.deepEqual(dialed, [pharmacist, second])
  assert.equal(call.leg.timeline.all("bridged")[0]?.detail, second)
})

test("two callers in a conference hear each other until the one who ends it leaves", async (t) => {
  const join = (ends: boolean): string =>
    `<Response><Dial><Conference endConferenceOnExit="${ends}">room</Conference></Dial>
     <Say>Bye</Say></Response>`
  const application = await startApplication({ "/voice": join(false), "/host": join(true) })
  t.after(() => application.close())
  const [guest, host] = [application.call(), application.call({ voiceUrl: `${publicUrl}/host` })]
  await application.until(
    Promise.all([guest, host].map(({ leg }) => leg.timeline.first("bridged"))),
  )
  host.handset.speak(new Uint8Array(8_000).fill(0x10))
  await application.until(guest.leg.timeline.first("agentSpeechOnset"))
  host.handset.hangUp()
  await application.until(guest.ended)
  assert.equal(guest.leg.timeline.all("verb").at(-1)?.detail, "Say Bye")
})
