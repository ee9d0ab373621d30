/** How long commands took, over the last requests of each. */
import type { Timing } from "./ports.ts"

const KEPT_MAX = 1_024

export class Timings {
  readonly #samples = new Map<string, { count: number; lastMs: number[] }>()

  add(command: string, tookMs: number): void {
    const samples = this.#samples.get(command) ?? { count: 0, lastMs: [] }
    samples.lastMs[samples.count % KEPT_MAX] = tookMs
    samples.count++
    this.#samples.set(command, samples)
  }

  /** Timings of one module's commands, by command. */
  of(module: string): Readonly<Record<string, Timing>> {
    const prefix = `${module}.`
    const own = [...this.#samples].filter(([command]) => command.startsWith(prefix))
    return Object.fromEntries(
      own.map(([command, { count, lastMs }]) => {
        const sorted = lastMs.toSorted((a, b) => a - b)
        const at = (share: number) => sorted[Math.floor((sorted.length - 1) * share)] ?? 0
        return [command.slice(prefix.length), { count, p50Ms: at(0.5), p95Ms: at(0.95) }]
      }),
    )
  }
}
