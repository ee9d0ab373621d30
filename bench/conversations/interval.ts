/** How sure a share is that was counted in a few trials: Wilson's interval, 95 %. */

const Z = 1.96

export interface Share {
  readonly share: number
  readonly low: number
  readonly high: number
}

/** Nothing was tried: nothing is known, between none and all. */
export function shareOf(hits: number, trials: number): Share {
  if (trials === 0) return { share: 0, low: 0, high: 1 }
  const share = hits / trials
  const weight = 1 + Z ** 2 / trials
  const centre = (share + Z ** 2 / (2 * trials)) / weight
  const spread = (Z / weight) * Math.sqrt((share * (1 - share)) / trials + (Z / (2 * trials)) ** 2)
  return { share, low: Math.max(0, centre - spread), high: Math.min(1, centre + spread) }
}
