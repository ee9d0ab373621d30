/**
 * A voice behind the caller: a television, somebody on the sofa. It talks nearly all the time, and
 * always softer than whoever holds the telephone.
 */

/** So much softer (10 dB) than the loudest voice, and it is not the one at the telephone. */
const SOFTER = 10 ** (-10 / 10)
/** One's own words are softer than one's loudest, but not so many of them in a row. */
const SOFT_MS_MIN = 1_200
/** The share of the last seconds in which there was speech: a caller also listens. */
const WINDOW_MS = 10_000
const TALKS_FROM = 0.8
const SILENT_BELOW = 0.5
/** How loud the caller is, is known from the loudest half seconds of so many. */
const BIN_MS = 500
const BINS = 60
/** The third loudest: a knock on the telephone is louder than any voice, and short. */
const NTH = 3

export class VoiceBehind {
  /** The loudest speech of each of the last half seconds. */
  readonly #loudest: number[] = [0]
  readonly #wasSpeech: boolean[] = []
  #binMs = 0
  #softMs = 0
  #isThere = false

  /** Takes one frame: how loud it was, as mean power, and whether it was speech. */
  listen(power: number, isSpeech: boolean, frameMs: number): void {
    this.#remember(power, isSpeech, frameMs)
    if (isSpeech) this.#softMs = power < this.#limit() ? this.#softMs + frameMs : 0
    const share = (this.#wasSpeech.filter(Boolean).length * frameMs) / WINDOW_MS
    if (share >= TALKS_FROM && this.#softMs >= SOFT_MS_MIN) this.#isThere = true
    if (share < SILENT_BELOW) this.#isThere = false
  }

  /** Below this power it is not the caller; 0 when nobody talks behind them. */
  get limit(): number {
    return this.#isThere ? this.#limit() : 0
  }

  #limit(): number {
    const nth = this.#loudest.toSorted((one, other) => other - one)[NTH - 1] ?? 0
    return nth * SOFTER
  }

  #remember(power: number, isSpeech: boolean, frameMs: number): void {
    this.#wasSpeech.push(isSpeech)
    if (this.#wasSpeech.length * frameMs > WINDOW_MS) this.#wasSpeech.shift()
    this.#binMs += frameMs
    if (this.#binMs > BIN_MS) {
      this.#binMs = 0
      this.#loudest.push(0)
      if (this.#loudest.length > BINS) this.#loudest.shift()
    }
    const last = this.#loudest.length - 1
    if (isSpeech) this.#loudest[last] = Math.max(this.#loudest[last] ?? 0, power)
  }
}

/** Around what is loud enough so much is kept: words begin and end softly. */
const KEPT_MS = 250
const STEP_MS = 20

/** A copy without what is softer than `limit`, in mean power: an ear writes one voice down. */
export function onlyAbove(limit: number, samples: Int16Array, samplesPerMs: number): Int16Array {
  const own = samples.slice()
  const step = STEP_MS * samplesPerMs
  const reach = Math.ceil(KEPT_MS / STEP_MS)
  const isLoud = Array.from(
    { length: Math.ceil(own.length / step) },
    (_, at) => powerOf(samples.subarray(at * step, (at + 1) * step)) >= limit,
  )
  for (const at of isLoud.keys()) {
    const isNear = isLoud.slice(Math.max(0, at - reach), at + reach + 1).includes(true)
    if (!isNear) own.fill(0, at * step, (at + 1) * step)
  }
  return own
}

function powerOf(samples: Int16Array): number {
  let sum = 0
  for (const sample of samples) sum += (sample / 32_768) ** 2
  return sum / samples.length
}
