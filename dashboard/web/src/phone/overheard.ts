/**
 * Listening in on a call: stretch after stretch is asked for and played, both sides in one ear.
 * Each question is an access to a patient's words, and stands in the audit log.
 */
import { command } from "../api.ts"
import { decodeBase64 } from "./mulaw.ts"
import { Sound } from "./sound.ts"

const EVERY_MS = 1_000
/** A stretch comes each second; so much is kept ahead that none is missed. */
const AHEAD_S = 1.2

/** Plays until it is stopped; `ended` tells that there is nothing more to hear, and why. */
export function overhear(call: string, ended: (trouble: unknown) => void): () => void {
  const sound = new Sound(AHEAD_S)
  let fromMs = 0
  let isOn = true
  const stop = (): void => {
    if (!isOn) return
    isOn = false
    void sound.close()
  }
  const next = async (): Promise<void> => {
    try {
      const heard = await command("voice", "listen", { call, fromMs })
      if (!isOn) return
      fromMs = heard.untilMs
      if (heard.audio !== "") sound.playSamples(mixed(heard.audio))
      setTimeout(() => isOn && void next(), EVERY_MS)
    } catch (trouble) {
      if (isOn) ended(trouble)
      stop()
    }
  }
  void next()
  return stop
}

function mixed(base64: string): Float32Array<ArrayBuffer> {
  const both = decodeBase64(base64)
  return Float32Array.from({ length: both.length / 2 }, (_, at) => {
    return Math.max(-1, Math.min(1, (both[2 * at] ?? 0) + (both[2 * at + 1] ?? 0)))
  })
}
