/** What the line itself says, when nobody else can: while the caller waits, and when all failed. */
import type { Language, Sentence } from "../../intent/contract.ts"

/** An answer that takes longer is bridged with a few words. */
export const FILLER_AFTER_MS = 700
/** And sooner when the caller has been waiting since they spoke. */
export const QUIET_MS_MAX = 1_800
/** Quiet between two of them. */
export const FILLER_GAP_MS = 1_800
/** After so long without an answer the caller gets a person. */
export const WATCHDOG_MS = 10_000

/** The name these words go by among the replies. */
export const FILLER_REPLY = "voice.wait"

const OWN_LINES = {
  en: {
    wait: ["Let me check that.", "Still checking, one moment.", "Thanks for waiting."],
    person: "I'm sorry, I'm having trouble right now. I'll connect you with someone.",
    goodbye: "I'm sorry, I'm having trouble right now. Please call again in a few minutes.",
    takenOver: "One moment please. Somebody from the pharmacy would like to speak with you.",
  },
  es: {
    wait: ["Déjeme revisar.", "Sigo revisando, un momento.", "Gracias por esperar."],
    person: "Lo siento, tengo un problema en este momento. Le comunico con alguien.",
    goodbye: "Lo siento, tengo un problema en este momento. Llame de nuevo en unos minutos.",
    takenOver: "Un momento, por favor. Alguien de la farmacia quiere hablar con usted.",
  },
} as const

function fixed(reply: string, text: string): Sentence {
  return { reply, text, spoken: text, fixed: true, protected: false }
}

/** The words for the first, second, … wait of one answer. */
export function fillerLine(language: Language, count: number): Sentence {
  const lines = OWN_LINES[language].wait
  return fixed(FILLER_REPLY, lines[count % lines.length] ?? lines[0])
}

/** Said before a person is called because the machine has failed. */
export function personLine(language: Language): Sentence {
  return fixed("voice.person", OWN_LINES[language].person)
}

/** Said when not even a person can be called. */
export function goodbyeLine(language: Language): Sentence {
  return fixed("voice.goodbye", OWN_LINES[language].goodbye)
}

/** Said before a person who asked for the caller gets the call. */
export function takenOverLine(language: Language): Sentence {
  return fixed("voice.taken_over", OWN_LINES[language].takenOver)
}

/** All of them, to be rendered before they are needed. */
export function ownLines(language: Language): readonly Sentence[] {
  const waits = OWN_LINES[language].wait.map((text) => fixed(FILLER_REPLY, text))
  return [...waits, personLine(language), goodbyeLine(language), takenOverLine(language)]
}
