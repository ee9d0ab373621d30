/**
 * What a benchmark answers, and how two contestants are measured: turn by turn in one run, so that
 * a slow minute of the machine is everybody's. A number stands beside its reference or not at all.
 */

export interface BenchRow {
  readonly what: string
  readonly ours: number
  readonly reference: number
  /** Ours divided by the reference, whichever of the two is better when it is large. */
  readonly ratio: number
  readonly unit: string
}

export interface BenchResult {
  readonly name: string
  readonly rows: readonly BenchRow[]
}

/** Does the job once and answers how many of its units it did. */
export type Job = () => number | Promise<number>

export interface Contest {
  readonly what: string
  readonly ours: Job
  readonly reference: Job
}

const ROUNDS = 9

/** Medians of what each does in a second. The first round warms up and is not counted. */
export async function compare({ what, ours, reference }: Contest): Promise<BenchRow> {
  const speeds: { ours: number[]; reference: number[] } = { ours: [], reference: [] }
  for (let round = 0; round <= ROUNDS; round++) {
    const mine = await perSecond(ours)
    const theirs = await perSecond(reference)
    if (round === 0) continue
    speeds.ours.push(mine)
    speeds.reference.push(theirs)
  }
  return rowOf({
    what,
    ours: quantile(speeds.ours, 0.5),
    reference: quantile(speeds.reference, 0.5),
    unit: "per second",
  })
}

export function rowOf(measured: Omit<BenchRow, "ratio">): BenchRow {
  return { ...measured, ratio: measured.ours / measured.reference }
}

/** The value that a share of the values does not exceed; not a number when there is none. */
export function quantile(values: readonly number[], share: number): number {
  const sorted = values.toSorted((a, b) => a - b)
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? Number.NaN
}

async function perSecond(job: Job): Promise<number> {
  const startMs = performance.now()
  const count = await job()
  return (count * 1_000) / (performance.now() - startMs)
}
