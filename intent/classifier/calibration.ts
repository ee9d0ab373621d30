/** Makes confidence mean something: of a hundred answers given with 0.9, ninety shall be right. */
import { softmax } from "./regression.ts"

export interface Scored {
  readonly logits: Float64Array
  readonly label: number
}

const temperatures = Array.from({ length: 60 }, (_, index) => 0.2 + index * 0.05)
const BINS = 10

/** The temperature under which the true labels were least surprising. */
export function fitTemperature(scored: readonly Scored[]): number {
  let best = { temperature: 1, loss: Number.POSITIVE_INFINITY }
  for (const temperature of temperatures) {
    const loss = scored.reduce((sum, { logits, label }) => {
      return sum - Math.log(Math.max(1e-9, softmax(logits, temperature)[label] ?? 0))
    }, 0)
    if (loss < best.loss) best = { temperature, loss }
  }
  return best.temperature
}

/** Mean gap between how sure the answers were and how often they were right, over ten bins. */
export function expectedCalibrationError(
  answers: readonly { readonly confidence: number; readonly isRight: boolean }[],
): number {
  const bins = Array.from({ length: BINS }, () => ({ count: 0, confidence: 0, right: 0 }))
  for (const { confidence, isRight } of answers) {
    const bin = bins[Math.min(BINS - 1, Math.floor(confidence * BINS))]
    if (!bin) continue
    bin.count += 1
    bin.confidence += confidence
    bin.right += isRight ? 1 : 0
  }
  const gaps = bins.reduce((sum, bin) => sum + Math.abs(bin.confidence - bin.right), 0)
  return gaps / Math.max(1, answers.length)
}
