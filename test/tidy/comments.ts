/** Comments: sentences that say why; none that promise, and no code asleep in them. */
import { parseSync } from "vite"
import { type CodeFile, type Comment, isTest, type Report, type Tree } from "../tree.ts"

export const HEADER_LINES_MAX = 4

const promises = new RegExp(`${["TO", "DO"].join("")}|${["FIX", "ME"].join("")}|\\bXXX\\b`)
const statement =
  /^(const|let|var|import|export|return|await|if|for|while|function|throw)\b.*[;=({]/

/** Every file opens by saying what it is, in at most four lines. */
export function headers({ code }: Tree): Report {
  const violations = code.flatMap((file) => {
    const first = headerOf(file)
    if (first === undefined)
      return isTest(file.path) ? [] : [`${file.path} does not say what it is`]
    const count = textLines(first)
    return count <= HEADER_LINES_MAX ? [] : [`${file.path} opens with ${count} lines of comment`]
  })
  return { looked: `${code.length} files`, seen: code.length, violations }
}

function headerOf(file: CodeFile): string | undefined {
  const body = file.text.replace(/^#!.*\n/, "")
  const block = /^\s*\/\*\*?([\s\S]*?)\*\//.exec(body)
  if (block) return block[1]
  const run = /^\s*((?:\/\/.*\n)+)/.exec(body)
  return run?.[1]
}

function textLines(comment: string): number {
  return comment.split("\n").filter((line) => /[^\s*/]/.test(line)).length
}

export function keptPromises({ code, texts }: Tree): Report {
  const all = [...code.map(({ path, text }) => [path, text] as const), ...texts]
  const violations = all.flatMap(([path, text]) =>
    text
      .split("\n")
      .flatMap((line, index) =>
        promises.test(line) ? [`${path}:${index + 1} is unfinished`] : [],
      ),
  )
  return { looked: `${all.length} files`, seen: all.length, violations }
}

export function noSleepingCode({ code }: Tree): Report {
  const comments = code.flatMap((file) =>
    file.comments.filter(({ type }) => type === "Line").map((comment) => ({ file, comment })),
  )
  const violations = comments
    .filter(({ comment }) => isCode(comment))
    .map(
      ({ file, comment }) => `${file.path}:${file.lineAt(comment.start)}: delete it, git keeps it`,
    )
  return { looked: `${comments.length} comments`, seen: code.length, violations }
}

function isCode({ value }: Comment): boolean {
  const text = value.trim()
  if (!statement.test(text)) return false
  const closed = text.endsWith("{") ? `${text}}` : text
  return parseSync("comment.ts", closed).errors.length === 0
}
