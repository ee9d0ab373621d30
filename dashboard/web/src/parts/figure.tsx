/** One number with its name, large enough to be read in passing. */
import type { ReactNode } from "react"

export interface FigureProps {
  readonly name: ReactNode
  readonly value: number | string | undefined
  readonly isMine?: boolean
  readonly isLate?: boolean
}

export function Figure({ name, value, isMine = false, isLate = false }: FigureProps) {
  const tone = isLate ? "figure figure-late" : isMine ? "figure figure-mine" : "figure"
  return (
    <li className={tone}>
      <span className="figure-value numbers">{value ?? "–"}</span>
      <span className="small">{name}</span>
    </li>
  )
}
