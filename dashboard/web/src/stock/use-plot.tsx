/** What went on each of the last days, small enough for a row; in words for who can't see it. */
import type { Point } from "../../../../modules/reordering/contract.ts"
import { say } from "../say.ts"
import { amountText } from "./amounts.ts"

const HEIGHT = 16

export function UsePlot({ point }: { point: Point | undefined }) {
  if (!point || point.daily.length === 0) return <span className="dim">–</span>
  const amounts = point.daily.map(Number)
  const most = Math.max(1, ...amounts)
  const label = say("{n} a day on average; {most} on the day with the most", {
    n: amountText(point.mean),
    most: amountText(String(most)),
  })
  // The days are drawn in one path: each a bar from the ground up.
  const bars = amounts.map((amount, at) => {
    const height = (HEIGHT * amount) / most
    return `M${at} ${HEIGHT}v${-height}h0.7v${height}z`
  })
  return (
    <svg
      className="stock-plot"
      role="img"
      aria-label={label}
      viewBox={`0 0 ${amounts.length} ${HEIGHT}`}
      preserveAspectRatio="none"
    >
      <path d={bars.join("")} />
    </svg>
  )
}
