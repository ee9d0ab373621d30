/**
 * Rate changes by whole factors, as a windowed-sinc filter that keeps its history, so that a stream
 * cut into pieces sounds the same as one piece. Downwards it always filters first: no aliases.
 */

/** Filter length in samples of the higher rate, for each unit of the factor. */
const TAPS_PER_FACTOR = 32
/** Passband edge as a share of the lower rate's half: the rest is the filter's slope. */
const CUTOFF = 0.92

function lowPass(factor: number): Float32Array {
  const length = TAPS_PER_FACTOR * factor
  const middle = (length - 1) / 2
  const taps = new Float32Array(length)
  let sum = 0
  for (let i = 0; i < length; i++) {
    const x = ((i - middle) * CUTOFF) / factor
    const sinc = x === 0 ? 1 : Math.sin(Math.PI * x) / (Math.PI * x)
    const phase = (2 * Math.PI * i) / (length - 1)
    const blackman = 0.42 - 0.5 * Math.cos(phase) + 0.08 * Math.cos(2 * phase)
    taps[i] = sinc * blackman
    sum += taps[i]!
  }
  return taps.map((tap) => tap / sum)
}

function toInt16(value: number): number {
  return Math.max(-32_768, Math.min(32_767, Math.round(value)))
}

export interface Resampler {
  /** The next piece of the stream at the new rate. */
  push(samples: Int16Array): Int16Array
  /** What the filter still holds, at the end of the stream. */
  flush(): Int16Array
}

/** Raises the rate by a whole factor: 8 to 16 kHz is 2. */
export function upsampler(factor: number): Resampler {
  const taps = lowPass(factor)
  const reach = TAPS_PER_FACTOR
  let past = new Int16Array(reach - 1)

  function push(samples: Int16Array): Int16Array {
    const input = new Int16Array(past.length + samples.length)
    input.set(past)
    input.set(samples, past.length)
    const out = new Int16Array(samples.length * factor)
    for (let i = 0; i < samples.length; i++) {
      for (let phase = 0; phase < factor; phase++) {
        let sum = 0
        for (let k = 0; k < reach; k++) sum += input[i + reach - 1 - k]! * taps[k * factor + phase]!
        out[i * factor + phase] = toInt16(sum * factor)
      }
    }
    past = input.slice(input.length - (reach - 1))
    return out
  }
  return { push, flush: () => push(new Int16Array(reach >> 1)) }
}

/** Lowers the rate by a whole factor: 24 to 8 kHz is 3. */
export function downsampler(factor: number): Resampler {
  const taps = lowPass(factor)
  let held = new Int16Array(taps.length - 1)

  function push(samples: Int16Array): Int16Array {
    const input = new Int16Array(held.length + samples.length)
    input.set(held)
    input.set(samples, held.length)
    const count = Math.max(0, Math.floor((input.length - taps.length) / factor) + 1)
    const out = new Int16Array(count)
    for (let i = 0; i < count; i++) {
      let sum = 0
      for (let k = 0; k < taps.length; k++) sum += input[i * factor + k]! * taps[k]!
      out[i] = toInt16(sum)
    }
    held = input.slice(count * factor)
    return out
  }
  return { push, flush: () => push(new Int16Array(taps.length >> 1)) }
}

/** A whole clip at once, its filter's delay taken off. */
export function upsampleClip(samples: Int16Array, factor: number): Int16Array {
  const line = upsampler(factor)
  const head = line.push(samples)
  const tail = line.flush()
  const delay = Math.floor((TAPS_PER_FACTOR * factor - 1) / 2)
  const whole = new Int16Array(head.length + tail.length)
  whole.set(head)
  whole.set(tail, head.length)
  return whole.slice(delay, delay + samples.length * factor)
}
