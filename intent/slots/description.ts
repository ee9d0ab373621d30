/** How a caller tells a medicine they can't name: who prescribed it, what it is for, how it looks.
 * Only words that were said; whose medicine it is, is found out elsewhere. */
import { Type as t } from "typebox"
import { type Token, tokensOf, wordsOf } from "../words.ts"
import { readYaml } from "../yaml-file.ts"

const Words = t.Array(t.String({ minLength: 1 }))
const File = t.Object({
  titles: Words,
  particles: Words,
  notNames: Words,
  medicines: Words,
  looks: Words,
  purposes: Words,
  joins: Words,
})

const file = readYaml(File, new URL("./description.yaml", import.meta.url))
const titles = new Set(file.titles)
const particles = new Set(file.particles)
const notNames = new Set(file.notNames)
const medicines = new Set(file.medicines)
const looks = new Set(file.looks)
const joins = new Set(file.joins)
/** The longest first: "blood pressure" is more than "pressure". */
const purposes = file.purposes.map(wordsOf).toSorted((a, b) => b.length - a.length)

export interface Description {
  readonly prescriber?: string
  readonly described?: string[]
}

export const DESCRIBED_MAX = 6

export function descriptionIn(text: string): Description {
  const words = wordsOf(text)
  const prescriber = prescriberIn(tokensOf(text))
  const described = [...new Set([...looksIn(words), ...purposesIn(words)])].slice(0, DESCRIBED_MAX)
  return {
    ...(prescriber && { prescriber }),
    ...(described.length > 0 && { described }),
  }
}

/** "Dr. Chen", "la doctora De la Cruz": the name after the title, as it was heard. */
function prescriberIn(tokens: readonly Token[]): string | undefined {
  for (const [at, { word }] of tokens.entries()) {
    if (!titles.has(word)) continue
    const name = nameFrom(tokens.slice(at + 1))
    if (name.length > 0) return name.map(capitalised).join(" ")
  }
  return undefined
}

const NAME_WORDS_MAX = 2

/** To the end of the clause; the point of "Dr." ends none. */
function nameFrom(tokens: readonly Token[]): string[] {
  const name: string[] = []
  for (const { word, opensClause } of tokens) {
    const isNone = notNames.has(word) || medicines.has(word) || titles.has(word) || /\d/.test(word)
    if (isNone || (opensClause && name.length > 0)) break
    name.push(word)
    if (name.filter((one) => !particles.has(one)).length === NAME_WORDS_MAX) break
  }
  return name.every((word) => particles.has(word)) ? [] : name
}

/** How far a look may stand from its pill: "the one that is small and white". */
const LOOK_NEAR = 6

/** A colour by itself is no pill: Doctor Green, the white building. */
function looksIn(words: readonly string[]): readonly string[] {
  return words.filter(
    (word, at) =>
      looks.has(word) &&
      !titles.has(words[at - 1] ?? "") &&
      words.slice(Math.max(0, at - LOOK_NEAR), at + LOOK_NEAR).some((near) => medicines.has(near)),
  )
}

/** "The pill my doctor wants me to take for sleep". */
const PURPOSE_NEAR = 12
const isMedicine = (word: string) => medicines.has(word)

function purposesIn(words: readonly string[]): readonly string[] {
  const found: string[] = []
  let at = 0
  while (at < words.length) {
    const from = at
    const purpose = purposes.find((one) => one.every((word, next) => words[from + next] === word))
    if (purpose && isOfAPill(words, from, from + purpose.length)) found.push(purpose.join(" "))
    at += purpose?.length ?? 1
  }
  return found
}

/** "The water pill", "the one for my blood pressure", "la pastilla del agua". */
function isOfAPill(words: readonly string[], from: number, until: number): boolean {
  const tells = (word: string) => !joins.has(word) && !looks.has(word)
  const next = words.slice(until).find(tells)
  const before = words.slice(0, from).findLast(tells)
  if (medicines.has(next ?? "") || medicines.has(before ?? "")) return true
  const isPurpose = words
    .slice(0, from)
    .slice(-2)
    .some((word) => word === "for" || word === "para")
  return isPurpose && words.slice(Math.max(0, from - PURPOSE_NEAR), from).some(isMedicine)
}

function capitalised(word: string): string {
  return particles.has(word) ? word : `${word.charAt(0).toUpperCase()}${word.slice(1)}`
}
