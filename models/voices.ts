/** The voices that can be asked for by name, and the engine behind each. One voice a call. */
import type { Language } from "./protocol.ts"

export interface Voice {
  readonly language: Language
  /** The manifest's id of the style file. A voice without one is spoken by the spare engine. */
  readonly file?: string
}

export const voices: Readonly<Record<string, Voice>> = {
  af_heart: { language: "en", file: "kokoro-voice-af-heart" },
  am_michael: { language: "en", file: "kokoro-voice-am-michael" },
  ef_dora: { language: "es", file: "kokoro-voice-ef-dora" },
  spare_en: { language: "en" },
  spare_es: { language: "es" },
}

export const DEFAULT_VOICE = "af_heart"
