/** Who speaks a task aloud: one of several synthetic voices, at a pace of their own. */
import { decodeMulaw, encodeMulaw } from "../../../simulators/twilio/mulaw.ts"
import type { SyntheticVoice } from "../../../simulators/twilio/synthetic-voice.ts"
import { chosen } from "../caller/chance.ts"
import { spokenDate } from "../caller/spoken.ts"

const voices = ["slt", "rms", "awb", "kal16", "en-us", "en-gb"] as const
/** Played faster, a voice is also higher: another person, as far as an ear can tell. */
const paces = [0.92, 1, 1.08] as const

export interface Speaker {
  readonly name: string
  speak(text: string): Promise<Uint8Array>
}

export function speakerOf(key: string, voice: SyntheticVoice): Speaker {
  const name = chosen(voices, key, "voice")
  const pace = chosen(paces, key, "pace")
  return {
    name: `${name} at ${pace}`,
    speak: async (text) => atPace(await voice(aloud(text), name), pace),
  }
}

/** A written number has no sound of its own: digits one by one, a date as a date, letters apart. */
export function aloud(text: string): string {
  return text
    .replaceAll(/\b(\d{1,2})\/(\d{1,2})\/(\d{4})\b/g, (_, month, date, year) =>
      spokenDate([year, month.padStart(2, "0"), date.padStart(2, "0")].join("-"), "ordinal"),
    )
    .replaceAll(/\b\d{5,}\b/g, (digits) => [...digits].join(" "))
    .replaceAll(/\b(?:[A-Z]-)+[A-Z]\b/g, (letters) => letters.replaceAll("-", ", "))
}

function atPace(sound: Uint8Array, pace: number): Uint8Array {
  if (pace === 1) return sound
  const samples = decodeMulaw(sound)
  const length = Math.floor(samples.length / pace)
  const paced = Int16Array.from({ length }, (_, at) => {
    const place = at * pace
    const before = Math.floor(place)
    const [one = 0, other = one] = [samples[before], samples[before + 1]]
    return one + (other - one) * (place - before)
  })
  return encodeMulaw(paced)
}
