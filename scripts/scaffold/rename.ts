/** Renames a thing inside a text, in whichever way each place writes it. */

/** The ways to write one name: `prior-auth`, `priorAuth`, `PriorAuth`, `prior_auth`, prior auth. */
export interface Spelling {
  readonly kebab: string
  readonly camel: string
  readonly pascal: string
  readonly snake: string
  readonly words: string
}

export function spellingOf(kebab: string): Spelling {
  const camel = kebab.replace(/-([a-z0-9])/g, (_, letter: string) => letter.toUpperCase())
  return {
    kebab,
    camel,
    pascal: capitalised(camel),
    snake: kebab.replaceAll("-", "_"),
    words: kebab.replaceAll("-", " "),
  }
}

/** One of them: `callback` for `callbacks`, `mtm-item` for `mtm`. */
export function oneOf(kebab: string): string {
  return kebab.endsWith("s") ? kebab.slice(0, -1) : `${kebab}-item`
}

export interface Renaming {
  readonly from: string
  readonly to: string
  /** Pages are prose from the first line to the last. */
  readonly isPage: boolean
}

/** Replaces the example's name, many and one, and leaves rows of the tier matrix alone. */
export function rename(text: string, { from, to, isPage }: Renaming): string {
  const pairs = [
    [spellingOf(from), spellingOf(to)],
    [spellingOf(oneOf(from)), spellingOf(oneOf(to))],
  ] as const
  return text
    .split("\n")
    .map((line) => {
      if (/\baction:/.test(line)) return line
      return pairs.reduce((renamed, [old, now]) => renameLine(renamed, old, now, isPage), line)
    })
    .join("\n")
}

function renameLine(line: string, from: Spelling, to: Spelling, isPage: boolean): string {
  const pattern = new RegExp(`${from.camel}(?![a-z])|${from.pascal}(?![a-z])`, "g")
  return line.replaceAll(pattern, (found, index: number) => {
    const before = line.slice(0, index)
    const next = line.charAt(index + found.length)
    const isCapital = found !== from.camel
    if (before.endsWith("_") || next === "_") return to.snake
    if (/[a-z0-9]$/.test(before) && !isCapital) return found
    if (isQuoted(before)) return to.kebab
    if (isPage || isComment(before)) return isCapital ? capitalised(to.words) : to.words
    return isCapital ? to.pascal : to.camel
  })
}

/** Strings, paths and what stands in backticks write names with hyphens. */
function isQuoted(before: string): boolean {
  const isOpen = ['"', "`"].some((mark) => before.split(mark).length % 2 === 0)
  return isOpen || before.endsWith("/")
}

function isComment(before: string): boolean {
  return /^\s*(\*|\/\*)|\/\//.test(before)
}

function capitalised(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1)
}
