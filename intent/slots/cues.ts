/** Small turns of speech that change what the rest means: taking something back, speaking for
 * somebody else, how the caller sounds, not wanting to be recorded, wanting a code by text. The
 * words are in cues.yaml. */
import { Type as t } from "typebox"
import { wordsOf } from "../words.ts"
import { readYaml } from "../yaml-file.ts"

const File = t.Object({
  relatives: t.Array(t.String()),
  familiares: t.Array(t.String()),
  correction: t.String(),
  forAnother: t.String(),
  angry: t.String(),
  distressed: t.String(),
  child: t.String(),
  objection: t.String(),
  textedCode: t.String(),
})

const file = readYaml(File, new URL("./cues.yaml", import.meta.url))

const correction = new RegExp(file.correction)
const forAnother = new RegExp(
  file.forAnother
    .replaceAll("RELATIVE", `(${file.relatives.join("|")})`)
    .replaceAll("FAMILIAR", `(${file.familiares.join("|")})`),
)
const angry = new RegExp(file.angry)
const distressed = new RegExp(file.distressed)
const child = new RegExp(file.child)
const objection = new RegExp(file.objection)
const textedCode = new RegExp(file.textedCode)

/** True when the caller takes back what was said before. */
export function correctsItself(text: string): boolean {
  return correction.test(wordsOf(text).join(" "))
}

/** True when the caller speaks for somebody else. */
export function speaksForAnother(text: string): boolean {
  return forAnother.test(wordsOf(text).join(" "))
}

/** How the caller sounds, from the words alone. */
export function toneOf(text: string): "angry" | "distressed" | "child" | undefined {
  const said = wordsOf(text).join(" ")
  if (child.test(said)) return "child"
  if (distressed.test(said)) return "distressed"
  return angry.test(said) ? "angry" : undefined
}

/** True when the caller does not want to be recorded. */
export function objectsToRecording(text: string): boolean {
  return objection.test(wordsOf(text).join(" "))
}

/** True when the caller would rather have a code texted than tell what was asked for. */
export function wantsCode(text: string): boolean {
  return textedCode.test(wordsOf(text).join(" "))
}
