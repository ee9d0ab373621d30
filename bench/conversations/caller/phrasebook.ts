/**
 * The callers' words: one file an author, all of them with the same acts. An author belongs to the
 * development half or to the test half, and nobody of the other half ever speaks in these words.
 */
import { readdirSync, readFileSync } from "node:fs"
import { type Static, Type as t } from "typebox"
import { Value } from "typebox/value"
import { parse } from "yaml"
import type { Language } from "../task.ts"
import { chosen, shuffled } from "./chance.ts"
import { dateStyles, digitStyles } from "./spoken.ts"

const acts = [
  ...["lead.plain", "lead.rambling", "lead.angry", "lead.impatient", "lead.hesitant"],
  ...["refill.name", "refill.number", "refill.nothing", "refill.all", "refill.several"],
  ...["refill.for", "status.name", "status.number", "status.nothing", "status.for"],
  ...["hours.closing", "hours.now", "hours.saturday", "hours.sunday", "hours.holiday"],
  ...["hours.address", "transfer.in", "transfer.out", "person.pharmacist", "person.anyone"],
  ...["name", "name_birth", "birth", "zip", "number", "code_please", "code", "none_of_these"],
  ...["spelled", "yes", "no", "not_that", "which", "ending", "pharmacy", "phone", "message"],
  ...["to_us", "from_us", "here", "pardon", "listening", "aside", "slip", "and", "also"],
  ...["again", "last_try", "done", "safe", "danger", "fetch"],
] as const

const strict = { additionalProperties: false } as const
const Phrases = t.Array(t.String(), { minItems: 1, maxItems: 20 })
const Book = t.Object(
  {
    author: t.String({ pattern: "^[a-z]+$" }),
    /** English when left out. */
    language: t.Optional(t.Enum(["en", "es"])),
    half: t.Enum(["dev", "test"]),
    dates: t.Array(t.Enum([...dateStyles]), { minItems: 1 }),
    digits: t.Array(t.Enum([...digitStyles]), { minItems: 1 }),
    says: t.Object(Object.fromEntries(acts.map((act) => [act, Phrases])), strict),
  },
  strict,
)
type Book = Static<typeof Book>

export type Half = Book["half"]
export type Slots = Readonly<Record<string, string>>

export class Phrasebook {
  readonly author: string
  readonly half: Half
  readonly language: Language
  readonly #book: Book

  constructor(book: Book) {
    this.author = book.author
    this.half = book.half
    this.language = book.language ?? "en"
    this.#book = book
  }

  /** The nth way to say a date, as long as there are any. */
  dateStyle(key: string, nth: number) {
    const styles = shuffled(this.#book.dates, key, "date")
    return atLeastOne(styles, "dates")[nth % styles.length] ?? "long"
  }

  digitStyle(key: string) {
    return chosen(atLeastOne(this.#book.digits, "digits"), key, "digits")
  }

  /** The words for an act; said again, in other words as long as there are any. */
  words(act: string, key: string, { nth = 0, slots = {} }: Saying = {}): string {
    const phrases = shuffled(this.#book.says[act] ?? [], key, act)
    const phrase = phrases[nth % phrases.length]
    if (phrase === undefined) throw new Error(`${this.author} has no words for ${act}`)
    return phrase.replaceAll(/\{(\w+)\}/g, (_, name: string) => {
      const value = slots[name]
      if (value === undefined) throw new Error(`${this.author} has nothing for {${name}} of ${act}`)
      return value
    })
  }
}

interface Saying {
  readonly nth?: number
  readonly slots?: Slots
}

/** Every author, by name. */
export const authors: ReadonlyMap<string, Phrasebook> = new Map(
  readBooks().map((book) => [book.author, new Phrasebook(book)]),
)

export function authorsOf(half: Half, language: Language): readonly [Phrasebook, ...Phrasebook[]] {
  return atLeastOne(
    [...authors.values()].filter((book) => book.half === half && book.language === language),
    half,
  )
}

function readBooks(): readonly Book[] {
  const folder = new URL("phrases/", import.meta.url)
  return readdirSync(folder)
    .toSorted()
    .map((file) => {
      const book: unknown = parse(readFileSync(new URL(file, folder), "utf8"), { strict: true })
      if (Value.Check(Book, book)) return book
      const problems = Value.Errors(Book, book).map(
        ({ instancePath, message }) => `${instancePath} ${message}`,
      )
      throw new Error(`${file}: ${problems.join("; ")}`)
    })
}

function atLeastOne<T>(list: readonly T[], what: string): readonly [T, ...T[]] {
  const [first, ...rest] = list
  if (first === undefined) throw new Error(`there are no ${what}`)
  return [first, ...rest]
}
