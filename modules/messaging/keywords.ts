/**
 * The words by which a recipient of texts says stop, start or help. 47 CFR 64.1200(a)(10), and
 * more.
 */

/** Exactly these as a whole message, and any clear wording of the wish. */
const stopWords = [
  "stop",
  "stopall",
  "unsubscribe",
  "cancel",
  "end",
  "quit",
  "revoke",
  "optout",
  "opt out",
]
const stopWishes = [
  /\b(stop|quit|no more) (texting|messaging|sending|texts?|messages|calling)\b/,
  /\b(do not|don'?t) (text|message|contact) me\b/,
  /\b(take me off|opt me out|unsubscribe me)\b/,
]
const startWords = ["start", "unstop", "yes start", "optin", "opt in"]
const helpWords = ["help", "info"]

const spanishStops = [
  ...["alto", "pare", "parar", "para", "basta", "baja", "cancelar", "cancele", "detener", "salir"],
  ...["detenga", "fin", "no mas", "ya no", "ya no mas", "quitar", "dar de baja", "darme de baja"],
]
const spanishStopWishes = [
  /\bno (me|nos) (envien|envie|manden|mande|escriban|escriba)\b/,
  /\bno (mas|quiero( recibir)?( mas)?) (mensajes|textos)\b/,
  /\b(dejen|deje|paren|pare) de (mandar|enviar|escribir)(me|nos)?\b/,
  /\b(denme|deme|quiero darme|quitenme|quiteme) de (baja|la lista)\b/,
]
const spanishStarts = ["alta", "iniciar", "inicio", "empezar", "reanudar", "activar"]
const spanishHelps = ["ayuda", "informacion"]

export type Keyword = "stop" | "start" | "help"

export interface Said {
  readonly keyword: Keyword
  /** Which one it was said in, and is answered in. */
  readonly language: "en" | "es"
}

/** What a whole message asks for; undefined when it is one to converse about. */
export function keywordIn(body: string): Said | undefined {
  const said = body
    .normalize("NFKD")
    .replaceAll(/\p{M}/gu, "")
    .toLowerCase()
    .replaceAll(/[^\p{L}\p{N}' ]/gu, " ")
    .replaceAll(/\s+/g, " ")
    .trim()
  const has = (words: readonly string[]) => words.includes(said)
  const wishes = (patterns: readonly RegExp[]) => patterns.some((wish) => wish.test(said))
  if (has(stopWords) || wishes(stopWishes)) return { keyword: "stop", language: "en" }
  if (has(spanishStops) || wishes(spanishStopWishes)) return { keyword: "stop", language: "es" }
  if (has(startWords)) return { keyword: "start", language: "en" }
  if (has(spanishStarts)) return { keyword: "start", language: "es" }
  if (has(helpWords)) return { keyword: "help", language: "en" }
  return has(spanishHelps) ? { keyword: "help", language: "es" } : undefined
}
