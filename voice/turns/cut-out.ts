/** Leaves out of a sound what is softer than the caller, so that an ear writes one voice down. */

/** Around what is loud enough so much is kept: words begin and end softly. */
const KEPT_MS = 250
const STEP_MS = 20

/** A copy without what is softer than `limit`, in mean power. */
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
