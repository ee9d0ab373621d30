import assert from "node:assert/strict"
import { test } from "node:test"
import { sleep, VirtualClock } from "#core/clock.ts"
import { type Ask, newCall } from "./call/state.ts"
import { step } from "./call.ts"
import { type Asked, dial, heardBy, QUESTION, START_MS, sentence, turn } from "./fixtures/dial.ts"
import type { AskResult } from "./line.ts"
import { typedLine } from "./typed-line.ts"

test("a greeting is spoken, an utterance is heard, its answer is spoken", async () => {
  const { line, asked } = dial([turn(0, [QUESTION]), turn(1, ["Sure."])])
  await line.untilQuiet()
  line.say("I need a refill")
  await line.untilQuiet()
  assert.deepEqual(heardBy(asked), ["I need a refill"])
  assert.deepEqual(
    line.said.map(({ text, isCutOff }) => [text, isCutOff]),
    [
      [QUESTION, false],
      ["Sure.", false],
    ],
  )
  assert.deepEqual(
    line.notes.map(({ who, text }) => [who, text]),
    [
      ["agent", QUESTION],
      ["caller", "I need a refill"],
      ["agent", "Sure."],
    ],
  )
})

test("an interruption silences the agent, and only what was heard is in the transcript", async () => {
  const { line, asked } = dial([turn(0, ["Hello there."]), turn(1, [QUESTION]), turn(2, ["Yes."])])
  await line.untilQuiet()
  line.say("I need a refill")
  await line.advance(4_500)
  assert.equal(line.doing, "speaking")
  line.say("no wait I want my hours")
  await line.advance(96)
  const cut = line.said[1]
  assert.equal(cut?.isCutOff, true)
  await line.untilQuiet()
  assert.deepEqual(heardBy(asked), ["I need a refill", "no wait I want my hours"])
  const note = line.notes.find(({ cutOff }) => cutOff)
  assert.ok(note && QUESTION.startsWith(note.text) && note.text.length < QUESTION.length)
})

test("mm-hm is no interruption: the agent goes on from where it was heard", async () => {
  const { line, asked } = dial([turn(0, ["Hello there."]), turn(1, [QUESTION, "Take your time."])])
  await line.untilQuiet()
  line.say("refill")
  await line.advance(4_000)
  assert.equal(line.doing, "speaking")
  line.say("mm-hm", { durationMs: 300 })
  await line.untilQuiet()
  assert.deepEqual(heardBy(asked), ["refill"])
  assert.deepEqual(
    line.said.map(({ isCutOff }) => isCutOff),
    [false, false, false],
  )
  assert.ok(line.notes.some(({ text, cutOff }) => text === QUESTION && !cutOff))
})

test("a noise without words lets the agent finish its sentence", async () => {
  const { line, asked } = dial([turn(0, ["Hello there."]), turn(1, [QUESTION])])
  await line.untilQuiet()
  line.say("refill")
  await line.advance(4_000)
  line.noise()
  await line.untilQuiet()
  assert.equal(asked.length, 2)
  assert.equal(line.said.at(-1)?.isCutOff, false)
})

test("the agent's own words coming back are not the caller's", async () => {
  const { line, asked } = dial([turn(0, ["Hello there."]), turn(1, [QUESTION])])
  await line.untilQuiet()
  line.say("refill")
  await line.advance(4_500)
  line.say("what can I do for you today")
  await line.untilQuiet()
  assert.deepEqual(heardBy(asked), ["refill"])
})

test("a protected sentence is heard to its end, and what was said over it is answered", async () => {
  const notice = "This call is recorded. I am an automated assistant of the pharmacy."
  const opening = turn(0, [])
  const { line, asked } = dial([
    { ...opening, say: [sentence(notice, true), sentence(QUESTION)] },
    turn(1, ["I can help with that."]),
  ])
  await line.advance(500)
  line.say("my chest hurts")
  await line.untilQuiet()
  assert.deepEqual(heardBy(asked), ["my chest hurts"])
  assert.deepEqual(
    line.said.map(({ text, isCutOff }) => [text, isCutOff]),
    [
      [notice, false],
      ["I can help with that.", false],
    ],
  )
})

test("what must be heard is heard though its answer came while the caller went on", async () => {
  const answer = [sentence("I see."), sentence("If it is an emergency, call 911.", true)]
  const turns = [turn(0, [QUESTION]), turn(1, [], { say: answer }), turn(2, ["Until six."])]
  const { line, asked } = dial(turns, { answerMs: () => 1_500 })
  await line.untilQuiet()
  line.say("refill")
  await line.advance(2_000)
  line.say("no wait I also want to know your hours for today")
  await line.untilQuiet()
  assert.deepEqual(heardBy(asked), ["refill", "no wait I also want to know your hours for today"])
  const said = line.said.filter(({ isCutOff }) => !isCutOff).map(({ text }) => text)
  assert.ok(said.includes("If it is an emergency, call 911."), said.join(" | "))
  assert.equal(said.at(-1), "Until six.")
})

test("an interruption of the greeting does not cut off the disclosure that follows it", async () => {
  const notice = "This call is recorded."
  const say = [sentence("Thank you for calling."), sentence(notice, true), sentence(QUESTION)]
  const { line } = dial([{ ...turn(0, []), say }, turn(1, ["We are open."])])
  await line.advance(600)
  line.keys("3")
  await line.advance(100)
  line.say("hello hello can you hear me")
  await line.untilQuiet()
  const heard = line.notes.filter(({ who }) => who === "agent").map(({ text }) => text)
  assert.deepEqual(heard.slice(0, 2), ["Thank you for calling.", notice])
  assert.ok(!heard.includes(QUESTION))
})

test("a caller who says nothing is asked again after a while, and not before", async () => {
  const { line, asked } = dial([turn(0, ["Hello."])])
  await line.untilQuiet()
  await line.advance(6_500)
  assert.equal(asked.length, 1)
  await line.advance(1_000)
  assert.deepEqual(asked[1]?.ask, { kind: "silence", silence: "silent" })
})

test("whoever asked for time is left alone while they look", async () => {
  const { line, asked } = dial([turn(0, ["Take your time."], { isWaiting: true })])
  await line.untilQuiet()
  await line.advance(40_000)
  assert.equal(asked.length, 1)
  await line.advance(6_000)
  assert.deepEqual(asked[1]?.ask, { kind: "silence", silence: "silent" })
})

test("sound that no ear can read is told as unintelligible", async () => {
  const { line, asked } = dial([turn(0, ["Hello."])])
  await line.untilQuiet()
  line.noise(900)
  await line.untilQuiet()
  assert.deepEqual(asked[1]?.ask, { kind: "silence", silence: "unintelligible" })
})

test("digits read in groups are one utterance", async () => {
  const { line, asked } = dial([turn(0, ["The number?"], { expect: "rx_number" })])
  await line.untilQuiet()
  line.say("one two three")
  await line.advance(1_900)
  line.say("four five six seven")
  await line.untilQuiet()
  assert.deepEqual(heardBy(asked), ["one two three four five six seven"])
})

test("ears that differ on a number pass on both hearings", async () => {
  const { line, asked } = dial([turn(0, ["The number?"], { expect: "rx_number" })])
  await line.untilQuiet()
  line.say("1234567", { heardAs: "1234568", quickHeardAs: "1234567" })
  await line.untilQuiet()
  const { ask } = asked[1]!
  assert.ok(ask.kind === "hear")
  assert.equal(ask.text, "1234567")
  assert.equal(ask.otherText, "1234568")
  assert.ok(ask.confidence < 0.6)
})

test("a slow careful ear is waited for, and the wait is bridged", async () => {
  const { line, asked } = dial([turn(0, ["Hello."]), turn(1, ["Sure."])], { carefulMs: 3_000 })
  await line.untilQuiet()
  line.say("my losartan", { quickHeardAs: "my low start in", heardAs: "my losartan" })
  await line.untilQuiet()
  assert.deepEqual(heardBy(asked), ["my losartan"])
  assert.deepEqual(
    line.said.map(({ text, isCutOff }) => [text, isCutOff]),
    [
      ["Hello.", false],
      ["Let me check that.", false],
      ["Sure.", false],
    ],
  )
})

test("a careful ear that never answers is not waited for longer than that", async () => {
  const { line, asked } = dial([turn(0, ["Hello."]), turn(1, ["Sure."])], { carefulMs: 60_000 })
  await line.untilQuiet()
  line.say("my losartan", { quickHeardAs: "my low start in" })
  await line.untilQuiet()
  assert.deepEqual(heardBy(asked), ["my low start in"])
})

test("0 is a person at once, also in the middle of a sentence", async () => {
  const { line, asked } = dial([turn(0, ["Hello there."]), turn(1, [QUESTION])])
  await line.untilQuiet()
  line.say("refill")
  await line.advance(4_000)
  line.keys("0")
  await line.advance(100)
  assert.deepEqual(heardBy(asked), ["refill", "0"])
  assert.equal(line.said[1]?.isCutOff, true)
})

test("a date of birth that begins with 0 is not a call for a person", async () => {
  const { line, asked } = dial([turn(0, ["Your birthday?"], { expect: "date_of_birth" })])
  await line.untilQuiet()
  line.keys("0")
  await line.advance(800)
  line.keys("4121980")
  await line.untilQuiet()
  assert.deepEqual(heardBy(asked), ["04121980"])
})

test("a lone 0 where a number is due is a person after a moment", async () => {
  const { line, asked } = dial([turn(0, ["The number?"], { expect: "rx_number" })])
  await line.untilQuiet()
  line.keys("0")
  await line.advance(2_000)
  assert.deepEqual(heardBy(asked), ["0"])
})

test("a slow answer is bridged, and no silence is longer than two seconds", async () => {
  const { line } = dial([turn(0, ["Hello."]), turn(1, ["Here you are."])], {
    answerMs: (ask) => (ask.kind === "hear" ? 7_000 : 20),
  })
  await line.untilQuiet()
  line.say("refill")
  await line.untilQuiet()
  assert.equal(line.said[1]?.text, "Let me check that.")
  assert.equal(line.said[2]?.text, "Still checking, one moment.")
  assert.equal(line.said.at(-1)?.text, "Here you are.")
  for (let i = 2; i < line.said.length; i++) {
    assert.ok(line.said[i]!.fromMs - line.said[i - 1]!.untilMs <= 2_000)
  }
})

test("words that bridged the wait are not gone on with once the answer is there", async () => {
  const { line } = dial([turn(0, [QUESTION]), turn(1, ["Here you are."])], {
    answerMs: (ask) => (ask.kind === "hear" ? 1_600 : 20),
  })
  await line.untilQuiet()
  line.say("refill")
  for (let ms = 0; ms < 5_000 && line.said.length < 2; ms += 50) await line.advance(50)
  await line.advance(450)
  line.noise(400)
  await line.untilQuiet()
  const [, bridge, answer] = line.said
  assert.deepEqual([bridge?.text, bridge?.isCutOff], ["Let me check that.", true])
  assert.deepEqual([answer?.text, answer?.isCutOff], ["Here you are.", false])
})

test("nothing is said before the greeting, however late its first sound comes", () => {
  const begun = step(newCall, { kind: "begin", ask: { kind: "open", resumed: false } }, 0)
  const greeted = step(begun.state, { kind: "answered", number: 1, turn: turn(0, ["Hello."]) }, 20)
  const waited = step(greeted.state, { kind: "timer", timer: "filler" }, 720)
  assert.deepEqual(waited.effects, [])
})

test("a conversation that never answers gives the caller a person", async () => {
  const { line } = dial([turn(0, ["Hello."]), turn(1, ["Too late."])], {
    answerMs: (ask) => (ask.kind === "hear" ? 60_000 : 20),
  })
  await line.untilQuiet()
  line.say("refill")
  await line.advance(20_000)
  assert.equal(line.transfers.length, 1)
  assert.ok(!line.said.some(({ text }) => text === "Too late."))
})

test("an outage of the conversation is tried again with the same turn", async () => {
  const asked: Asked[] = []
  const conversation = async (ask: Ask, number: number): Promise<AskResult> => {
    asked.push({ ask, turn: number })
    if (asked.length === 2) return { ok: false, isRetryable: true }
    return { ok: true, turn: turn(asked.length, ["All right."]) }
  }
  const line = typedLine({ clock: new VirtualClock(START_MS), conversation })
  line.start()
  await line.untilQuiet()
  line.say("refill")
  await line.untilQuiet()
  assert.equal(asked.length, 3)
  assert.deepEqual(asked[1], asked[2])
})

test("when everything has failed the caller hears so and the call ends", async () => {
  const conversation = async (): Promise<AskResult> => ({ ok: false, isRetryable: false })
  const line = typedLine({
    clock: new VirtualClock(START_MS),
    conversation,
    transferOutcome: () => "failed",
  })
  line.start()
  await line.advance(60_000)
  assert.equal(line.transfers.length, 1)
  assert.match(line.said.at(-1)?.text ?? "", /call again/)
  assert.equal(line.ended, "agent_ended")
})

test("words said while an answer is awaited are heard with the next turn", async () => {
  const { line, asked } = dial([turn(0, ["Hello."]), turn(1, ["First."]), turn(2, ["Second."])], {
    answerMs: (ask) => (ask.kind === "hear" ? 4_000 : 20),
  })
  await line.untilQuiet()
  line.say("refill my pills")
  await line.advance(3_000)
  line.say("and the hours please")
  await line.untilQuiet()
  assert.deepEqual(heardBy(asked), ["refill my pills", "and the hours please"])
  assert.deepEqual(
    asked.map((it) => it.turn),
    [0, 0, 1],
  )
  // Each is written down once, with the turn that it was put to.
  assert.deepEqual(
    line.notes.filter(({ who }) => who === "caller").map(({ text, turn }) => [text, turn]),
    [
      ["refill my pills", 0],
      ["and the hours please", 1],
    ],
  )
})

test("a transfer that nobody takes comes back to the conversation with its turn", async () => {
  const { line, asked } = dial(
    [
      turn(0, ["Hello."]),
      turn(1, ["I'll get the pharmacist."], {
        next: "transfer",
        transfer: { to: "pharmacist", whisper: "A caller.", isEmergency: false },
      }),
      turn(2, ["Nobody is free."]),
    ],
    { transferOutcome: () => "no_answer" },
  )
  await line.untilQuiet()
  line.say("pharmacist")
  await line.untilQuiet()
  assert.deepEqual(asked[2], {
    ask: { kind: "transferEnded", turn: 1, outcome: "no_answer" },
    turn: 1,
  })
  assert.equal(line.said.at(-1)?.text, "Nobody is free.")
})

test("a goodbye is spoken to its end before the call ends", async () => {
  const { line } = dial([turn(0, ["Hello."]), turn(1, ["Goodbye now."], { next: "hang_up" })])
  await line.untilQuiet()
  line.say("bye")
  await line.untilQuiet()
  assert.equal(line.ended, "agent_ended")
  assert.equal(line.notes.at(-1)?.text, "Goodbye now.")
})

test("a caller who hangs up in mid-word leaves nothing running", async () => {
  const { line, clock } = dial([turn(0, ["Hello."])])
  await line.untilQuiet()
  line.say("I would like to have my")
  await line.advance(500)
  line.hangUp()
  await line.advance(10_000)
  assert.equal(line.ended, "caller_left")
  assert.equal(clock.nextDueMs(), undefined)
})

test("an objection to the recording stops it", async () => {
  const { line } = dial([turn(0, ["Hello."]), turn(1, ["All right."], { recording: false })])
  await line.untilQuiet()
  line.say("don't record me")
  await line.untilQuiet()
  assert.equal(line.isRecording, false)
})

test("a conversation that waits on the same clock is waited for on it", async () => {
  const clock = new VirtualClock(START_MS)
  const conversation = async (): Promise<AskResult> => {
    await sleep(clock, 1_000)
    return { ok: true, turn: turn(0, ["Hello."]) }
  }
  const line = typedLine({ clock, conversation, isConversationOnClock: true })
  line.start()
  await line.untilQuiet()
  assert.equal(line.said[0]?.text, "Hello.")
})
