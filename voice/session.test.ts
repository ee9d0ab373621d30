import assert from "node:assert/strict"
import { test } from "node:test"
import { setImmediate } from "node:timers/promises"
import { VirtualClock } from "#core/clock.ts"
import type { Turn } from "../modules/conversations/contract.ts"
import type { Backstage } from "./backstage.ts"
import { Session, type TransferWay } from "./session.ts"
import { Detector } from "./speech/detector.ts"
import { Rendering } from "./speech/rendering.ts"
import { Switchboard } from "./switchboard.ts"

const START_MS = Date.UTC(2026, 10, 20, 15)
const packet = new Uint8Array(160).fill(0x2a)

function turnOf(text: string, more: Partial<Turn> = {}): Turn {
  const say = [{ reply: "test", text, spoken: text, fixed: true, protected: false }]
  const plain = { expect: "request", next: "listen", recording: true, language: "en" } as const
  return Object.assign({ turn: 1, say, vocabulary: [], ...plain } satisfies Turn, more)
}

/** A session whose stream is played, on a clock that is moved by hand. */
async function session(turn: Turn, way: TransferWay = "rung") {
  const clock = new VirtualClock(START_MS)
  const happened: string[] = []
  const audio: Uint8Array[] = []
  const marks: string[] = []
  const note = (what: string) => {
    happened.push(what)
    return Promise.resolve()
  }
  const backstage: Backstage = {
    begin: () => note("begin"),
    update: (_call, state) => note(state),
    ask: async (_call, ask) => {
      happened.push(ask.kind)
      return { ok: true, turn }
    },
    close: (_call, reason) => note(`close ${reason}`),
    keep: async () => undefined,
    recall: async () => undefined,
    note: (_call, line) => note(`${line.who}: ${line.text}`),
    timed: () => undefined,
    beginRecording: async () => "recording",
    appendRecording: async (_recording, bytes) => void audio.push(bytes),
    pauseRecording: () => note("pause recording"),
    endRecording: () => note("end recording"),
    receiveText: async () => undefined,
    takePhoto: async () => "over",
    textDelivered: async () => undefined,
  }
  const switchboard = new Switchboard(clock, backstage)
  const token = switchboard.ring({ call: "CA1" })
  const admission = switchboard.admit(token, "CA1")
  assert.ok(admission)
  const deaf = {
    request: () => ({ done: Promise.reject(new Error("down")), cancel: () => undefined }),
    end: () => undefined,
  }
  const made = new Session(
    {
      clock,
      backstage,
      switchboard,
      speech: {
        detector: new Detector(deaf),
        quick: deaf,
        careful: deaf,
        render: () => new Rendering(new Uint8Array(4_000).fill(0x55)),
      },
      transfer: async () => way,
      outlet: {
        media: () => undefined,
        mark: (name) => marks.push(name),
        clear: () => undefined,
        said: () => undefined,
      },
      endStream: () => void happened.push("stream ended"),
    },
    admission,
  )
  made.begin()
  const advance = async (ms: number) => {
    for (let at = 0; at < ms; at += 100) {
      clock.advance(100)
      for (let i = 0; i < 10; i++) await setImmediate()
    }
  }
  await advance(100)
  return { clock, made, switchboard, happened, audio, marks, advance }
}

test("a stream that goes quiet is given up, and the call may come back", async () => {
  const { made, switchboard, happened, advance } = await session(turnOf("Hello."))
  for (let at = 0; at < 2_000; at += 100) {
    made.media(packet, at)
    await advance(100)
  }
  assert.equal(switchboard.phaseOf("CA1"), "live")
  await advance(6_000)
  assert.equal(switchboard.phaseOf("CA1"), "lost")
  assert.ok(happened.includes("stream ended"))
  assert.ok(!happened.some((it) => it.startsWith("close")))
})

test("the conversation is opened once, while the stream was being connected", async () => {
  const { happened } = await session(turnOf("Hello."))
  assert.equal(happened.filter((it) => it === "open").length, 1)
})

test("a call that does not come back within a minute ends its conversation as lost", async () => {
  const { made, switchboard, happened, advance } = await session(turnOf("Hello."))
  made.gone("lost")
  await advance(50_000)
  assert.equal(switchboard.phaseOf("CA1"), "lost")
  await advance(20_000)
  assert.ok(happened.includes("close lost"))
})

test("media that was lost on the way is silence on the tape, not a shift", async () => {
  const { made, audio, advance } = await session(turnOf("Hello."))
  made.media(packet, 0)
  made.media(packet, 1_000)
  await advance(3_000)
  const tape = Buffer.concat(audio)
  assert.equal(tape[0], 0x2a)
  assert.equal(tape[500 * 8 * 2], 0xff)
  assert.equal(tape[1_010 * 8 * 2], 0x2a)
})

test("an objection stops the tape, and the recording is told", async () => {
  const { audio, happened, advance, made } = await session(
    turnOf("It is stopped.", { recording: false }),
  )
  for (let at = 0; at < 3_000; at += 100) {
    made.media(packet, at)
    await advance(100)
  }
  assert.ok(happened.includes("pause recording"))
  assert.equal(audio.length, 0)
})

test("a call that ends closes its recording and its conversation, once", async () => {
  const { made, happened, advance } = await session(turnOf("Hello."))
  made.gone("caller_left")
  made.gone("lost")
  await advance(500)
  assert.equal(happened.filter((it) => it === "end recording").length, 1)
  assert.deepEqual(
    happened.filter((it) => it.startsWith("close")),
    ["close caller_left"],
  )
})

const transfer = { to: "pharmacist", whisper: "A caller.", isEmergency: false } as const

for (const [way, phase, ends] of [
  ["rung", "transferring", false],
  ["by_answer", "transferring", true],
  ["nobody", "lost", true],
] as const) {
  test(`a transfer that is ${way} leaves the call ${phase}`, async () => {
    const { made, marks, happened, switchboard, advance } = await session(
      turnOf("One moment.", { next: "transfer", transfer }),
      way,
    )
    made.media(packet, 0)
    await advance(700)
    for (const name of marks) made.marked(name)
    await advance(500)
    assert.equal(switchboard.phaseOf("CA1"), phase)
    assert.equal(happened.includes("stream ended"), ends)
  })
}

test("staff can end a call, and what follows the stream is a hang-up", async () => {
  const { made, switchboard, happened, advance } = await session(turnOf("Hello."))
  made.hangUp()
  await advance(100)
  assert.equal(switchboard.phaseOf("CA1"), "finished")
  assert.ok(happened.includes("close agent_ended"))
})

test("staff who take a call over get it, after one sentence to the caller", async () => {
  const { made, marks, switchboard, advance } = await session(turnOf("Hello."), "rung")
  made.media(packet, 0)
  await advance(700)
  made.takeOver()
  await advance(700)
  for (const name of marks) made.marked(name)
  await advance(500)
  assert.equal(switchboard.phaseOf("CA1"), "transferring")
  assert.match(switchboard.transferOf("CA1")?.whisper ?? "", /you took over/)
})

test("who listens in hears both sides, and each stretch once", async () => {
  const { made, advance } = await session(turnOf("Hello."))
  for (let atMs = 0; atMs < 2_000; atMs += 100) {
    made.media(packet, atMs)
    await advance(100)
  }
  const first = made.overhear(0)
  assert.equal(first.fromMs, 0)
  assert.equal(first.audio.length, (first.untilMs - first.fromMs) * 16)
  assert.ok(first.audio.some((byte, at) => at % 2 === 0 && byte === packet[0]))
  assert.equal(made.overhear(first.untilMs).audio.length, 0)
})
