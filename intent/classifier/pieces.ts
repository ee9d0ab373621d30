/** The pieces of an utterance that may each be a wish. Which of them are is told in `wishes.ts`. */
import { plain } from "../words.ts"

const SHORTEST_WISH_WORDS = 2

const boundaries = new RegExp(
  "[.?!;]+|,?\\s+(?:and|also|plus|then|oh and|as well as|y|tambien|ademas|aparte|luego)\\s+" +
    "(?:also\\s+|tambien\\s+)?",
  "g",
)

/** What may part a list: a comma, or the words that begin a question in any place. */
const between = new RegExp(
  ",\\s+|\\s+(?=(?:i have (?:a|some) questions?|does my new|what are your|what time|how late|" +
    "when do you|do you (?:deliver|have|do)|check (?:if|on|whether)|find out|" +
    "tengo una (?:pregunta|duda)|preguntar por|a que hora|si (?:esta|aceptan|tienen|hacen))\\b)",
)

/** "The white one, the one Dr. Chen gave me": tells more of what was named, and wishes nothing. */
const apposition = new RegExp(
  "^(?:(?:the|my) ones?|which|who|whose|that|because|cause|since|" +
    "(?:la|el|las|los) (?:que|de|del)|lo que|que|porque)\\b",
)

/** "Oh, and, is it fine to cut it": what leads a half in says nothing of what is wished for. */
const leads = new RegExp(
  "^[\\s,]*(?:(?:oh|ah|um|uh|and|also|plus|then|well|so|ok|okay|" +
    "y|ademas|tambien|pues|este|eh)\\b[\\s,]*)+",
)

/** "Not that, a refill": what is refused first is not what is wished for. */
const refusal = new RegExp(
  "^[\\s,]*(?:(?:no|nope|not that(?: one)?|thats not it|thats wrong|" +
    "(?:eso|esa|ese) no|no es (?:eso|esa|ese))\\b[\\s,.]*)+",
)

/** "No, I don't want a refill" refuses what it names. */
const denial = new RegExp(
  "\\b(no|not|(?:do|does|did|ca|wo|is|was|have|has|would|should)nt|never|without|nothing|" +
    "cancel|stop|nunca|sin|nada|tampoco|cancel[ea]n?)\\b",
)

/** What begins a wish, after whatever was told before it. */
const asking = new RegExp(
  "\\b((im|i am|was) (just |actually )?calling (to|about|for|because)|id like|" +
    "i (just |really |only )?(need|want|wanted|would like|have to)|(can|could|would) (you|i|we)|" +
    "llam(o|aba|ando) (para|por)|quiero|queria|quisiera|necesito|ocupo|" +
    "me (puede|pueden|podria))\\b",
  "g",
)

/** The halves of an utterance: sentences, and what "and" joins. */
export function partsOf(text: string): string[] {
  return wishLike(plain(text).split(boundaries))
}

/** What may be the items of a list within a half. */
export function itemsOf(part: string): string[] {
  return wishLike(part.split(between)).filter((item) => !apposition.test(item))
}

function wishLike(pieces: readonly string[]): string[] {
  return pieces
    .map((piece) => piece.replace(leads, ""))
    .filter((piece) => piece.trim().split(/\s+/).length >= SHORTEST_WISH_WORDS)
}

/** What comes after a refusal; undefined when nothing was refused, or all of it. */
export function wishedInstead(text: string): string | undefined {
  const said = plain(text)
  const rest = said.replace(refusal, "")
  return rest === said || denial.test(rest) ? undefined : rest
}

/** From the words that ask on, and the last sentence. */
export function endsOf(text: string): readonly string[] {
  const said = plain(text)
  const asked = said.slice([...said.matchAll(asking)].at(-1)?.index)
  const last = said.split(/[.?!;]+/).findLast((one) => one.trim() !== "") ?? ""
  return [asked, last].filter((end) => end !== said)
}
