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
  /\bno me (envien|manden|escriban)\b/,
]
const startWords = ["start", "unstop", "yes start", "optin", "opt in", "alta"]
const helpWords = ["help", "info", "ayuda"]
const spanishStops = ["alto", "parar", "basta", "baja", "cancelar"]

export type Keyword = "stop" | "start" | "help"

/** What a whole message asks for; undefined when it is one to converse about. */
export function keywordIn(body: string): Keyword | undefined {
  const said = body
    .normalize("NFKC")
    .toLowerCase()
    .replaceAll(/[^\p{L}\p{N}' ]/gu, " ")
    .replaceAll(/\s+/g, " ")
    .trim()
  if ([...stopWords, ...spanishStops].includes(said) || stopWishes.some((wish) => wish.test(said)))
    return "stop"
  if (startWords.includes(said)) return "start"
  return helpWords.includes(said) ? "help" : undefined
}
