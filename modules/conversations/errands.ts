/**
 * What callers want and no command carries out: a technician does it, and is told in the caller's
 * own words. That texts stop is done at once.
 */
import { plain } from "./plain.ts"
import { type Heard, handOver, type Talk } from "./talk.ts"

interface Errand {
  readonly asks: RegExp
  carryOut(talk: Talk, words: string): Promise<void>
}

const onFile =
  "(mailing |home |cell |mobile )?(address|phone|phone number|number|cell|e ?mail|last name)"
const enFicha = "(direccion|domicilio|telefono|celular|numero|correo|apellido)"

const contact: Errand = {
  asks: new RegExp(
    `\\b((i|we|ive|weve) (just |have |got |have got )*(a |an )?new ${onFile}|` +
      `(chang|updat|correct|fix)\\w* (my|our) ${onFile}|` +
      `(my|our) ${onFile} (has |is |was |have )?(chang\\w+|new|different|wrong|not right)|` +
      "(i|we|ive|weve) (just |have |recently )*moved|" +
      `(cambi|actualiz|correg|corrij)\\w* (de |mi |nuestr[oa] |el |la |mis )+${enFicha}|` +
      `(tengo|es) (un |una |mi )?nuev[oa] ${enFicha}|mi ${enFicha} (cambio|ya no es|esta mal)|` +
      "(me|nos) (mude|mudamos)|(me|nos) (cambie|cambiamos) de (casa|domicilio))\\b",
  ),
  async carryOut(talk, words) {
    const willHappen = "Their record is changed, once it is sure who they are. Call them back."
    await talk.world.leaveTask(talk.state, { willHappen, words })
    talk.say("asked.technician")
  },
}

const cancelling: Errand = {
  asks: new RegExp(
    "\\b((cancel|undo|call off)( \\w+){0,3} " +
      "(refills?|orders?|requests?|prescriptions?|that|it|them)|" +
      "(dont|do not) (fill|send|order|submit) (it|that|them|those)|" +
      "(cancel|anul)\\w*( \\w+){0,3} (pedidos?|recetas?|resurtidos?|solicitud|orden|refill|eso)|" +
      "(cancel|anul)(el[oa]s?|ar[ls][oa]s?))\\b",
  ),
  async carryOut(talk, words) {
    const willHappen = "What they asked for is called off, if it is not too late. Call them back."
    await talk.world.leaveTask(talk.state, { willHappen, words })
    talk.say("refill.cancel_asked")
  },
}

const texts = "(texts?|text messages?|messages?|texting|messaging)"
const mensajes = "(mensajes?|textos?)"

const noTexts: Errand = {
  asks: new RegExp(
    `\\b((stop|quit|end|cancel|unsubscribe( me)? from|turn off|no more|opt out of|opt me out of|` +
      "(dont|do not) (want|send|like)( \\w+){0,3})( (getting|sending|receiving|the|these|those|" +
      `me|us|your|any|all|more|of)){0,4} ${texts}|` +
      "(dont|do not|stop|quit) (text|texting|message|messaging) (me|us)|" +
      "(take|get) me off( of)? (your|the|this) (text\\w* )?list|" +
      "(no|ya no|dejen de|deje de|paren de)( (me|nos|quiero|mand\\w+|envi\\w+|recibir|mas|los|" +
      `sus)){1,5} ${mensajes})\\b`,
  ),
  async carryOut(talk) {
    const { from } = talk.state
    if (from === undefined) return handOver(talk, "technician")
    await talk.world.stopTexts(from)
    talk.say("texts.stopped")
  },
}

/** "Actually, cancel that": said to a request that was just read back, a no. */
export function asksToCancel(text: string): boolean {
  return cancelling.asks.test(plain(text)) || forgetIt.test(plain(text))
}

const forgetIt = /\b(forget (it|about it|that)|never ?mind|scratch that|olvidelo|dejelo( asi)?)\b/

const errands = { noTexts, contact, cancelling } as const

/** Which one the words ask for. */
export function errandIn(text: string): keyof typeof errands | undefined {
  const words = plain(text)
  const names = ["noTexts", "contact", "cancelling"] as const
  return names.find((name) => errands[name].asks.test(words))
}

/** The words beside the errand, when one was carried out; undefined when there was none. */
export async function heardErrand(talk: Talk, { text }: Heard): Promise<string | undefined> {
  const name = errandIn(text)
  if (!name) return undefined
  await errands[name].carryOut(talk, text)
  return plain(text).replace(errands[name].asks, " ").trim()
}
