/**
 * A voice behind the caller: a television, somebody on the sofa. It talks nearly all the time, and
 * always softer than whoever holds the telephone, or on and on while they press keys.
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
/** Who talked so long before a key and so long after it did not press it. */
const AROUND_KEY_MS = 1_500
/** The caller, once they speak, is louder than that voice's loudest, by so much at least (6 dB). */
const LOUDER = 10 ** (6 / 10)

export class VoiceBehind {
  /** The loudest speech of each of the last half seconds. */
  readonly #loudest: number[] = [0]
  readonly #wasSpeech: boolean[] = []
  #binMs = 0
  #softMs = 0
  #isThere = false
  #sinceKeyMs = Number.POSITIVE_INFINITY
  /** How loud the voice is that talked on around a key; 0 when none did. */
  #loudestAroundKey = 0

  /** Takes one frame: how loud it was, as mean power, and whether it was speech. */
  listen(power: number, isSpeech: boolean, frameMs: number): void {
    this.#remember(power, isSpeech, frameMs)
    if (isSpeech) this.#softMs = power < this.#limit() ? this.#softMs + frameMs : 0
    const share = this.#shareOfLast(WINDOW_MS, frameMs)
    if (share >= TALKS_FROM && this.#softMs >= SOFT_MS_MIN) this.#isThere = true
    this.#judgeKey(share, frameMs)
    if (share < SILENT_BELOW) {
      this.#isThere = false
      this.#loudestAroundKey = 0
    }
  }

  keyPressed(): void {
    this.#sinceKeyMs = 0
  }

  /** After a key it is waited for whether the voice goes on as if nothing had happened. */
  #judgeKey(share: number, frameMs: number): void {
    const before = this.#sinceKeyMs
    this.#sinceKeyMs += frameMs
    if (before >= AROUND_KEY_MS || this.#sinceKeyMs < AROUND_KEY_MS) return
    if (share < TALKS_FROM || this.#shareOfLast(2 * AROUND_KEY_MS, frameMs) < TALKS_FROM) return
    this.#isThere = true
    this.#loudestAroundKey = Math.max(...this.#loudest.slice(-AROUND_KEY_MS / BIN_MS))
  }

  /** The share of speech in the last so many milliseconds, those before the call being quiet. */
  #shareOfLast(ms: number, frameMs: number): number {
    const spoken = this.#wasSpeech.slice(-Math.ceil(ms / frameMs)).filter(Boolean)
    return (spoken.length * frameMs) / ms
  }

  /** Below this power it is not the caller; 0 when nobody talks behind them. */
  get limit(): number {
    return this.#isThere ? Math.max(this.#limit(), this.#loudestAroundKey * LOUDER) : 0
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
