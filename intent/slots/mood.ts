/** A flag for staff: how a caller seems. It changes no sentence and no tier, and is never lowered
 * within a call. */
import { Type as t } from "typebox"
import type { Mood } from "#core/mood.ts"
import { wordsOf } from "../words.ts"
import { readYaml } from "../yaml-file.ts"
import { toneOf } from "./cues.ts"

const File = t.Object({ confused: t.Array(t.String()), troubled: t.Array(t.String()) })

const { confused, troubled } = readYaml(File, new URL("./mood.yaml", import.meta.url))
const isConfused = new RegExp(`\\b(${confused.join("|")})\\b`)
const isTroubled = new RegExp(`\\b(${troubled.join("|")})\\b`)

/** From the words alone; undefined is the rule. */
export function moodOf(text: string): Mood | undefined {
  const tone = toneOf(text)
  if (tone === "angry" || tone === "distressed") return tone
  const said = wordsOf(text).join(" ")
  if (isTroubled.test(said)) return "distressed"
  return isConfused.test(said) ? "confused" : undefined
}
