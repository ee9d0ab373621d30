/** How a caller seems: a flag for staff. It changes no sentence and no tier. */
import { type Static, Type as t } from "typebox"

export const Mood = t.Union([t.Literal("angry"), t.Literal("distressed"), t.Literal("confused")])
export type Mood = Static<typeof Mood>

const byGravity: readonly Mood[] = ["distressed", "angry", "confused"]

/** Of several readings, or over a whole conversation, the gravest: it is never lowered. */
export function gravest(...moods: readonly (Mood | undefined)[]): Mood | undefined {
  return byGravity.find((mood) => moods.includes(mood))
}
