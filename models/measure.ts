/** `mortar models measure`: each engine alone, in one run, on this machine. */
import { availableParallelism, cpus, loadavg } from "node:os"
import { type Role, VAD_FRAME_SAMPLES, type VadItem } from "./protocol.ts"
import { speakFlite } from "./runtimes/flite.ts"
import { resample } from "./runtimes/resample.ts"
import { SpeechProcess } from "./speech-client.ts"
import { DEFAULT_VOICE } from "./voices.ts"

const ROUNDS = 7
const SENTENCE = "Thank you, Maria. Your refill has been submitted, and it will be ready at four."
const UTTERANCES = [
  "seven zero zero one two three four",
  "I need a refill of my lisinopril",
  "my date of birth is March third nineteen sixty two",
]

function percentile(values: readonly number[], share: number): number {
  const sorted = values.toSorted((a, b) => a - b)
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? 0
}

function print(what: string, timesMs: readonly number[]): void {
  const [half, most] = [0.5, 0.95].map((share) => percentile(timesMs, share).toFixed(1))
  console.log(`${what.padEnd(44)} p50 ${half!.padStart(8)} ms   p95 ${most!.padStart(8)} ms`)
}

async function withProcess(
  role: Role,
  measureRole: (speech: SpeechProcess) => Promise<void>,
): Promise<void> {
  const speech = new SpeechProcess(role)
  try {
    const hello = await speech.ready()
    if (hello?.ready !== true)
      throw new Error(`The ${role} process did not load: mortar models pull.`)
    console.log(`\n${role}: loaded in ${hello.loadMs} ms, ${hello.residentMiB} MiB`)
    await measureRole(speech)
  } finally {
    await speech.end()
  }
}

async function timeMs(run: () => Promise<unknown>): Promise<number> {
  const startedAtMs = performance.now()
  await run()
  return performance.now() - startedAtMs
}

async function measureVad(speech: SpeechProcess): Promise<void> {
  for (const streams of [1, 8, 32]) {
    const items: VadItem[] = Array.from({ length: streams }, (_, i) => ({
      stream: `${i}`,
      samples: new Float32Array(VAD_FRAME_SAMPLES),
    }))
    const times: number[] = []
    for (let i = 0; i < 200; i++) {
      times.push(await timeMs(() => speech.ask({ op: "frames", items })))
    }
    print(`one frame of ${streams} calls, through the channel`, times)
  }
}

async function measureEar(speech: SpeechProcess, prompt?: string): Promise<void> {
  for (const text of UTTERANCES) {
    const { pcm, rateHz } = await speakFlite(text, "rms", 1)
    const pcm16k = resample(resample(pcm, rateHz, 8_000), 8_000, 16_000)
    const question = {
      op: "transcribe" as const,
      pcm16k,
      ...(prompt === undefined ? {} : { prompt }),
    }
    const times: number[] = []
    for (let i = 0; i < ROUNDS; i++) times.push(await timeMs(() => speech.ask(question)))
    print(
      `${(pcm16k.length / 16_000).toFixed(1)} s of speech${prompt ? ", with prompt" : ""}`,
      times,
    )
  }
}

async function measureVoice(speech: SpeechProcess, voice: string): Promise<void> {
  const first: number[] = []
  const whole: number[] = []
  let samples = 0
  for (let i = 0; i < ROUNDS; i++) {
    const startedAtMs = performance.now()
    const heard: number[] = []
    samples = 0
    await speech.ask({ op: "speak", text: SENTENCE, voice, speed: 1 }, (pcm24k) => {
      heard.push(performance.now() - startedAtMs)
      samples += pcm24k.length
    })
    first.push(heard[0] ?? 0)
    whole.push(performance.now() - startedAtMs)
  }
  print(`${voice}: first clause`, first)
  print(`${voice}: all ${(samples / 24_000).toFixed(1)} s of speech`, whole)
}

/** Prints the table; answers the exit code. */
export async function measure(): Promise<number> {
  const load = loadavg()[0]!.toFixed(1)
  console.log(`${availableParallelism()} × ${cpus()[0]?.model ?? "unknown"}, load ${load}`)
  await withProcess("vad", measureVad)
  await withProcess("quick", (speech) => measureEar(speech))
  await withProcess("careful", async (speech) => {
    await measureEar(speech)
    await measureEar(speech, "Lisinopril, atorvastatin, metformin.")
  })
  await withProcess("voice", async (speech) => {
    await measureVoice(speech, DEFAULT_VOICE)
    await measureVoice(speech, "spare_en")
  })
  return 0
}
