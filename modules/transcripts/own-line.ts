/** Puts a turn beside the line that it was understood from. Pure. */
import type { TranscriptLine, UnderstoodTurn } from "./contract.ts"

/** A line knows its turn, so that it does not matter which of the two was written first. */
export function withOwnLine(
  turn: UnderstoodTurn,
  lines: readonly TranscriptLine[],
): UnderstoodTurn {
  const line = lines.findLastIndex((one) => one.who === "caller" && one.turn === turn.turn)
  return line < 0 ? turn : { ...turn, line }
}
