/**
 * Text into telephone audio. Sentences that hold no value are rendered once and kept on disk; the
 * rest is spoken clause by clause. When the voice is down a plainer one speaks: never silence.
 */
import { createHash } from "node:crypto"
import { mkdir, readFile, rename, writeFile } from "node:fs/promises"
import { join } from "node:path"
import { type Clock, sleep } from "#core/clock.ts"
import type { Log } from "#core/log.ts"
import type { Language, Sentence } from "../../intent/contract.ts"
import { encodeMulaw } from "../audio/mulaw.ts"
import { downsampler } from "../audio/resample.ts"
import { toInt16 } from "../audio/samples.ts"
import type { Request } from "./process.ts"
import { Rendering } from "./rendering.ts"
import type { Asks, Clause } from "./wire.ts"

/** One sentence may take so long; the first clause is much sooner. */
const SPEAK_DEADLINE_MS = 20_000
/** A caller waits for the first clause so long; then the plainer and quicker voice speaks. */
const FIRST_CLAUSE_MS_MAX = 2_500
const BUSY_MS = 500
/** Sentences with a value, such as today's hours, that are likely to be said again: some 5 MiB. */
const LATELY_MAX = 200
/** Given up until the next start; the sentence is then rendered when it is needed. */
const AHEAD_TRIES_MAX = 20

export interface VoiceProcess {
  whenReady(): Promise<void>
  request(asks: Asks, deadlineMs: number, onClause?: (clause: Clause) => void): Request
}

export interface VoiceboxParts {
  readonly voice: VoiceProcess
  readonly spare: VoiceProcess
  /** One voice for each language, for a whole call. */
  readonly names: Readonly<Record<Language, string>>
  readonly speed: number
  /** Where rendered sentences are kept. They hold no value, so they are kept in the clear. */
  readonly folder: string
  readonly clock: Clock
  readonly log: Log
  /** Somebody is on the line: the processor is theirs, and rendering ahead waits. */
  readonly isBusy: () => boolean
}

export class Voicebox {
  readonly #parts: VoiceboxParts
  readonly #kept = new Map<string, Uint8Array>()
  readonly #lately = new Map<string, Uint8Array>()
  #ahead: Request | undefined

  constructor(parts: VoiceboxParts) {
    this.#parts = parts
  }

  /** The sentence's audio: at once when it is kept, else growing clause by clause. */
  render(sentence: Sentence, callLanguage: Language): Rendering {
    const language = sentence.language ?? callLanguage
    const name = this.#nameOf(sentence.spoken, language)
    const kept = this.#kept.get(name) ?? this.#lately.get(name)
    if (kept) return new Rendering(kept)
    this.#ahead?.cancel()
    const rendering = new Rendering()
    void this.#speak(sentence.spoken, language, rendering).then((isGood) => {
      if (!isGood) return
      if (sentence.fixed) void this.#keep(sentence.spoken, language, rendering.bytes)
      else this.#remember(this.#nameOf(sentence.spoken, language), rendering.bytes)
    })
    return rendering
  }

  /**
   * Loads what is on disk, then renders what is missing, one by one, in the order given. Only for
   * sentences that are about no person: they are kept in the clear.
   */
  async prepare(sentences: readonly Sentence[], language: Language): Promise<void> {
    await mkdir(this.#parts.folder, { recursive: true })
    // "Para español, oprima dos" is said by the Spanish voice.
    const tongueOf = (sentence: Sentence) => sentence.language ?? language
    const missing: Sentence[] = []
    for (const sentence of sentences) {
      if (!(await this.#load(sentence.spoken, tongueOf(sentence)))) missing.push(sentence)
    }
    if (missing.length > 0) await this.#parts.voice.whenReady()
    for (const one of missing) await this.#renderAhead(one.spoken, tongueOf(one))
    const isKept = (one: Sentence) => this.#kept.has(this.#nameOf(one.spoken, tongueOf(one)))
    const kept = sentences.filter(isKept).length
    this.#parts.log.info("known sentences are rendered", { language, kept, of: sentences.length })
  }

  /** Renders what nobody waits for, and gives way to whoever does. */
  async #renderAhead(spoken: string, language: Language): Promise<void> {
    const { clock, voice, names, isBusy } = this.#parts
    for (let tries = 0; tries < AHEAD_TRIES_MAX; tries++) {
      while (isBusy()) await sleep(clock, BUSY_MS)
      const rendering = new Rendering()
      const request = this.#request(voice, { text: spoken, name: names[language] }, rendering)
      this.#ahead = request
      if (await isDone(request)) return this.#keep(spoken, language, rendering.bytes)
      await sleep(clock, BUSY_MS)
    }
  }

  /** True when the good voice spoke all of it. */
  async #speak(text: string, language: Language, into: Rendering): Promise<boolean> {
    const { clock, voice, spare, names } = this.#parts
    const good = this.#request(voice, { text, name: names[language] }, into)
    const impatience = clock.after(FIRST_CLAUSE_MS_MAX, () => {
      if (into.length === 0) good.cancel()
    })
    const isGood = await isDone(good)
    impatience.cancel()
    if (!isGood && into.length === 0) {
      await isDone(this.#request(spare, { text, name: `spare_${language}` }, into))
    }
    into.finish()
    return isGood
  }

  /** Asks a voice; what it says is appended as it comes. */
  #request(
    process: VoiceProcess,
    words: { readonly text: string; readonly name: string },
    into: Rendering,
  ): Request {
    const down = downsampler(3)
    const add = (samples: Int16Array) => into.append(encodeMulaw(samples))
    const { text, name } = words
    const asks = { op: "speak", text, voice: name, speed: this.#parts.speed } as const
    const { done, cancel } = process.request(asks, SPEAK_DEADLINE_MS, ({ pcm24k }) =>
      add(down.push(toInt16(pcm24k))),
    )
    const flushed = done.then((result) => {
      add(down.flush())
      return result
    })
    return { done: flushed, cancel }
  }

  /** What holds a value may be about a person: it is said again from memory, never from a disk. */
  #remember(name: string, bytes: Uint8Array): void {
    this.#lately.set(name, bytes)
    const [oldest] = this.#lately.keys()
    if (this.#lately.size > LATELY_MAX && oldest !== undefined) this.#lately.delete(oldest)
  }

  async #load(spoken: string, language: Language): Promise<boolean> {
    const name = this.#nameOf(spoken, language)
    try {
      this.#kept.set(name, await readFile(join(this.#parts.folder, name)))
      return true
    } catch {
      return false
    }
  }

  async #keep(spoken: string, language: Language, bytes: Uint8Array): Promise<void> {
    const name = this.#nameOf(spoken, language)
    this.#kept.set(name, bytes)
    const path = join(this.#parts.folder, name)
    try {
      // Renamed when whole: a half-written sentence would be loaded at the next start.
      await writeFile(`${path}.part`, bytes)
      await rename(`${path}.part`, path)
    } catch {
      this.#parts.log.warn("a rendered sentence could not be kept on disk")
    }
  }

  #nameOf(spoken: string, language: Language): string {
    const { names, speed } = this.#parts
    const what = [spoken, names[language], String(speed)].join("\n")
    return `${createHash("sha256").update(what).digest("hex")}.ulaw`
  }
}

async function isDone(request: Request): Promise<boolean> {
  return request.done.then(
    () => true,
    () => false,
  )
}
