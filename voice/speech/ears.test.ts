import assert from "node:assert/strict"
import { test } from "node:test"
import { setImmediate } from "node:timers/promises"
import { encodeMulaw } from "../audio/mulaw.ts"
import type { CallEvent } from "../call/state.ts"
import { Detector } from "./detector.ts"
import { CallEars } from "./ears.ts"
import type { Asks, Done } from "./wire.ts"

const speech = encodeMulaw(
  Int16Array.from({ length: 8_000 }, (_, i) => Math.round(9_000 * Math.sin(i / 4))),
)
const quiet = new Uint8Array(8_000).fill(0xff)

/** Ears whose detector is told by loudness, because its process is down. */
function ears(transcript: () => Promise<Done>) {
  const told: CallEvent[] = []
  const asked: Asks[] = []
  const cancelled: Asks[] = []
  const down = {
    request: () => ({ done: Promise.reject(new Error("down")), cancel: () => undefined }),
    end: () => undefined,
  }
  const ear = {
    request: (asks: Asks) => {
      asked.push(asks)
      return { done: transcript(), cancel: () => void cancelled.push(asks) }
    },
  }
  const detector = new Detector(down)
  const tell = (event: CallEvent) => told.push(event)
  const made = new CallEars({ stream: "CA1", detector, quick: ear, careful: ear, tell })
  return { made, told, asked, cancelled }
}

async function settled(): Promise<void> {
  for (let i = 0; i < 20; i++) await setImmediate()
}

test("a caller is heard even when the voice detector is down", async () => {
  const { made, told } = ears(async () => ({ id: 1, ok: true, text: "" }))
  for (const piece of [quiet, speech, quiet]) {
    for (let at = 0; at < piece.length; at += 160) {
      made.push(piece.subarray(at, at + 160))
      await setImmediate()
    }
    await settled()
  }
  assert.deepEqual(
    told.map(({ kind }) => kind),
    ["onset", "pause"],
  )
  const onset = told[0]
  assert.ok(onset?.kind === "onset" && Math.abs(onset.atMs - 1_000) <= 64)
})

test("the ears get the utterance at 16 kHz, and their words come back with its take", async () => {
  const { made, told, asked } = ears(async () => ({ id: 1, ok: true, text: "hello" }))
  made.push(speech)
  const what = { take: 3, fromMs: 100, untilMs: 600, hasSpeech: true, language: "en" } as const
  made.transcribe({ ...what, ears: ["quick", "careful"], prompt: "losartan" })
  await settled()
  assert.deepEqual(
    asked.map((it) => (it.op === "transcribe" ? [it.pcm16k.length, it.prompt] : it.op)),
    [
      [8_000, undefined],
      [8_000, "losartan"],
    ],
  )
  const heard = told.filter(({ kind }) => kind === "ear")
  assert.equal(heard.length, 2)
  assert.ok(heard.every((it) => it.kind === "ear" && it.take === 3 && it.text === "hello"))
})

test("a Spanish call's careful ear is told so, and a doubted one whether it was Spanish", () => {
  const { made, asked } = ears(async () => ({ id: 1, ok: true, text: "hola" }))
  const what = { take: 1, fromMs: 0, untilMs: 500, hasSpeech: true } as const
  made.transcribe({ ...what, language: "es", ears: ["careful"] })
  made.transcribe({ ...what, language: "en", ears: ["spanish"] })
  const told = asked.map((it) => (it.op === "transcribe" ? [it.language, it.isDoubtful] : it.op))
  assert.deepEqual(told, [
    ["es", undefined],
    ["es", true],
  ])
})

test("an ear that fails says so instead of making words up", async () => {
  const { made, told } = ears(() => Promise.reject(new Error("down")))
  made.push(speech)
  const what = { take: 1, fromMs: 0, untilMs: 500, hasSpeech: true, language: "en" } as const
  made.transcribe({ ...what, ears: ["quick"] })
  await settled()
  assert.ok(told.some((it) => it.kind === "ear" && it.text === null))
})

test("a take that is forgotten is cancelled at its process", () => {
  const { made, cancelled } = ears(() => new Promise(() => undefined))
  const what = { take: 1, fromMs: 0, untilMs: 500, hasSpeech: true, language: "en" } as const
  made.transcribe({ ...what, ears: ["quick", "careful"] })
  made.forget(1)
  assert.equal(cancelled.length, 2)
})
