/**
 * A voice for people who do not exist: flite, festival, espeak-ng or macOS's own, brought down to
 * telephone sound. What was once said is kept, in memory and, when a folder is given, on disk.
 */
import { execFile } from "node:child_process"
import { createHash, randomUUID } from "node:crypto"
import { mkdir, readFile, rename, rm, writeFile } from "node:fs/promises"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { promisify } from "node:util"
import { clamp, encodeMulaw, frameBytes } from "./mulaw.ts"
import { toTelephoneRate } from "./resample.ts"
import { readWav } from "./wav.ts"

/** Says a text in a named voice, as µ-law without silence at either end. */
export type SyntheticVoice = (text: string, voice: string) => Promise<Uint8Array>

interface Program {
  readonly name: string
  readonly argumentsFor: (text: string, voice: string, file: string) => readonly string[]
}

const flite: Program = {
  name: "flite",
  argumentsFor: (text, voice, file) => ["-voice", voice, "-t", ` ${text}`, "-o", file],
}

const festival: Program = {
  name: "festival",
  argumentsFor: (text, _, file) => [
    "--batch",
    `(utt.save.wave (utt.synth (Utterance Text ${JSON.stringify(text)})) ${JSON.stringify(file)})`,
  ],
}

const espeak: Program = {
  name: "espeak-ng",
  argumentsFor: (text, voice, file) => ["-v", voice, "-s", "150", "-w", file, ` ${text}`],
}

const macSay: Program = {
  name: "say",
  argumentsFor: (text, voice, file) => [
    ...(voice.startsWith("es") ? ["-v", "Paulina"] : []),
    ...["-o", file, "--file-format=WAVE", "--data-format=LEI16@16000", ` ${text}`],
  ],
}

const longestRunMs = 20_000
/** Programs running at once; a laptop has other things to do during a call. */
const programsMax = 2
const utterancesKeptMax = 500

/** Who can speak in this voice, the best first, with what each calls the voice. */
function programsFor(voice: string): readonly (readonly [Program, string])[] {
  if (voice === "festival") return [[festival, ""]]
  if (/^(es|en)\b/.test(voice))
    return [
      [espeak, voice],
      [macSay, voice],
    ]
  return [
    [flite, voice],
    [espeak, "en-us"],
    [macSay, voice],
  ]
}

/** A voice with its own memory. */
export function createVoice(cacheFolder?: string): SyntheticVoice {
  const kept = new Map<string, Promise<Uint8Array>>()
  let running = 0
  const queue: (() => void)[] = []
  async function inTurn(work: () => Promise<Uint8Array>): Promise<Uint8Array> {
    if (running >= programsMax) await new Promise<void>((resolve) => queue.push(resolve))
    running++
    try {
      return await work()
    } finally {
      running--
      queue.shift()?.()
    }
  }
  return (text, voice) => {
    const key = createHash("sha256").update(`${voice}\n${text}`).digest("hex")
    const known = kept.get(key)
    if (known !== undefined) return known
    const sound = fromFolder(cacheFolder, key, () => inTurn(() => synthesise(text, voice)))
    kept.set(key, sound)
    sound.catch(() => kept.delete(key))
    if (kept.size > utterancesKeptMax) kept.delete(kept.keys().next().value ?? "")
    return sound
  }
}

async function fromFolder(
  folder: string | undefined,
  key: string,
  make: () => Promise<Uint8Array>,
): Promise<Uint8Array> {
  if (folder === undefined) return make()
  const file = join(folder, `${key}.ulaw`)
  try {
    return await readFile(file)
  } catch {
    const sound = await make()
    await mkdir(folder, { recursive: true })
    const draft = `${file}.${randomUUID()}`
    await writeFile(draft, sound)
    await rename(draft, file)
    return sound
  }
}

async function synthesise(text: string, voice: string): Promise<Uint8Array> {
  const file = join(tmpdir(), `simulated-caller-${randomUUID()}.wav`)
  try {
    await runFirstFound(text, voice, file)
    return finish(toTelephoneRate(readWav(await readFile(file))))
  } finally {
    await rm(file, { force: true })
  }
}

async function runFirstFound(text: string, voice: string, file: string): Promise<void> {
  const names: string[] = []
  for (const [{ name, argumentsFor }, itsVoice] of programsFor(voice)) {
    try {
      const options = { timeout: longestRunMs }
      await promisify(execFile)(name, argumentsFor(text, itsVoice, file), options)
      return
    } catch (trouble) {
      if (!isMissing(trouble)) throw new Error(`${name} could not speak`, { cause: trouble })
      names.push(name)
    }
  }
  throw new Error(`nothing here can speak: install one of ${names.join(", ")}`)
}

function isMissing(trouble: unknown): boolean {
  return trouble instanceof Error && "code" in trouble && trouble.code === "ENOENT"
}

/** Peaks at about 60 % of full scale, as telephone speech does. */
const peak = 20_000
/** Quieter than this at either end is not speech. */
const edgeLevel = 250

function finish(samples: Int16Array): Uint8Array {
  const loudest = samples.reduce((most, sample) => Math.max(most, Math.abs(sample)), 1)
  const leveled = samples.map((sample) => clamp((sample * peak) / loudest))
  const first = leveled.findIndex((sample) => Math.abs(sample) > edgeLevel)
  const last = leveled.findLastIndex((sample) => Math.abs(sample) > edgeLevel)
  return encodeMulaw(leveled.subarray(Math.max(0, first), last + frameBytes / 2))
}
