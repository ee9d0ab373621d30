/** Scripts are read strictly, and played by a caller who speaks in turn, out of turn, or not. */
import assert from "node:assert/strict"
import { test } from "node:test"
import type { SaidLine } from "./dialogue.ts"
import { runScript } from "./run-script.ts"
import { readScript, ScriptError, toPattern } from "./script.ts"
import { publicUrl, type SeenStream, startApplication } from "./test-application.ts"
import { tone } from "./tones.ts"

const head = 'name: a-call\nabout: Someone calls.\nfrom: "+15125550123"\n'
const stream = `<Response><Connect><Stream url="wss://rx.example/media"/></Connect></Response>`

test("a script with every kind of step and expectation is read", () => {
  const script = readScript(`${head}language: en
at: "2026-11-18T10:15:00"
spoken: true
voice: slt
given: { pms: slow, pharmacist: voicemail }
steps:
  - hear: "(?i)recorded"
  - say: "hello"
  - keys: "1985#"
  - silence: 8000
  - interrupt: "the other one"
  - backchannel: "mm-hm"
  - kill: refills
  - noise: 2000
  - hangUp: { during: true }
  - hangUp: true
expect:
  said: ["(?i)submitted"]
  neverSaid: ["(?i)lisinopril"]
  commands: [refills.request]
  tiers: { refills.request: 0 }
  refills: { "7001234": 1 }
  workItems: [ {tier: 2, action: controlled_substance} ]
  ended: caller
`)
  assert.equal(script.steps.length, 10)
  assert.deepEqual(script.expect.refills, { "7001234": 1 })
})

for (const [name, yaml] of [
  ["an unknown key", `${head}steps: [{say: hi}]\nexpect: {}\nmood: sunny\n`],
  ["an unknown step", `${head}steps: [{shout: hi}]\nexpect: {}\n`],
  ["two things in one step", `${head}steps: [{say: hi, keys: "1"}]\nexpect: {}\n`],
  ["a pattern that is none", `${head}steps: [{hear: "("}]\nexpect: {}\n`],
  ["a pharmacist who dances", `${head}given: {pharmacist: dances}\nsteps: [{say: hi}]\nexpect: {}`],
  ["no steps", `${head}steps: []\nexpect: {}\n`],
  ["what is not YAML", "steps: [\n"],
] as const)
  test(`${name} in a script is refused`, () => {
    assert.throws(() => readScript(yaml), ScriptError)
  })

test("a pattern ignores case only when it says so", () => {
  assert.ok(toPattern("(?i)Refill").test("REFILLS"))
  assert.ok(!toPattern("Refill").test("REFILLS"))
})

/** An agent of few words: greets, then answers when the caller has stopped speaking. */
async function startAgent(answers: readonly string[]) {
  const application = await startApplication({ "/voice": stream })
  const lines: SaidLine[] = []
  const sayLine = (to: SeenStream, text: string): void => {
    to.sendSound(tone(2_000))
    lines.push({ who: "agent", text })
  }
  const opening = application.nextStream()
  void opening.then(async (opened) => {
    await opened.until("start")
    const { timeline } = [...application.cloud.calls.values()][0]!.leg
    sayLine(opened, "Hello, this call is recorded.")
    for (const answer of answers) {
      await timeline.next("callerSpeechEnd")
      sayLine(opened, answer)
    }
  })
  const play = (yaml: string) =>
    application.until(
      runScript(readScript(yaml), {
        cloud: application.cloud,
        voiceUrl: `${publicUrl}/voice`,
        transcriptOf: () => Promise.resolve([...lines]),
        voice: (text) => Promise.resolve(tone(text.length * 40)),
      }),
    )
  return { application, play }
}

test("a caller waits for the agent to finish before speaking, and hears the answer", async (t) => {
  const { application, play } = await startAgent(["It was submitted."])
  t.after(() => application.close())
  const played = await play(`${head}steps:
  - hear: "(?i)RECORDED"
  - say: "I need a refill"
  - hear: submitted
  - hangUp: true
expect: { said: [submitted], neverSaid: [lisinopril], ended: caller, refills: {"7001234": 1} }
`)
  assert.deepEqual(
    played.results.map(({ held }) => held),
    [true, true, true, undefined],
  )
  assert.equal(played.passed, true)
  const { timeline } = played.call.leg
  const [greetingEnd] = timeline.all("agentSpeechEnd")
  const [callerOnset] = timeline.all("callerSpeechOnset")
  assert.ok(callerOnset!.atMs >= greetingEnd!.atMs + 700)
})

test("who is answered something else says it again, and not for ever", async (t) => {
  const { application, play } = await startAgent(["Sorry?", "It was submitted.", "Sorry?"])
  t.after(() => application.close())
  const played = await play(`${head}steps:
  - hear: recorded
  - say: "I need a refill"
  - hear: submitted
  - say: "Thank you"
  - hear: goodbye
expect: {}
`)
  assert.match(played.results[0]!.expectation, /step 5: never heard goodbye/)
  assert.equal(played.call.leg.timeline.all("callerSpeechEnd").length, 2 + 3)
})

test("an interruption begins while the agent is still speaking", async (t) => {
  const { application, play } = await startAgent(["All right."])
  t.after(() => application.close())
  const played = await play(`${head}steps:
  - interrupt: "actually the other one"
  - hear: "All right"
expect: { ended: caller }
`)
  const { timeline } = played.call.leg
  const [onset] = timeline.all("callerSpeechOnset")
  const pauses = timeline.all("agentSpeechEnd").filter(({ atMs }) => atMs <= onset!.atMs)
  assert.deepEqual(pauses, [])
  assert.ok(onset!.atMs >= timeline.all("agentSpeechOnset")[0]!.atMs + 600)
  assert.equal(played.passed, true)
})

test("a caller who hangs up in mid-word is gone before the sentence is over", async (t) => {
  const { application, play } = await startAgent([])
  t.after(() => application.close())
  const sentence = "I need a refill of prescription seven"
  const played = await play(`${head}steps:
  - say: ${sentence}
  - hangUp: { during: true }
expect: { ended: caller }
`)
  const { timeline } = played.call.leg
  const spokenMs = timeline.gapsMs("callerSpeechOnset", "ended")[0]!
  assert.ok(spokenMs > 0 && spokenMs < sentence.length * 40)
  assert.equal(played.passed, true)
})

test("a script fails when the agent never says what was to be heard", async (t) => {
  const { application, play } = await startAgent([])
  t.after(() => application.close())
  const played = await play(`${head}steps: [{hear: "something else"}]\nexpect: {}\n`)
  assert.equal(played.passed, false)
  assert.match(played.results[0]!.expectation, /step 1: never heard/)
})

test("silence is kept, keys are pressed, and noise is not speech", async (t) => {
  const { application, play } = await startAgent([])
  t.after(() => application.close())
  const played = await play(`${head}steps:
  - silence: 3000
  - keys: "12#"
  - noise: 1000
expect: {}
`)
  const { timeline } = played.call.leg
  const keys = timeline.all("key").map(({ detail }) => detail)
  assert.deepEqual(keys, ["1", "2", "#"])
  assert.deepEqual(timeline.all("callerSpeechOnset"), [])
})
