/** The voices that can be asked for by name, and the engine behind each. One voice a call. */
import type { Language } from "./protocol.ts"

export interface Voice {
  readonly language: Language
  /** The manifest's id of the style file. A voice without one is spoken by the spare engine. */
  readonly file?: string
  /** Somebody who calls, for a benchmark: there when the profile `callers` was fetched. */
  readonly isCaller?: true
}

export const voices: Readonly<Record<string, Voice>> = {
  af_heart: { language: "en", file: "kokoro-voice-af-heart" },
  am_michael: { language: "en", file: "kokoro-voice-am-michael" },
  ef_dora: { language: "es", file: "kokoro-voice-ef-dora" },
  am_fenrir: { language: "en", file: "kokoro-voice-am-fenrir", isCaller: true },
  am_puck: { language: "en", file: "kokoro-voice-am-puck", isCaller: true },
  af_bella: { language: "en", file: "kokoro-voice-af-bella", isCaller: true },
  bf_emma: { language: "en", file: "kokoro-voice-bf-emma", isCaller: true },
  bm_george: { language: "en", file: "kokoro-voice-bm-george", isCaller: true },
  em_alex: { language: "es", file: "kokoro-voice-em-alex", isCaller: true },
  em_santa: { language: "es", file: "kokoro-voice-em-santa", isCaller: true },
  spare_en: { language: "en" },
  spare_es: { language: "es" },
}

export const DEFAULT_VOICE = "af_heart"
