/** Who speaks a task aloud: one of several voices, at a pace of their own. Never the agent's. */
import { decodeMulaw, encodeMulaw } from "../../../simulators/twilio/mulaw.ts"
import type { SyntheticVoice } from "../../../simulators/twilio/synthetic-voice.ts"
import { chosen } from "../caller/chance.ts"
import { spokenDate } from "../caller/spoken.ts"
import { hummed } from "./hum.ts"
import type { NeuralVoice } from "./neural-voices.ts"

/** Whose voices: speakers of a neural voice, or the programs that speak for a Linux system. */
export const castings = ["neural", "programs"] as const
export type Casting = (typeof castings)[number]

const neural = {
  en: ["am_michael", "am_fenrir", "am_puck", "af_bella", "bf_emma", "bm_george"],
  es: ["em_alex", "em_santa"],
} as const
const programs = {
  en: ["slt", "rms", "awb", "kal16", "festival", "en-us", "en-gb"],
  es: ["es-419", "es"],
} as const
const paces = [0.9, 1, 1.1] as const

export interface Speaker {
  readonly name: string
  speak(text: string): Promise<Uint8Array>
}

/** How high people hum; the second letter of a neural speaker's name tells a man from a woman. */
const MAN_HZ = 120
const WOMAN_HZ = 200

/** What callers can speak with. */
export interface Voices {
  readonly casting: Casting
  readonly neural: NeuralVoice
  readonly programs: SyntheticVoice
}

/** The same key, the same speaker. */
export function speakerOf(key: string, language: "en" | "es", voices: Voices): Speaker {
  const pace = chosen(paces, key, "pace")
  if (voices.casting === "neural") {
    const name = chosen(neural[language], key, "voice")
    const pitchHz = name[1] === "m" ? MAN_HZ : WOMAN_HZ
    const speak = async (text: string) =>
      hummed(text, pitchHz) ?? voices.neural(aloud(text, language), name, pace)
    return { name: `${name} at ${pace}`, speak }
  }
  const name = chosen(programs[language], key, "voice")
  const speak = async (text: string) =>
    atPace(await voices.programs(aloud(text, language), name), pace)
  return { name: `${name} at ${pace}`, speak }
}

/** A written number has no sound of its own: digits one by one, a date as a date, letters apart. */
export function aloud(text: string, language: "en" | "es" = "en"): string {
  return text
    .replaceAll(/\b(\d{1,2})\/(\d{1,2})\/(\d{4})\b/g, (_, month, date, year) => {
      const day = [year, month.padStart(2, "0"), date.padStart(2, "0")].join("-")
      return spokenDate(day, language === "es" ? "long" : "ordinal")
    })
    .replaceAll(/\b\d{5,}\b/g, (digits) => [...digits].join(" "))
    .replaceAll(/\b(?:\p{L}-)+\p{L}\b/gu, (letters) => letters.replaceAll("-", ", "))
}

/** Played faster, a voice is also higher: another person, as far as an ear can tell. */
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
