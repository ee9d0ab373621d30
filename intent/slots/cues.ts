/** Small turns of speech that change what the rest means: taking something back, speaking for
 * somebody else, how the caller sounds, and not wanting to be recorded. */
import { wordsOf } from "../words.ts"

const correction =
  /^(no|nope|nah|wait)( no)*( wait| not that| thats not| thats wrong| i said| i meant| i mean| the other| actually)|\b(i mean|i meant|i didnt mean|not that one|scratch that|correction|let me correct|i misspoke|wrong (one|number|name|date)|thats (wrong|not right|incorrect)|no wait|wait no|sorry no|digo|quise decir|no esa no|me equivoque)\b/

const relative =
  "(mother|mom|mum|mama|father|dad|papa|son|daughter|wife|husband|brother|sister|grandmother|grandma|grandfather|grandpa|aunt|uncle|child|kid|baby|girlfriend|boyfriend|partner|spouse|fiance|roommate|neighbor|friend|client|patient|niece|nephew|grandson|granddaughter|mother in law|father in law|kids|parents)"

const forOther = new RegExp(
  `\\b(for|on behalf of|picking up for|about|of) (my|his|her|our|a) ${relative}s?\\b|\\bmy ${relative}s? (prescription|prescriptions|refill|refills|medication|medications|medicine|meds|pills|name|date of birth|birthday|needs|is out|wants|asked|inhaler|insulin)\\b|\\bits (not )?(for|about) (him|her|them|somebody else|someone else)\\b|\\b(caregiver|im calling for (him|her|someone|somebody)|power of attorney|on behalf of)\\b|\\b(para|de) mi (madre|mama|padre|papa|hij[oa]|espos[oa]|marido|mujer|herman[oa]|abuel[oa]|ti[oa])\\b`,
)

const angry =
  /\b(ridiculous|unacceptable|pissed|furious|fed up|sick of (this|you|it)|sick and tired|this is (crazy|insane|bull\w*|nonsense|outrageous|a joke)|worst pharmacy|terrible service|damn|damned|goddamn|hell is wrong|what the (hell|heck|fuck)|fuck\w*|shit\w*|bullshit|idiots?|incompetent|stupid|useless|how many times do i|third time ive called|been on hold for|screw (you|this)|estoy hart[oa]|inaceptable|ridiculo)\b/

const distressed =
  /\b(im (so )?(scared|desperate|panicking|crying|freaking out|worried sick|terrified|so worried)|i dont know what to do|please help me|im begging|im really scared|tengo (mucho )?miedo|ayudeme por favor|desesperad[oa])\b/

const child =
  /\b(my (mommy|daddy|mama) (said|told|is|cant|isnt|asleep|sleeping|wont)|is my (mommy|daddy)|im (five|six|seven|eight|nine|ten|5|6|7|8|9|10)( years old)?$|im (five|six|seven|eight|nine|ten|5|6|7|8|9|10) years old|im in (first|second|third|fourth) grade|im a (little )?kid|mommy|daddy)\b/

const objection =
  /\b(dont|do not|not|stop|quit|cant|no) (want (you )?(to )?(me )?(be(ing)? )?)?(record(ed|ing)?|be recorded|consent to (being )?record\w*|agree to (being )?record\w*|give (you )?permission to record|like being recorded)\b|\b(dont|do not|not|no) (want|like|consent|agree|okay|ok|allow|wish)\b.{0,30}\brecord(ed|ing|s)?\b|\b(turn|shut|switch) (off )?(the |that |this )?record(ing|er)( off)?\b|\bi object\b.{0,20}\brecord|\b(no (me )?grabe|no quiero (que|ser) .{0,12}grab)/

/** True when the caller takes back what was said before. */
export function correctsItself(text: string): boolean {
  return correction.test(wordsOf(text).join(" "))
}

/** True when the caller speaks for somebody else. */
export function speaksForAnother(text: string): boolean {
  return forOther.test(wordsOf(text).join(" "))
}

/** How the caller sounds, from the words alone. */
export function toneOf(text: string): "angry" | "distressed" | "child" | undefined {
  const said = wordsOf(text).join(" ")
  if (child.test(said)) return "child"
  if (distressed.test(said)) return "distressed"
  return angry.test(said) ? "angry" : undefined
}

/** True when the caller does not want to be recorded. */
export function objectsToRecording(text: string): boolean {
  return objection.test(wordsOf(text).join(" "))
}
