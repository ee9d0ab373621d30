/** Each TwiML verb and what it does. The longer ones have a file of their own. */
import { pause, untilAborted } from "./clock.ts"
import { dial } from "./dial.ts"
import { gather } from "./gather.ts"
import type { Instructions, Scene } from "./interpreter.ts"
import { connectStream } from "./media-stream.ts"
import { encodeMulaw, silence } from "./mulaw.ts"
import { record, startRecording } from "./record.ts"
import { toTelephoneRate } from "./resample.ts"
import { TwimlError } from "./twiml.ts"
import { readWav } from "./wav.ts"
import type { Element } from "./xml.ts"

/** A loop of 0 means for ever; Twilio stops at a thousand. */
const loopsMax = 1_000

/** Carries out one verb. An answer is the document to go on with instead of the next verb. */
export async function perform(verb: Element, scene: Scene): Promise<Instructions | undefined> {
  const { leg } = scene
  leg.timeline.note("verb", `${verb.name} ${verb.text}`.trim())
  if (!["Pause", "Reject", "Redirect", "Dial", "Start"].includes(verb.name)) leg.answer()
  switch (verb.name) {
    case "Say":
    case "Play":
    case "Pause":
      return prompt(verb, scene)
    case "Redirect":
      return scene.fetch(verb.text, verb.attributes.method, {})
    case "Hangup":
      leg.end("completed", "agent")
      return undefined
    case "Reject":
      leg.end(verb.attributes.reason === "busy" ? "busy" : "no-answer", "agent")
      return undefined
    case "Gather":
      return gather(verb, scene)
    case "Record":
      return record(verb, scene)
    case "Start":
      return startRecording(verb, scene)
    case "Dial":
      return dial(verb, scene)
    case "Connect":
      return connectStream(verb, scene)
    default:
      throw new TwimlError("12200", `${verb.name} means nothing in a call`)
  }
}

/** Says, plays or pauses, as a verb of its own or inside a Gather. */
export async function prompt(verb: Element, scene: Scene): Promise<undefined> {
  const { leg, exchange, signal } = scene
  if (verb.name === "Pause") {
    await pause(exchange.clock, Number(verb.attributes.length ?? 1) * 1_000, signal)
    return
  }
  const sound = await untilAborted(soundOf(verb, scene), signal)
  const loops = Number(verb.attributes.loop ?? 1) || loopsMax
  for (let count = 0; count < loops; count++) await leg.play(sound, signal)
}

/** As long as a touch tone and the gap after it. */
const toneMs = 250

async function soundOf(verb: Element, scene: Scene): Promise<Uint8Array> {
  const { exchange } = scene
  if (verb.name === "Say") return exchange.speak(verb.text, verb.attributes.language ?? "en-US")
  const { digits } = verb.attributes
  if (digits !== undefined) return silence(digits.length * toneMs)
  const { body, contentType } = await exchange.request(scene.absolute(verb.text), "GET", {})
  if (/mulaw|audio\/basic/.test(contentType)) return body
  return encodeMulaw(toTelephoneRate(readWav(body)))
}
