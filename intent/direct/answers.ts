/** Answers that need no understanding: yes, no, a person, again, goodbye. Read before any model,
 * and only when the whole utterance says no more than that. */
import { wordsOf } from "../words.ts"

const courtesy = new Set(
  (
    "um uh er hmm oh ah well so please thanks thank you maam sir dear honey sweetie it is that thats " +
    "its i do the just okay ok alright right ma am hey hi hello a very much por favor gracias mm"
  ).split(" "),
)

const yesPhrases = new Set(
  (
    "yes|yeah|yep|yup|ya|yea|yess|yeh|sure|correct|right|affirmative|absolutely|definitely|of course|" +
    "uh huh|mm hmm|mhm|mmhmm|you got it|sounds good|thats right|that is right|thats correct|that is correct|" +
    "that is it|thats it|i do|i am|i would|i did|it is|go ahead|please do|ok|okay|alright|all right|fine|" +
    "sounds right|exactly|perfect|good|great|for sure|why not|do it|lets do it|do that|" +
    "yes i do|yes i am|yes i would|yes it is|yes thats right|yes that is right|yes thats correct|yes please do|" +
    "yeah go ahead|yes go ahead|sure go ahead|yeah thats fine|thats fine|that works|works for me|" +
    "yes indeed|indeed|true|bingo|you bet|roger|totally|i think so|i believe so|si|claro|claro que si|" +
    "correcto|asi es|exacto|de acuerdo|bueno|esta bien|por supuesto|si claro|eso es|si señor"
  ).split("|"),
)

const noPhrases = new Set(
  (
    "no|nope|nah|naw|no way|negative|not really|not at all|no thank you|no thanks|i dont|i do not|im not|" +
    "i am not|no im not|no i dont|no its not|no it isnt|its not|it isnt|thats not right|that is not right|" +
    "thats wrong|that is wrong|thats not it|incorrect|wrong|dont|please dont|do not|never|not now|not today|" +
    "not yet|no not yet|no thats not right|no thats wrong|no thats not it|no that is not it|no that isnt right|" +
    "no thats incorrect|no sir|no maam|definitely not|absolutely not|of course not|i dont think so|" +
    "no i dont think so|i wouldnt|no i didnt|i didnt|uh uh|nuh uh|mm mm|no no|no no no|neither|none|" +
    "no gracias|para nada|claro que no|no es|no es correcto|incorrecto|negativo|no señor|nada|im good|" +
    "no im good|no im okay|im fine|no im fine|im all set|all set|no im all set|thats all|that is all|" +
    "no thats all|no that is all|that will be all|no that will be all|nothing else|no nothing else|thats it thanks"
  ).split("|"),
)

/** Bare words that also end a conversation: a "no" only to "anything else?". */
const softYes = new Set([
  "ok",
  "okay",
  "fine",
  "good",
  "great",
  "alright",
  "all right",
  "perfect",
  "right",
  "it is",
  "bueno",
])

/** Yes or no, when that is all that was said or, when it was asked, how the utterance begins. */
export function yesNoIn(text: string, isAsked: boolean): "yes" | "no" | undefined {
  const words = wordsOf(text).map((word) => (word === "sí" ? "si" : word))
  const said = words.join(" ")
  const bare = words.filter((word) => !courtesy.has(word)).join(" ")
  if (noPhrases.has(said) || (bare !== "" && noPhrases.has(bare))) return "no"
  if (yesPhrases.has(said) || (bare !== "" && yesPhrases.has(bare))) {
    return !isAsked && (softYes.has(said) || softYes.has(bare)) ? undefined : "yes"
  }
  return isAsked ? leadingAnswer(words) : undefined
}

const hesitation = new Set("um uh er well oh so hmm ah i think".split(" "))

/** "No I need the other one" answers no; "yes but make it two" answers yes; both is neither. */
function leadingAnswer(words: readonly string[]): "yes" | "no" | undefined {
  const first = words.find((word) => !hesitation.has(word)) ?? ""
  if (/^(no|nope|nah|naw|wrong|incorrect|not|dont)$/.test(first)) {
    return words.some((word) => /^(yes|yeah|yep)$/.test(word)) ? undefined : "no"
  }
  if (/^(yes|yeah|yep|yup|sure|correct|si|absolutely|definitely|yess|claro|uhhuh)$/.test(first)) {
    const isTakenBack = words.some((word) => /^(no|nope|wrong|incorrect)$/.test(word))
    return isTakenBack ? undefined : "yes"
  }
  const said = words.join(" ")
  if (/\b(thats|that is|sounds|looks) (right|correct|good|fine|perfect)\b/.test(said)) return "yes"
  return /\b(thats|that is|its) (not|wrong|incorrect)\b/.test(said) ? "no" : undefined
}

const person =
  "(pharmacist|pharmacists|farmacist|pharmasist|representative|rep|human|human being|real person|live person|actual person|person|operator|agent|live agent|somebody|someone|anybody|technician|tech|manager|staff|real human|actual human|customer service|attendant|receptionist|people|live representative|persona|farmaceutico|farmaceutica|operador|operadora|representante|agente|alguien|humano)"

const askForPerson = new RegExp(
  `\\b(speak|talk|get|give|transfer|connect|put|pass|reach|want|need|like|have|hablar|comuniqueme|paseme|quiero|patch|forward|chat) (me |us |you |just |please |on |through |over |back |to |with |at |can |the |a |an |one |of |your |with |and |con |un |una |el |la |hold |in |touch |some |any |real |live |actual |directly |straight |right |)*${person}\\b`,
)
const bringPerson = new RegExp(
  `\\b(is|are) (there )?(a |an |the |any |your )?${person} (there|available|in|around|free|on duty)\\b`,
)
const barePerson = new RegExp(
  `^(a |an |the |your |real |live |to |uh |um |no |just |get |hello |hi |yeah |yes |ok |okay |please |i said |una |un |el |la |con )*${person}( please| now| right now| thanks| thank you| por favor| ya| there)*$`,
)
const notForPerson =
  /\b(pharmacist|technician|tech|person|someone|somebody|manager|rep|representative|lady|guy) (said|told|called|texted|was|who|gave|that|wanted|left|at my|wrote|did|has|had|made|mentioned|from my|yelled|hung)\b|\b(someone|somebody|anyone|anybody|person) (to (deliver|pick|drop|call)|else|picks?|can pick|picked|deliver|stole)\b/

/** True when the caller asks for a human being; always honoured. */
export function asksForPerson(text: string): boolean {
  const said = wordsOf(text).join(" ")
  if (barePerson.test(said)) return true
  if (notForPerson.test(said)) return false
  return askForPerson.test(said) || bringPerson.test(said)
}

const again =
  /^(um |uh |sorry |im sorry |excuse me |oh |wait |hold on |hey |please |can you |could you |would you |will you |i )*(repeat|repeat that|repeat it|repeat please|say that again|say it again|say again|come again|what was that|what did you say|what|huh|pardon|pardon me|again|one more time|didnt (hear|catch|get) (that|you|it)|i missed that|missed that|i couldnt hear you|couldnt hear (you|that)|can you say that again|repita|repitalo|otra vez|como|mande|no le entendi|no entendi|que dijo|puede repetir)( again| please| that| slower| slowly| sorry| one more time| por favor| for me)*$/

/** True when the caller only wants to hear it again. */
export function asksToRepeat(text: string): boolean {
  return again.test(wordsOf(text).join(" "))
}

const farewell =
  /^(ok |okay |alright |all right |well |no |thats all |thats it |thats everything |thank you |thanks |great |perfect |so much |very much |good |im done |have a |nice day |good day |good one |that will be all |you too |then |and |for your help |appreciate it |i |gracias |no gracias |eso es todo |muchas )*(bye|bye bye|goodbye|good bye|goodnight|good night|see you|see ya|take care|talk to you later|have a (good|nice|great) (day|one|night|evening|weekend)|hang up|im hanging up|adios|hasta luego|chao)( now| then| bye| thanks| thank you| everyone)*$/

/** True when the caller only says goodbye. */
export function saysGoodbye(text: string): boolean {
  return farewell.test(wordsOf(text).join(" "))
}
