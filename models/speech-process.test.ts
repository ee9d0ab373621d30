/** Real weights, real processes. Timing is not judged here; `mortar models measure` prints it. */
import assert from "node:assert/strict"
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs"
import { tmpdir } from "node:os"
import { dirname, join } from "node:path"
import { after, test } from "node:test"
import { ourManifest } from "./manifest.ts"
import { type Role, VAD_FRAME_SAMPLES } from "./protocol.ts"
import { speakFlite } from "./runtimes/flite.ts"
import { resample } from "./runtimes/resample.ts"
import { SpeechProcess } from "./speech-client.ts"

const started = new Map<Role, SpeechProcess>()

function speechOf(role: Role): SpeechProcess {
  const speech = started.get(role) ?? new SpeechProcess(role)
  started.set(role, speech)
  return speech
}

after(async () => {
  for (const speech of started.values()) await speech.end()
})

/** As it would come over the telephone. */
const overTheLine = (pcm: Float32Array, rateHz: number) =>
  resample(resample(pcm, rateHz, 8_000), 8_000, 16_000)

async function said(text: string): Promise<Float32Array> {
  const { pcm, rateHz } = await speakFlite(text, "rms", 1)
  return overTheLine(pcm, rateHz)
}

async function heard(role: Role, pcm16k: Float32Array, prompt?: string): Promise<string> {
  const words = prompt === undefined ? {} : { prompt }
  const answer = await speechOf(role).ask({ op: "transcribe", pcm16k, ...words })
  assert.ok(answer?.ok === true && typeof answer.text === "string")
  return answer.text.toLowerCase()
}

const digitWords = ["zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine"]

function digitsIn(text: string): string {
  const asDigits = digitWords.reduce((out, word, digit) => out.replaceAll(word, `${digit}`), text)
  return asDigits.replaceAll(/\D/g, "")
}

/** Frame by frame, as the media path would ask. */
async function speechShare(stream: string, pcm8k: Float32Array): Promise<number> {
  let frames = 0
  let speech = 0
  for (let at = 0; at + VAD_FRAME_SAMPLES <= pcm8k.length; at += VAD_FRAME_SAMPLES) {
    const samples = pcm8k.slice(at, at + VAD_FRAME_SAMPLES)
    const answer = await speechOf("vad").ask({ op: "frames", items: [{ stream, samples }] })
    assert.ok(answer?.ok === true && answer.probabilities !== undefined)
    frames++
    if ((answer.probabilities[0] ?? 0) > 0.5) speech++
  }
  return speech / frames
}

test("the quick ear hears the digits of a prescription number over the telephone", async () => {
  const text = await heard("quick", await said("seven zero zero one two three four"))
  assert.equal(digitsIn(text), "7001234")
})

test("the quick ear writes nothing for silence when nobody claims there was speech", async () => {
  const pcm16k = new Float32Array(32_000)
  const answer = await speechOf("quick").ask({ op: "transcribe", pcm16k, hasSpeech: false })
  assert.ok(answer?.ok === true)
  assert.equal(answer.text, "")
})

test("the careful ear, told what to expect, hears the drug", async () => {
  const pcm = await said("I need a refill of my atorvastatin")
  assert.match(
    await heard("careful", pcm, "Atorvastatin, lisinopril, metformin."),
    /\batorvastatin\b/,
  )
})

test("what the voice says the careful ear reads back, clause by clause", async () => {
  const clauses: Float32Array[] = []
  const text = "Your refill has been submitted. It will be ready tomorrow."
  const answer = await speechOf("voice").ask(
    { op: "speak", text, voice: "af_heart", speed: 1 },
    (pcm24k) => clauses.push(pcm24k),
  )
  assert.equal(answer?.ok, true)
  assert.equal(clauses.length, 2)
  const first = overTheLine(clauses[0]!, 24_000)
  assert.equal(await heard("careful", first), "your refill has been submitted.")
})

test("the careful ear hears Spanish as the Spanish voice says it, and finds none in English", async () => {
  let spoken = new Float32Array(0)
  const text = "Necesito una ambulancia por favor."
  await speechOf("voice").ask({ op: "speak", text, voice: "ef_dora", speed: 1 }, (pcm24k) => {
    spoken = new Float32Array(pcm24k)
  })
  const pcm16k = overTheLine(spoken, 24_000)
  const asked = { op: "transcribe", language: "es" } as const
  for (const isDoubtful of [false, true]) {
    const answer = await speechOf("careful").ask({ ...asked, pcm16k, isDoubtful })
    assert.ok(answer?.ok === true)
    assert.match(answer.text ?? "", /ambulancia/i)
  }
  const english = await said("I need a refill of my blood pressure medicine please")
  const doubted = await speechOf("careful").ask({ ...asked, pcm16k: english, isDoubtful: true })
  assert.equal(doubted?.ok === true && doubted.text, "")
})

test("the voice detector tells speech from silence and from noise", async () => {
  const speech = resample(
    await said("I would like to refill my prescription please"),
    16_000,
    8_000,
  )
  let seed = 1
  const noise = Float32Array.from({ length: 16_000 }, () => {
    seed = (seed * 48_271) % 2_147_483_647
    return (seed / 2_147_483_647 - 0.5) * 0.1
  })
  assert.ok((await speechShare("speech", speech)) > 0.6)
  assert.equal(await speechShare("silence", new Float32Array(16_000)), 0)
  assert.ok((await speechShare("noise", noise)) < 0.05)
})

test("frames of many calls in one run give what each would give alone", async () => {
  const speech = resample(await said("yes that is me"), 16_000, 8_000)
  const frames = [0, 1, 2, 3, 4, 5].map((i) =>
    speech.slice(i * VAD_FRAME_SAMPLES + 2_000, (i + 1) * VAD_FRAME_SAMPLES + 2_000),
  )
  const vad = speechOf("vad")
  const alone = await vad.ask({
    op: "frames",
    items: frames.map((samples) => ({ stream: "alone", samples })),
  })
  let together = 0
  for (const samples of frames) {
    const items = ["a", "b", "c"].map((stream) => ({ stream, samples }))
    const answer = await vad.ask({ op: "frames", items })
    assert.ok(answer?.ok === true)
    together = answer.probabilities?.[2] ?? 0
  }
  assert.ok(alone?.ok === true)
  assert.ok(Math.abs((alone.probabilities?.at(-1) ?? 1) - together) < 1e-4)
})

test("a request that is malformed, misdirected or too long is refused with its code", async () => {
  const spare = speechOf("spare_voice")
  const code = async (answer: ReturnType<SpeechProcess["ask"]>) => {
    const final = await answer
    return final?.ok === false ? final.code : "answered"
  }
  const speak = { op: "speak", text: "Hello.", voice: "spare_en", speed: 1 } as const
  assert.equal(await code(spare.ask({ ...speak, speed: 40 })), "bad_request")
  assert.equal(await code(spare.ask({ ...speak, voice: "nobody" })), "bad_request")
  assert.equal(await code(spare.ask({ op: "end", stream: "x" })), "bad_request")
  assert.equal(await code(spare.ask({ ...speak, text: "a".repeat(3_000) })), "too_long")
  assert.equal(await code(spare.ask(speak)), "answered")
})

test("a cancelled request ends as cancelled and the next one is served", async () => {
  const spare = speechOf("spare_voice")
  const speak = {
    op: "speak",
    text: "One moment please. I am looking.",
    voice: "spare_en",
    speed: 1,
  } as const
  const target = spare.nextId
  const long = spare.ask(speak)
  const cancelled = spare.ask({ op: "cancel", target })
  const next = spare.ask({ ...speak, text: "Hello." })
  const outcome = await long
  assert.ok(outcome?.ok === false && outcome.code === "cancelled")
  assert.equal((await cancelled)?.ok, true)
  assert.equal((await next)?.ok, true)
})

test("the spare voice speaks Spanish and English without any weights", async () => {
  const nowhere = { environment: { MORTAR_MODELS: join(tmpdir(), "no-models-here") } }
  const spare = new SpeechProcess("spare_voice", nowhere)
  for (const [voice, text] of [
    ["spare_en", "Please hold."],
    ["spare_es", "Un momento."],
  ] as const) {
    let samples = 0
    const answer = await spare.ask({ op: "speak", text, voice, speed: 1 }, (pcm24k) => {
      samples += pcm24k.length
    })
    assert.equal(answer?.ok, true)
    assert.ok(samples > 6_000)
  }
  await spare.end()
})

test("a process whose model is missing says so and ends", async () => {
  const nowhere = { environment: { MORTAR_MODELS: join(tmpdir(), "no-models-here") } }
  const speech = new SpeechProcess("vad", nowhere)
  assert.deepEqual(await speech.ready(), { ready: false, code: "model_missing" })
  await speech.end()
})

test("the appliance's careful ear asks for the large model", async (t) => {
  const folder = mkdtempSync(join(tmpdir(), "models-"))
  t.after(() => rmSync(folder, { recursive: true }))
  const path = join(folder, ourManifest().files["whisper-large-v3-turbo"]!.path)
  mkdirSync(dirname(path), { recursive: true })
  writeFileSync(path, "not a model")
  const environment = { MORTAR_MODELS: folder, MORTAR_PROFILE: "appliance" }
  const speech = new SpeechProcess("careful", { environment })
  assert.deepEqual(await speech.ready(), { ready: false, code: "model_corrupt" })
  await speech.end()
})

test("a process whose model is not what the manifest promises says so and ends", async (t) => {
  const folder = mkdtempSync(join(tmpdir(), "models-"))
  t.after(() => rmSync(folder, { recursive: true }))
  const path = join(folder, ourManifest().files["silero-vad"]!.path)
  mkdirSync(dirname(path), { recursive: true })
  writeFileSync(path, "not a model")
  const speech = new SpeechProcess("vad", { environment: { MORTAR_MODELS: folder } })
  assert.deepEqual(await speech.ready(), { ready: false, code: "model_corrupt" })
  await speech.end()
})

test("a process that is killed answers what waits with nothing, at once", async () => {
  const speech = new SpeechProcess("spare_voice")
  await speech.ready()
  const waiting = speech.ask({ op: "speak", text: "Hello there.", voice: "spare_en", speed: 1 })
  process.kill(speech.pid!, "SIGKILL")
  assert.equal(await waiting, undefined)
  assert.equal(await speech.ask({ op: "cancel", target: 1 }), undefined)
})
