/** Several wishes in one sentence: "refill my lisinopril and what are your hours". */
import type { IntentName } from "../contract.ts"
import { plain } from "../words.ts"
import type { Classifier, Guess } from "./classifier.ts"
import type { Label } from "./corpus.ts"

export interface HeardWish {
  readonly intent: IntentName
  readonly confidence: number
}

const MOST_WISHES = 4
const SHORTEST_WISH_WORDS = 2
/** Both halves must stand alone this surely, or the sentence is one wish. */
const SURE_HALF = 0.6

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

/** A half that is so sure is a wish, though the whole sounds like none. */
const SURE_ALONE = 0.9

/** Small talk that stands beside a wish and is none itself. */
const besides: ReadonlySet<Label> = new Set(["none", "yes", "no", "goodbye", "repeat"])

/** What begins a wish, after whatever was told before it. */
const asking = new RegExp(
  "\\b((im|i am|was) (just |actually )?calling (to|about|for|because)|id like|" +
    "i (just |really |only )?(need|want|wanted|would like|have to)|(can|could|would) (you|i|we)|" +
    "llam(o|aba|ando) (para|por)|quiero|queria|quisiera|necesito|ocupo|" +
    "me (puede|pueden|podria))\\b",
  "g",
)
/** So sure of the whole, and what was told before the wish did not hide it. */
const SURE_WHOLE = 0.7

/** The wishes in an utterance, in the order said; empty is "none of these". */
export async function wishesIn(text: string, classifier: Classifier): Promise<HeardWish[]> {
  const whole = await likelier(text, classifier)
  const rest = wishedInstead(text)
  const guesses: Guess[] = []
  for (const part of partsOf(rest ?? text)) guesses.push(...(await listedIn(part, classifier)))
  if (guesses.length < 2 && rest === undefined) return toWishes([whole])
  const sure = guesses.filter((guess) => guess.confidence >= SURE_HALF && !besides.has(guess.label))
  const distinct = new Set(sure.map((guess) => guess.label))
  // "Do you speak Spanish? When do you close?": the first half may hide what the other one wants.
  const hides = whole.label === "none" || (whole.label === "no" && rest !== undefined)
  const isHidden = hides && sure.some(isSureAlone)
  return toWishes(distinct.size >= 2 || isHidden ? sure : [whole])
}

/** "A refill, my copay": a list between commas, when it names more than one wish for sure. */
async function listedIn(part: string, classifier: Classifier): Promise<readonly Guess[]> {
  const guesses: Guess[] = []
  for (const item of itemsOf(part)) guesses.push(await classifier.classify(item))
  const sure = guesses.filter((guess) => isSureAlone(guess) && !besides.has(guess.label))
  const isList = new Set(sure.map(({ label }) => label)).size >= 2
  return isList ? sure : [await classifier.classify(part)]
}

/** What comes after a refusal; undefined when nothing was refused, or all of it. */
function wishedInstead(text: string): string | undefined {
  const said = plain(text)
  const rest = said.replace(refusal, "")
  return rest === said || denial.test(rest) ? undefined : rest
}

function isSureAlone({ confidence }: Guess): boolean {
  return confidence >= SURE_ALONE
}

/** "I look after things at home, so I'm calling to get it refilled": the end may say it best. */
async function likelier(text: string, classifier: Classifier): Promise<Guess> {
  let best = await classifier.classify(text)
  if (best.confidence >= SURE_WHOLE) return best
  for (const end of endsOf(plain(text))) {
    const wish = await classifier.classify(end)
    if (!besides.has(wish.label) && wish.confidence > best.confidence) best = wish
  }
  return best
}

/** From the words that ask on, and the last sentence. */
function endsOf(said: string): readonly string[] {
  const asked = said.slice([...said.matchAll(asking)].at(-1)?.index)
  const last = said.split(/[.?!;]+/).findLast((one) => one.trim() !== "") ?? ""
  return [asked, last].filter((end) => end !== said)
}

function partsOf(text: string): string[] {
  return wishLike(plain(text).split(boundaries)).slice(0, MOST_WISHES)
}

function itemsOf(part: string): string[] {
  return wishLike(part.split(between)).filter((item) => !apposition.test(item))
}

function wishLike(pieces: readonly string[]): string[] {
  return pieces
    .map((piece) => piece.replace(leads, ""))
    .filter((piece) => piece.trim().split(/\s+/).length >= SHORTEST_WISH_WORDS)
}

function toWishes(guesses: readonly Guess[]): HeardWish[] {
  const wishes = new Map<IntentName, number>()
  for (const { label, confidence } of guesses) {
    if (label === "none") continue
    wishes.set(label, Math.max(confidence, wishes.get(label) ?? 0))
  }
  return [...wishes].slice(0, MOST_WISHES).map(([intent, confidence]) => ({ intent, confidence }))
}
