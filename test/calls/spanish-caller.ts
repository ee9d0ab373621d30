/**
 * Spanish callers of the spoken calls. The programs that speak for the English ones speak Spanish
 * in a way that the small multilingual ear does not hear, so our own Spanish voice rings us up.
 */
import { createHash } from "node:crypto"
import { mkdir, readFile, writeFile } from "node:fs/promises"
import { join } from "node:path"
import { resample } from "../../models/runtimes/resample.ts"
import { SpeechProcess } from "../../models/speech-client.ts"
import type { SyntheticVoice } from "../../simulators/twilio/synthetic-voice.ts"
import { encodeMulaw } from "../../voice/audio/mulaw.ts"
import { toInt16 } from "../../voice/audio/samples.ts"

/** As scripts name it. */
const SPANISH_CALLER = "ef-dora"
const VOICE = "ef_dora"
const RATE_HZ = 24_000
const LINE_HZ = 8_000

/** The voice, with one more name that it answers to. What was once said is kept in the folder. */
export function withSpanishCaller(
  voice: SyntheticVoice,
  folder: string,
  t: { after(end: () => Promise<void>): void },
): SyntheticVoice {
  let speech: SpeechProcess | undefined
  t.after(async () => speech?.end())
  return async (text, name) => {
    if (name !== SPANISH_CALLER) return voice(text, name)
    const file = join(
      folder,
      `${createHash("sha256").update(`${VOICE}\n${text}`).digest("hex")}.ulaw`,
    )
    const kept = await readFile(file).catch(() => undefined)
    if (kept) return kept
    speech ??= new SpeechProcess("voice")
    const sound = await spoken(text, speech)
    await mkdir(folder, { recursive: true })
    await writeFile(file, sound)
    return sound
  }
}

async function spoken(text: string, speech: SpeechProcess): Promise<Uint8Array> {
  const clauses: Float32Array[] = []
  const question = { op: "speak", text, voice: VOICE, speed: 1 } as const
  await speech.ask(question, (pcm24k) => clauses.push(pcm24k))
  const samples = clauses.flatMap((pcm) => [...resample(pcm, RATE_HZ, LINE_HZ)])
  return encodeMulaw(toInt16(Float32Array.from(samples)))
}
