/**
 * How long a caller waits: from their last word to the agent's first, from interrupting to silence,
 * from the stream's start to the first byte. The real appliance on real sockets and real models,
 * with simulated callers; beside each figure the models or the wire alone, in the same run.
 */
import assert from "node:assert/strict"
import { once } from "node:events"
import { mkdirSync } from "node:fs"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { setTimeout as pause } from "node:timers/promises"
import { type Static, Type as t } from "typebox"
import { WebSocket, WebSocketServer } from "ws"
import { parseJson } from "#core/json.ts"
import { cacheFolder, sentencesFolder } from "../models/cache.ts"
import { speechProgram } from "../models/programs.ts"
import { VAD_FRAME_SAMPLES } from "../models/protocol.ts"
import { SpeechProcess } from "../models/speech-client.ts"
import { DEFAULT_VOICE } from "../models/voices.ts"
import { Caller } from "../simulators/twilio/caller.ts"
import type { Call } from "../simulators/twilio/cloud.ts"
import { decodeMulaw } from "../simulators/twilio/mulaw.ts"
import { createVoice } from "../simulators/twilio/synthetic-voice.ts"
import { openTelephone, type Telephone } from "../test/telephone.ts"
import { type BenchResult, type BenchRow, quantile, rowOf } from "./contest.ts"

const QUESTIONS = [
  "what time do you close today",
  "are you open on Saturday",
  "where are you located",
  "what are your hours on Monday",
  "are you open on Thanksgiving",
  "could you tell me your address please",
]
const INTERRUPTIONS = [
  "excuse me where are you located",
  "sorry what time do you close on Saturday",
]
/** What a typical answer begins with; the voice says it clause by clause. */
const ANSWER = "We're open now, until 6 PM. Is there anything else I can help you with?"
const CALLS_ALONE = 3
const TOGETHER = 4
const GREETINGS = 20
const RENDERED_MS_MAX = 15 * 60_000
const KEPT = join(tmpdir(), "mortar-bench-voice")
const HERTZ = 8_000
/** What the gate wants to hear before it calls it speech. */
const FRAMES_OF_SPEECH = 3
const FRAME_MS = (VAD_FRAME_SAMPLES * 1_000) / HERTZ

type Times = Readonly<Record<"voiceMs" | "earsMs" | "firstClauseMs" | "onsetMs", number[]>>

const voice = createVoice(join(KEPT, "callers"))
const speak = (text: string) => voice(text, "slt")

/** Calls one at a time and four at once, beside the models alone. */
export async function bench(): Promise<BenchResult> {
  mkdirSync(KEPT, { recursive: true })
  await using undo = new AsyncDisposableStack()
  const models = await modelsAlone()
  const wireMs = await wireAlone()
  const here = await openTelephone(
    { after: (run) => undo.defer(async () => void (await run())) },
    {
      settings: {
        intent: { modelsFolder: cacheFolder() },
        voice: { speech: { entry: speechProgram, sentencesFolder: sentencesFolder() } },
      },
    },
  )
  await untilRendered(here)
  const { logged } = here.house
  const beforeAlone = logged.length
  const alone: Call[] = []
  for (let n = 0; n < CALLS_ALONE; n++) alone.push(await talk(here, QUESTIONS))
  const turnsAlone = turnsSince(here, beforeAlone)
  const interrupted = [await interruptAll(here), await interruptAll(here)]
  const beforeTogether = logged.length
  const together = await Promise.all(
    Array.from({ length: TOGETHER }, (_, n) =>
      talk(here, [...QUESTIONS.slice(n), ...QUESTIONS.slice(0, n)]),
    ),
  )
  const turnsTogether = turnsSince(here, beforeTogether)
  const greeted = await greetings(here)
  return {
    name: "voice to voice on the real appliance, beside the models alone",
    rows: [
      ...voiceRows("1 call", alone, models, turnsAlone),
      ...voiceRows(`${TOGETHER} calls`, together, models, turnsTogether),
      ...rowsOf("speech onset to clear", clearsOf(interrupted), models.onsetMs),
      ...rowsOf("stream start to first byte", greeted, wireMs),
    ],
  }
}

const Turned = t.Object({
  endpointMs: t.Number(),
  transcribeMs: t.Number(),
  understandMs: t.Number(),
  firstAudioMs: t.Number(),
})
type Turned = Static<typeof Turned>

/** The parts of every turn answered since the log had so many lines, as the telephone told them. */
function turnsSince({ house }: Telephone, line: number): readonly Turned[] {
  return house.logged
    .slice(line)
    .filter((text) => text.includes('"a turn was answered"'))
    .map((text) => parseJson(text, Turned))
}

/** Rendering ahead gives way to callers; what is measured is a house that has done it. */
async function untilRendered({ house }: Telephone): Promise<void> {
  const isDone = () => house.logged.some((line) => /"language":"es".*known sentences/.test(line))
  for (let waitedMs = 0; !isDone() && waitedMs < RENDERED_MS_MAX; waitedMs += 500) await pause(500)
  assert(isDone(), "the known sentences were not rendered in time")
}

async function talk(here: Telephone, words: readonly string[]): Promise<Call> {
  const { call, caller } = begin(here)
  for (const text of words) await caller.say(text)
  await caller.myTurn()
  caller.hangUp()
  await call.ended
  return call
}

/** Every second answer is interrupted. */
async function interruptAll(here: Telephone): Promise<Call> {
  const { call, caller } = begin(here)
  for (const [at, text] of QUESTIONS.entries()) {
    await caller.say(text)
    await caller.interrupt(INTERRUPTIONS[at % INTERRUPTIONS.length] ?? "")
  }
  caller.hangUp()
  await call.ended
  return call
}

function begin(here: Telephone): { call: Call; caller: Caller } {
  const call = here.ring("+15125550191")
  return { call, caller: new Caller({ handset: call.handset, clock: here.cloud.clock, speak }) }
}

/** Only from interruptions: whoever waits for their turn clears nothing. */
function clearsOf(calls: readonly Call[]): readonly number[] {
  return calls.flatMap(({ leg }) => leg.timeline.gapsMs("callerSpeechOnset", "clearReceived"))
}

async function greetings(here: Telephone): Promise<readonly number[]> {
  const gaps: number[] = []
  for (let n = 0; n < GREETINGS; n++) {
    const { call, caller } = begin(here)
    await call.leg.timeline.first("audioReceived")
    gaps.push(...call.leg.timeline.gapsMs("streamStarted", "audioReceived").slice(0, 1))
    caller.hangUp()
    await call.ended
  }
  return gaps
}

function voiceRows(
  who: string,
  calls: readonly Call[],
  models: Times,
  turns: readonly Turned[],
): readonly BenchRow[] {
  const gaps = calls.flatMap(({ leg }) =>
    leg.timeline.gapsMs("callerSpeechEnd", "agentSpeechOnset"),
  )
  const part = (what: string, times: readonly number[], reference: number) =>
    rowOf({ what: `${who}: ${what}, p50`, ours: quantile(times, 0.5), reference, unit: "ms" })
  const ears = quantile(models.earsMs, 0.5)
  const clause = quantile(models.firstClauseMs, 0.5)
  const voiceMs = turns.map(
    (it) => it.firstAudioMs - it.endpointMs - it.transcribeMs - it.understandMs,
  )
  return [
    ...rowsOf(`${who}: voice to voice`, gaps, models.voiceMs),
    part(
      "end of turn known",
      turns.map((it) => it.endpointMs),
      Number.NaN,
    ),
    part(
      "transcribed after that (both ears alone)",
      turns.map((it) => it.transcribeMs),
      ears,
    ),
    part(
      "understood and answered",
      turns.map((it) => it.understandMs),
      Number.NaN,
    ),
    part("first sound after that (voice alone)", voiceMs, clause),
  ]
}

function rowsOf(
  what: string,
  ours: readonly number[],
  reference: readonly number[],
): readonly BenchRow[] {
  return [0.5, 0.95].map((share) =>
    rowOf({
      what: `${what}, p${share * 100} of ${ours.length}`,
      ours: quantile(ours, share),
      reference: quantile(reference, share),
      unit: "ms",
    }),
  )
}

/** Both ears one after the other and the first clause of an answer; and the detector's onset. */
async function modelsAlone(): Promise<Times> {
  await using undo = new AsyncDisposableStack()
  const open = async (role: "quick" | "careful" | "voice" | "vad") => {
    const process = new SpeechProcess(role)
    undo.defer(() => process.end())
    const hello = await process.ready()
    assert(hello?.ready, "a model did not load: mortar models pull")
    return process
  }
  const ears = [await open("quick"), await open("careful")]
  const speaker = await open("voice")
  const detector = await open("vad")
  const times: Times = { voiceMs: [], earsMs: [], firstClauseMs: [], onsetMs: [] }
  for (const text of [...QUESTIONS, ...QUESTIONS, ...QUESTIONS]) {
    const sound = await speak(text)
    const pcm16k = doubled(sound)
    const earsMs = await timeMs(async () => {
      for (const ear of ears) await ear.ask({ op: "transcribe", pcm16k })
    })
    const clauseMs = await firstClause(speaker)
    times.earsMs.push(earsMs)
    times.firstClauseMs.push(clauseMs)
    times.voiceMs.push(earsMs + clauseMs)
    times.onsetMs.push(await onset(detector, sound))
  }
  return times
}

async function firstClause(speaker: SpeechProcess): Promise<number> {
  const startedAtMs = performance.now()
  const times: number[] = []
  await speaker.ask({ op: "speak", text: ANSWER, voice: DEFAULT_VOICE, speed: 1 }, () =>
    times.push(performance.now() - startedAtMs),
  )
  return times[0] ?? Number.NaN
}

/** How far into the sound the detector alone is sure, and how long the last frame took it. */
async function onset(detector: SpeechProcess, sound: Uint8Array): Promise<number> {
  const samples = Float32Array.from(decodeMulaw(sound), (sample) => sample / 32_768)
  let run = 0
  for (let at = 0; at + VAD_FRAME_SAMPLES <= samples.length; at += VAD_FRAME_SAMPLES) {
    const startedAtMs = performance.now()
    const items = [{ stream: "alone", samples: samples.slice(at, at + VAD_FRAME_SAMPLES) }]
    const answer = await detector.ask({ op: "frames", items })
    const spentMs = performance.now() - startedAtMs
    const probability = answer?.ok ? (answer.probabilities?.[0] ?? 0) : 0
    run = probability >= 0.5 ? run + 1 : 0
    if (run < FRAMES_OF_SPEECH) continue
    await detector.ask({ op: "end", stream: "alone" })
    return (at * 1_000) / HERTZ + FRAME_MS + spentMs
  }
  return Number.NaN
}

/** 8 kHz to 16 kHz, good enough to take the ears as long as the real thing does. */
function doubled(sound: Uint8Array): Float32Array {
  const samples = decodeMulaw(sound)
  return Float32Array.from({ length: samples.length * 2 }, (_, at) => {
    const [before = 0, after = before] = [samples[at >> 1], samples[(at + 1) >> 1]]
    return (before + after) / 65_536
  })
}

/** A bare ws server that answers the first message with a packet. */
async function wireAlone(): Promise<readonly number[]> {
  const server = new WebSocketServer({ port: 0, host: "127.0.0.1", perMessageDeflate: false })
  await once(server, "listening")
  const packet = JSON.stringify({ event: "media", media: { payload: "A".repeat(216) } })
  server.on("connection", (socket) => socket.on("message", () => socket.send(packet)))
  const address = server.address()
  assert(typeof address === "object" && address !== null)
  const times: number[] = []
  for (let n = 0; n < GREETINGS; n++) {
    const socket = new WebSocket(`ws://127.0.0.1:${address.port}`, { perMessageDeflate: false })
    await once(socket, "open")
    times.push(
      await timeMs(async () => {
        socket.send(JSON.stringify({ event: "start" }))
        await once(socket, "message")
      }),
    )
    socket.terminate()
  }
  server.close()
  return times
}

async function timeMs(run: () => Promise<unknown>): Promise<number> {
  const startedAtMs = performance.now()
  await run()
  return performance.now() - startedAtMs
}
