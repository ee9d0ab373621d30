/** What a telephone picks up beside its speaker: people, a car, a television, a bad line. */
import { Handset } from "../../../simulators/twilio/handset.ts"
import {
  clamp,
  decodeMulaw,
  encodeMulaw,
  frameBytes,
  mix,
  samplesPerSecond,
  scale,
  silentFrame,
} from "../../../simulators/twilio/mulaw.ts"
import type { SyntheticVoice } from "../../../simulators/twilio/synthetic-voice.ts"
import { chosen, drawn } from "../caller/chance.ts"

export const surroundings = ["babble", "car", "television", "faint", "gaps"] as const
type Surroundings = (typeof surroundings)[number]

const LOOP_SECONDS = 12
/** About 15 dB below the speaker for voices, 12 for the road. */
const BABBLE_GAIN = 0.12
const TELEVISION_GAIN = 0.15
const CAR_LEVEL = 1_800
const FAINT_GAIN = 0.2
/** One packet in thirty begins a gap of one to three. */
const GAP_SHARE = 1 / 30
const GAP_FRAMES_MAX = 3

const smallTalk = [
  "and then she told him the whole story about the garden fence and the goat",
  "could somebody please bring two more chairs over to the table by the window",
  "the weather will stay dry until the weekend with a light wind from the west",
  "he has been painting the same wooden boat since the spring before last",
]

/** A telephone in such a place; the same key, the same noise. */
export async function noisyHandset(
  clock: ConstructorParameters<typeof Handset>[0],
  key: string,
  voice: SyntheticVoice,
): Promise<{ readonly handset: Handset; readonly place: Surroundings }> {
  const place = chosen(surroundings, key, "place")
  const behind = await soundBehind(place, voice)
  return { handset: new NoisyHandset(clock, { place, behind, key }), place }
}

interface Place {
  readonly place: Surroundings
  readonly behind: Uint8Array | undefined
  readonly key: string
}

class NoisyHandset extends Handset {
  readonly #place: Place
  #frames = 0
  #gapFrames = 0

  constructor(clock: ConstructorParameters<typeof Handset>[0], place: Place) {
    super(clock)
    this.#place = place
  }

  override nextFrame(): Uint8Array {
    const { place, behind, key } = this.#place
    const frame = super.nextFrame()
    const at = this.#frames++
    if (place === "faint") return scale(frame, FAINT_GAIN)
    if (behind) return mix([frame, frameOf(behind, at)])
    if (this.#gapFrames > 0) this.#gapFrames -= 1
    else if (drawn(key, "gap", at) < GAP_SHARE) {
      this.#gapFrames = 1 + Math.floor(drawn(key, "length", at) * GAP_FRAMES_MAX)
    }
    return this.#gapFrames > 0 ? silentFrame : frame
  }
}

function frameOf(sound: Uint8Array, at: number): Uint8Array {
  const from = (at * frameBytes) % (sound.length - frameBytes)
  return sound.subarray(from, from + frameBytes)
}

async function soundBehind(
  place: Surroundings,
  voice: SyntheticVoice,
): Promise<Uint8Array | undefined> {
  const loop = new Int16Array(LOOP_SECONDS * samplesPerSecond)
  switch (place) {
    case "babble":
      for (const [at, text] of smallTalk.entries()) {
        const speaker = at % 2 === 0 ? "rms" : "awb"
        addLoop(loop, await voice(text, speaker), BABBLE_GAIN, at * samplesPerSecond)
      }
      return encodeMulaw(loop)
    case "television":
      addLoop(loop, await voice(smallTalk.slice(2).join(". "), "kal16"), TELEVISION_GAIN, 0)
      return encodeMulaw(loop)
    case "car":
      return encodeMulaw(rumble(loop))
    case "faint":
    case "gaps":
      return undefined
  }
}

/** Said over and over, beginning somewhere in the loop. */
function addLoop(loop: Int16Array, sound: Uint8Array, gain: number, from: number): void {
  const samples = decodeMulaw(sound)
  for (const at of loop.keys()) {
    const heard = samples[(at + from) % samples.length] ?? 0
    loop[at] = clamp((loop[at] ?? 0) + heard * gain)
  }
}

/** Tyres and motor: noise with little above 300 Hz. */
function rumble(loop: Int16Array): Int16Array {
  let level = 0
  return loop.map((_, at) => {
    level = 0.92 * level + 0.08 * (drawn("car", at) * 2 - 1)
    return clamp(level * CAR_LEVEL * 4)
  })
}
