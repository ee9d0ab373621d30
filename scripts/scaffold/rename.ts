/** Renames a thing inside a text, in whichever way each place writes it. */

/** The ways to write one name: `prior-auth`, `priorAuth`, `PriorAuth`, `prior_auth`. */
export interface Spelling {
  readonly kebab: string
  readonly camel: string
  readonly pascal: string
  readonly snake: string
}

export function spellingOf(kebab: string): Spelling {
  const camel = kebab.replace(/-([a-z0-9])/g, (_, letter: string) => letter.toUpperCase())
  return {
    kebab,
    camel,
    pascal: camel.charAt(0).toUpperCase() + camel.slice(1),
    snake: kebab.replaceAll("-", "_"),
  }
}

/** One of them: `callback` for `callbacks`, `mtm-item` for `mtm`. */
export function oneOf(kebab: string): string {
  return kebab.endsWith("s") ? kebab.slice(0, -1) : `${kebab}-item`
}

/** Replaces the example's name, many and one, and leaves rows of the tier matrix alone. */
export function rename(text: string, from: string, to: string): string {
  const pairs = [
    [spellingOf(from), spellingOf(to)],
    [spellingOf(oneOf(from)), spellingOf(oneOf(to))],
  ] as const
  return text
    .split("\n")
    .map((line) => (/\baction:/.test(line) ? line : renameLine(line, pairs)))
    .join("\n")
}

type Pairs = readonly (readonly [Spelling, Spelling])[]

function renameLine(line: string, pairs: Pairs): string {
  return pairs.reduce((text, [from, to]) => {
    const pattern = new RegExp(`${from.camel}(?![a-z])|${from.pascal}(?![a-z])`, "g")
    return text.replaceAll(pattern, (found, index: number) => {
      const before = text.charAt(index - 1)
      const after = text.charAt(index + found.length)
      if (found === from.pascal) return to.pascal
      if (/[a-z0-9]/.test(before)) return found
      if (before === "_" || after === "_") return to.snake
      return isInCode(text, index, after) ? to.camel : to.kebab
    })
  }, line)
}

/** Code spells names as identifiers; strings, paths and prose write them with hyphens. */
function isInCode(line: string, index: number, after: string): boolean {
  if (/[A-Z]/.test(after)) return true
  const before = line.slice(0, index)
  const isQuoted = ['"', "'", "`"].some((mark) => before.split(mark).length % 2 === 0)
  const isProse = /^\s*(\*|\/\*|\/\/|#|-|[A-Z])|\/\//.test(before) || before.trim() === ""
  return !isQuoted && !(isProse && !/^\s*[\w.]+\s*[:({.]/.test(line))
}
