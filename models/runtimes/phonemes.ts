/**
 * Text to the sounds Kokoro was trained on. espeak-ng knows the words; its transcription is then
 * written the way the voice's training text was. Punctuation stays: it carries the melody.
 */
import type { Language } from "../protocol.ts"
import { runProgram } from "./program.ts"

const espeakVoices: Readonly<Record<Language, string>> = { en: "en-us", es: "es-419" }

/** A mark ends a phrase only before a space, so "1.5" and "3:45" stay whole. */
const PHRASE = /(.*?)([,;:.!?—…]+)(?=\s|$)|(.+)$/gsu

const titles: Readonly<Record<string, string>> = {
  "Dr.": "Doctor",
  "Mr.": "Mister",
  "Mrs.": "Missis",
  "Ms.": "Miz",
}

/** Two sounds that espeak ties together and Kokoro writes as one letter. */
const tied: readonly (readonly [string, string])[] = [
  ["a^ɪ", "I"],
  ["a^ʊ", "W"],
  ["e^ɪ", "A"],
  ["o^ʊ", "O"],
  ["ɔ^ɪ", "Y"],
  ["d^ʒ", "ʤ"],
  ["t^ʃ", "ʧ"],
  ["t^s", "ʦ"],
  ["d^z", "ʣ"],
]

/** American English as the voice's training text spells it. The order matters. */
const american: readonly (readonly [string | RegExp, string])[] = [
  [/ʔˌ?n\u0329/g, "tᵊn"],
  [/(\S)\u0329/g, "ᵊ$1"],
  ["ə^l", "ᵊl"],
  ["^", ""],
  [/ɜː?ɹ?/g, "ɜɹ"],
  ["ɚ", "əɹ"],
  ["oːɹ", "ɔɹ"],
  ["ɪə", "iə"],
  ["ɐ", "ə"],
  ["ɾ", "T"],
  ["ʔ", "t"],
  ["r", "ɹ"],
  [/[xç]/g, "k"],
  ["ɬ", "l"],
  ["e", "A"],
  ["o", "ɔ"],
  [/ː|ʲ|\u0303/g, ""],
]

/** The sounds of a text, phrase by phrase, with its punctuation. */
export async function phonemesOf(text: string, language: Language): Promise<string> {
  const spoken = text.replaceAll(/\b(?:Dr|Mr|Mrs|Ms)\./g, (title) => titles[title] ?? title)
  const phrases = [...spoken.matchAll(PHRASE)].map(([, before, mark, rest]) => ({
    words: (before ?? rest ?? "").trim(),
    mark: markOf(mark),
  }))
  const sounds = await Promise.all(
    phrases.map(async ({ words, mark }) =>
      words === "" ? mark : `${await phonemesOfWords(words, language)}${mark}`,
    ),
  )
  return sounds.join(" ").trim()
}

async function phonemesOfWords(words: string, language: Language): Promise<string> {
  const args = ["-q", "--ipa", "--tie=^", "-v", espeakVoices[language], "--stdin"]
  const output = (await runProgram("espeak-ng", args, words)).toString("utf8")
  const plain = output
    .replaceAll(/\([a-z-]+\)/g, "")
    .replaceAll(/\s+/g, " ")
    .trim()
  return language === "en" ? asAmerican(plain) : asWritten(plain)
}

/** Exported for its test: the clean-up alone, without the program. */
export function asAmerican(espeak: string): string {
  let sounds = espeak
  for (const [from, to] of tied) sounds = sounds.replaceAll(from, to)
  for (const [from, to] of american) sounds = sounds.replaceAll(from, to)
  return sounds
}

function asWritten(espeak: string): string {
  let sounds = espeak
  for (const [from, to] of tied) sounds = sounds.replaceAll(from, to)
  return sounds.replaceAll("^", "")
}

function markOf(marks: string | undefined): string {
  if (marks === undefined) return ""
  return marks.includes("?") ? "?" : marks[0]!
}
