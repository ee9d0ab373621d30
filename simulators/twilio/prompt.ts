/** `<Say>`, `<Play>` and `<Pause>`: what a caller hears without being asked for anything. */
import { pause, untilAborted } from "./clock.ts"
import { encodeMulaw, silence } from "./mulaw.ts"
import { toTelephoneRate } from "./resample.ts"
import type { Scene } from "./scene.ts"
import { readWav } from "./wav.ts"
import type { Element } from "./xml.ts"

/** A loop of 0 means for ever; Twilio stops at a thousand. */
const loopsMax = 1_000

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
