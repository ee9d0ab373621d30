/** What people say beside an answer: wait, why, are you there. None of it is a failed answer. */
import type { Slots } from "../../intent/contract.ts"
import { plain } from "./plain.ts"
import { CLEAR, type Heard, handOver, type Talk } from "./talk.ts"

const lead =
  "((hi|hello|hey|hola|ok|okay|yes|yeah|yep|um|uh|oh|sure|well|all right|alright|sorry|please|" +
  "can you|could you|" +
  "would you|just|si|bueno|pues|ay|este|por favor) )*"
const english =
  "(wait|hold on|hold|hang on|bear with me|((give me|just|for) )*(a|an|one|1|half a) (quick )?" +
  "(sec|second|moment|minute)|put me on hold)"
const spanish =
  "((esper[ea](me|se)?|aguant[ea](me|se)?)( un (momento|momentito|segundo|minuto))?|" +
  "(deme|dame|permitame|por)? ?un (momento|momentito|segundo|segundito|minuto|minutito)|" +
  "permitame|momentito)"
const thing =
  "(it|that|them|this|(my|the|that) (pill |medicine |insurance )?(bottles?|labels?|numbers?|" +
  "cards?|glasses|wallet|purse|phone|pen|pencil|papers?|lists?|box|bag)|(if|what|where) i .*)"
const cosa =
  "((el|la|los|las|mi|mis) (frascos?|botellas?|etiquetas?|numeros?|tarjetas?|lentes|bolsa|" +
  "cartera|papel(es)?|lista|telefono|caja)|donde .*)"
const looking =
  "((let me|ill|i need to|i have to|i gotta|im|(while|until|till) i|so i can|to) (go |just )?" +
  "(get|getting|grab|grabbing|find|finding|look|looking|check|checking|see)( for| at| up)?" +
  `( ${thing})?( here| first| real quick| please)*|` +
  "(deje|dejeme|permitame|voy a|ahorita|estoy) ((la|lo|le) )?" +
  `(busc|encontr|traer|traig|sac|ver|veo|agarr)\\w*( ${cosa})?)`
const meanwhile = "( (so|que|mientras|en lo que))?"
const filler = "( (please|there|here|on|for me|a (sec|second|minute|moment)|por favor|tantito))*"
const waits = new RegExp(
  `^${lead}((${english}|${spanish})${filler}(${meanwhile} ${looking})?|${looking})$`,
)
/** "Let me check on my refill" is a wish, and looks for nothing. */
const wished = /\b(refill\w*|prescription|order|status|ready|receta|resurt\w*|surt\w*|pedido)\b/

const here = new RegExp(
  "^((hello|hi|hey|hola|bueno|alo|yes|ok|um) ?)*(hello|hola|bueno|alo|are you (still )?there|" +
    "(is )?(anybody|anyone|somebody|someone) there|(can|do) you hear me|esta ahi|" +
    "(me )?(oye|escucha)|hay alguien)( hello| hola| bueno)*$",
)
const menu = new RegExp(
  "\\b(what (all )?(can|do) you (do|help)|what are my options|how (does|do) (this|it) work|" +
    "que (puede|sabe) hacer|en que (me )?puede ayudar|cuales son (mis|las) opciones)\\b",
)
const question = new RegExp(
  `^${lead}((i|ive) (have|got|have got) (a|one|some|a few|another) (quick |small )?questions?|` +
    "(a|one) (quick )?question|tengo (una|otra|unas) preguntas?|una pregunta)" +
    "( for you| para usted)?" +
    "( (about|on|sobre|de) (my|a|mi|mis|una) (medications?|medicines?|meds|prescriptions?|pills?|" +
    "medicinas?|recetas?|pastillas?))?( please| por favor)?$",
)
const why = new RegExp(
  "\\b(why (do|are|would|should) (you|i)|what (do you need|is|are) (that|it|this|those) for|" +
    "whats (that|it|this) for|what for|para que|por que (me|lo|la|necesita|pregunta|quiere))\\b",
)
const refuses = new RegExp(
  "\\b(id rather not|rather not say|(dont|do not) (want|feel comfortable|like) (to )?" +
    "(say|saying|give|giving|tell|telling|share|sharing)|not (going to|gonna) (say|give|tell)|" +
    "none of your business|prefiero no|no (le |se )?(lo |la )?(quiero|voy a) (decir|dar)\\w*)\\b",
)

export type Aside =
  | "waits"
  | "looks_for_us"
  | "asks_what_we_do"
  | "asks_why"
  | "has_question"
  | "refuses"

/** What the words are beside any answer; undefined when they may be one, or a wish. */
export function asideIn(text: string): Aside | undefined {
  const words = plain(text)
    .replace(/[^a-z0-9]+/g, " ")
    .trim()
  if (waits.test(words) && !wished.test(words)) return "waits"
  if (here.test(words)) return "looks_for_us"
  if (refuses.test(words)) return "refuses"
  if (why.test(words)) return "asks_why"
  if (question.test(words)) return "has_question"
  return menu.test(words) ? "asks_what_we_do" : undefined
}

/** True when the words were no answer and no wish, and have been answered themselves. */
export async function heardAside(talk: Talk, heard: Heard): Promise<boolean> {
  const { slots, text } = heard
  const { current, mode } = talk.state
  const isProving = mode === "identity"
  switch (asideIn(text)) {
    case "waits":
      return giveTime(talk)
    case "looks_for_us":
      // "Bueno" is how Mexico answers the telephone, and a yes.
      return slots.yesNo === undefined && answeredWith(talk, "presence.here")
    case "asks_what_we_do":
      if (isProving || current?.step !== undefined) return false
      talk.ask("request", "menu.keys")
      return true
    case "has_question":
      if (isProving || current?.step !== undefined) return false
      talk.ask("request", "ask.question")
      return true
    case "asks_why":
      return isProving && !isTold(slots) && answeredWith(talk, "verify.why")
    case "refuses":
      if (!isProving) return false
      talk.say("asked.refused")
      await handOver(talk, "technician")
      return true
    case undefined:
      if (isProving && isLooking(heard)) return giveTime(talk)
      return isProving && toldForWhom(talk, slots)
  }
}

/** "It's for my son" names nobody; the record that may be opened depends on who calls. */
function toldForWhom(talk: Talk, { datesOfBirth, forSomeoneElse, name }: Slots): boolean {
  const { current } = talk.state
  if (!forSomeoneElse || datesOfBirth || name?.spelled) return false
  if (current) current.slots = { ...current.slots, forSomeoneElse: true }
  return answeredWith(talk, "verify.yourself")
}

function giveTime(talk: Talk): true {
  talk.say("wait.take_time")
  talk.wait()
  return true
}

const mentions = new RegExp(
  "\\b(hold on|hang on|let me (go )?(get|find|grab|look|check|see)|(one|just a) " +
    "(sec|second|moment|minute)|un (momento|momentito|segundo)|esper(e|eme|ese)|dejeme)\\b",
)

/** "Let me get my dottle" is still no name, as long as nothing else was told or wished for. */
function isLooking({ slots, text, wishes: [first] }: Heard): boolean {
  const isWish = first !== undefined && first.confidence >= CLEAR
  return !isTold(slots) && !isWish && mentions.test(plain(text))
}

/** Something that proves who one is stands in the words, whatever else does. */
function isTold({ datesOfBirth, digits, name, rxNumbers, zip }: Slots): boolean {
  return Boolean(datesOfBirth || digits || rxNumbers || zip || name?.spelled)
}

function answeredWith(talk: Talk, reply: string): true {
  talk.say(reply)
  talk.askAgain()
  return true
}
