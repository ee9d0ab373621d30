/** Changes the rate of a sound, with a low-pass so that nothing folds back. Windowed sinc. */

const CROSSINGS = 16
/** Share of the band that is kept; the rest is the filter's slope. */
const BAND = 0.94

/** The same sound at another rate. */
export function resample(audio: Float32Array, fromHz: number, toHz: number): Float32Array {
  if (fromHz === toHz) return audio
  const cutoff = BAND * Math.min(1, toHz / fromHz)
  const reach = Math.ceil(CROSSINGS / cutoff)
  const output = new Float32Array(Math.floor((audio.length * toHz) / fromHz))
  for (let i = 0; i < output.length; i++) {
    const centre = (i * fromHz) / toHz
    const from = Math.max(0, Math.ceil(centre - reach))
    const to = Math.min(audio.length - 1, Math.floor(centre + reach))
    let sum = 0
    for (let at = from; at <= to; at++) {
      sum += audio[at]! * kernel(at - centre, cutoff, reach)
    }
    output[i] = sum
  }
  return output
}

function kernel(offset: number, cutoff: number, reach: number): number {
  const turn = Math.PI * offset * cutoff
  const sinc = turn === 0 ? 1 : Math.sin(turn) / turn
  const window = 0.5 + 0.5 * Math.cos((Math.PI * offset) / reach)
  return cutoff * sinc * window
}
