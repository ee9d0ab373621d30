/** What the caller makes of the agent's sentences. It reads them and nothing else of the agent. */
import { readFileSync } from "node:fs"
import { Type as t } from "typebox"
import { Value } from "typebox/value"
import { parse } from "yaml"
import type { Language } from "../task.ts"

const strict = { additionalProperties: false } as const
const Pattern = t.Object({ is: t.String(), hear: t.String() }, strict)
const Ear = t.Object(
  {
    questions: t.Array(Pattern),
    news: t.Array(Pattern),
    keys: t.Record(t.String(), t.String({ pattern: "^\\d$" })),
    wishes: t.Record(t.String(), t.String()),
  },
  strict,
)

export interface Question {
  readonly is: string
  /** What was read back or offered, where the question has it. */
  readonly what: string
  readonly endings: readonly string[]
}

export interface Hearing {
  /** What waits for an answer; the last question when there were several. */
  readonly question: Question | undefined
  readonly news: ReadonlySet<string>
}

interface Meaning {
  readonly is: string
  readonly pattern: RegExp
}

interface Understanding {
  readonly questions: readonly Meaning[]
  readonly news: readonly Meaning[]
  readonly keys: Readonly<Record<string, string>>
  readonly wishes: ReadonlyMap<string, RegExp>
}

const english = earOf("heard.yaml")
const spanish = earOf("heard-es.yaml")
/** Whoever speaks Spanish has ears for the English greeting too. */
const ears: Readonly<Record<Language, Understanding>> = {
  en: english,
  es: {
    ...spanish,
    questions: [...spanish.questions, ...english.questions],
    news: [...spanish.news, ...english.news],
  },
}

export function hearingOf(sentences: readonly string[], language: Language = "en"): Hearing {
  const { questions, news } = ears[language]
  const text = sentences.join(" ").toLowerCase().replaceAll("\u2019", "'").replaceAll(/\s+/g, " ")
  const asked = questions
    .flatMap(({ is, pattern }) => {
      const found = [...text.matchAll(pattern)].at(-1)
      return found ? [{ is, atCharacter: found.index, groups: found.groups ?? {} }] : []
    })
    // What stands first in the list wins where two readings begin at the same place.
    .toReversed()
    .toSorted((a, b) => a.atCharacter - b.atCharacter)
    .at(-1)
  const told = news.filter(({ pattern }) => text.search(pattern) >= 0).map(({ is }) => is)
  if (!asked) return { question: undefined, news: new Set(told) }
  const { what = "", one, other } = asked.groups
  const endings = [one, other].flatMap((digits) => (digits ? [digits.replaceAll(" ", "")] : []))
  return { question: { is: asked.is, what: what.trim(), endings }, news: new Set(told) }
}

/** Whether a wish that was read back is this one. */
export function isReadBack(wish: string, words: string, language: Language = "en"): boolean {
  return ears[language].wishes.get(wish)?.test(words) ?? false
}

/** The key for a wish: as the menu that was just read out has it, else as the card has it. */
export function keyFor(wish: string, menu = "", language: Language = "en"): string | undefined {
  const { wishes, keys } = ears[language]
  const pattern = wishes.get(wish)
  const choice = menu.split(".").find((one) => pattern?.test(one) && /(press|marque) \d/.test(one))
  return /(?:press|marque) (\d)/.exec(choice ?? "")?.[1] ?? keys[wish]
}

function earOf(name: string): Understanding {
  const file = readFileSync(new URL(name, import.meta.url), "utf8")
  const { questions, news, keys, wishes } = Value.Parse(Ear, parse(file))
  return {
    questions: questions.map(meaningOf),
    news: news.map(meaningOf),
    keys,
    wishes: new Map(Object.entries(wishes).map(([wish, hear]) => [wish, new RegExp(hear)])),
  }
}

function meaningOf({ is, hear }: { readonly is: string; readonly hear: string }): Meaning {
  return { is, pattern: new RegExp(hear, "g") }
}
