/**
 * A transcript without what identifies people: what is known of them, then whatever looks like a
 * name that is given, a date, a number or an address. The same thing becomes the same placeholder.
 * It is no proof that nobody can be recognised: a person reads it before it leaves the house.
 */
import type { Known, TranscriptLine } from "./contract.ts"

export interface Redacted {
  readonly text: string
  /** How many places were replaced. */
  readonly replaced: number
}

/** Lower case and without accents, so that words are found however they were written. */
export function plainWords(text: string): string {
  return text
    .normalize("NFKD")
    .replaceAll(/\p{M}/gu, "")
    .toLowerCase()
    .replaceAll(/\s+/g, " ")
    .trim()
}

const digitWords =
  "zero|oh|one|two|three|four|five|six|seven|eight|nine|" +
  "cero|uno|dos|tres|cuatro|cinco|seis|siete|ocho|nueve"
const tens =
  "ten|eleven|twelve|thirteen|fourteen|fifteen|sixteen|seventeen|eighteen|nineteen|twenty|thirty|" +
  "forty|fifty|sixty|seventy|eighty|ninety"
const ordinals =
  "first|second|third|fourth|fifth|sixth|seventh|eighth|ninth|tenth|eleventh|twelfth|" +
  "thirteenth|fourteenth|fifteenth|sixteenth|seventeenth|eighteenth|nineteenth|twentieth|thirtieth"
const months =
  "january|february|march|april|may|june|july|august|september|october|november|december|" +
  "enero|febrero|marzo|abril|mayo|junio|julio|agosto|septiembre|octubre|noviembre|diciembre"
const spoken = `(?:${digitWords}|${tens}|${ordinals}|hundred|thousand|and)\\b`
/** A month with the numbers around it, in digits or in words; alone it says too little. */
const afterMonth = `(?:[\\s,-]+(?:\\d{1,4}(?:st|nd|rd|th)?|de|del|of|${spoken}))+`
const streets = "street|st|avenue|ave|road|rd|lane|ln|drive|dr|court|way"
const word = "\\p{Lu}[\\p{L}'’-]+"

interface Pattern {
  readonly is: string
  readonly finds: RegExp
}

const patterns: readonly Pattern[] = [
  { is: "EMAIL", finds: /\S+@\S+\.\w+/gu },
  { is: "DATE", finds: new RegExp(`\\b(?:${months})\\b${afterMonth}`, "giu") },
  { is: "DATE", finds: new RegExp(`\\b\\d{1,2}\\s+(?:de\\s+|of\\s+)?(?:${months})\\b`, "giu") },
  { is: "DATE", finds: /\b\d{1,4}[/.-]\d{1,2}[/.-]\d{1,4}\b/gu },
  {
    is: "ADDRESS",
    finds: new RegExp(`\\b\\d+\\s+(?:${word}\\s+){1,3}(?:${streets})\\b`, "giu"),
  },
  { is: "NUMBER", finds: /(?<!\w)\+?\(?\d(?:[\s().-]*\d){2,}/gu },
  {
    is: "NUMBER",
    finds: new RegExp(`\\b(?:${digitWords})(?:[\\s,-]+(?:${digitWords})){2,}\\b`, "giu"),
  },
  {
    is: "NAME",
    finds: new RegExp(
      `(?<=\\b(?:name is|[Tt]his is|I am|I'm|[Tt]hank you,|[Tt]hanks,|[Hh]ello,|[Hh]i,|` +
        `[Mm]e llamo|[Ss]oy|[Ss]e[nñ]ora?|[Gg]racias,|M[rs]s?\\.?|Dr\\.?|[Dd]octora?)\\s+)` +
        `(?:${word})(?:\\s+${word})*`,
      "gu",
    ),
  },
]

export function redacted(lines: readonly TranscriptLine[], known: readonly Known[]): Redacted {
  const places = new Placeholders()
  const patternsOfKnown = known.flatMap(patternsOf)
  const text = lines
    .map(({ who, text: said, atMs, cutOff }) => {
      const masked = [...patternsOfKnown, ...patterns].reduce(
        (rest, pattern) => places.masked(rest, pattern),
        said,
      )
      return `[${clock(atMs)}] ${who}: ${masked}${cutOff ? " [cut off]" : ""}`
    })
    .join("\n")
  return { text: `${text}\n`, replaced: places.replaced }
}

/** Each word of a known name by itself, too: people are called by one of them. */
function patternsOf({ is, text }: Known): readonly Pattern[] {
  const parts = is === "NAME" ? [text, ...text.split(/\s+/)] : [text]
  return parts
    .filter((part) => part.length > 1)
    .map((part) => ({
      is,
      finds: new RegExp(`(?<![\\p{L}\\d])${escaped(part)}(?![\\p{L}\\d])`, "giu"),
    }))
}

function escaped(text: string): string {
  return text.replaceAll(/[.*+?^${}()|[\]\\]/g, "\\$&")
}

class Placeholders {
  replaced = 0
  readonly #numbers = new Map<string, number>()
  readonly #counts = new Map<string, number>()

  masked(text: string, { is, finds }: Pattern): string {
    // What is a placeholder already is left alone.
    return text
      .split(/(\[[A-Z]+_\d+\])/)
      .map((part, at) =>
        at % 2 === 1 ? part : part.replaceAll(finds, (found) => this.#of(is, found)),
      )
      .join("")
  }

  #of(is: string, found: string): string {
    this.replaced++
    const key = `${is} ${plainWords(found)}`
    const known = this.#numbers.get(key)
    const number = known ?? (this.#counts.get(is) ?? 0) + 1
    if (known === undefined) {
      this.#numbers.set(key, number)
      this.#counts.set(is, number)
    }
    return `[${is}_${number}]`
  }
}

function clock(atMs: number): string {
  const seconds = Math.floor(atMs / 1_000)
  return `${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, "0")}`
}
