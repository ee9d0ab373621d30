/** Birthdays beside the name of somebody who is not one of the invented people. */
import { syntheticLastNames } from "./people.ts"

const LINES_AROUND = 3

const month = "(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]*"
const date = `(?:\\d{4}-\\d{2}-\\d{2}|\\d{1,2}/\\d{1,2}/\\d{2,4}|${month}\\.? \\d{1,2},? \\d{4}|\\d{1,2} ${month} \\d{4})`
const birthday = new RegExp(
  `\\b(?:date[ _-]?of[ _-]?birth|born[ _-]?on|birth[ _-]?da(?:te|y)|dob|born)\\b.{0,40}?${date}`,
  "gi",
)
const labelled = [
  /\b(?:last[ _-]?name|surname|family(?:[ _-]?name)?)["']?\s*[:=]\s*\[?["']?([A-Z][\w'-]+)/gi,
  /\b(?:full[ _-]?|patient[ _-]?)?name["']?\s*[:=]\s*\[?["']?[A-Z][\w'-]+(?:["'],\s*["']|\s+)([A-Z][\w'-]+)/g,
]
const spoken =
  /\b(?:[Mm]y name is|[Tt]his is|[Nn]ame'?s|I am|I'm)\s+[A-Z][a-z'-]+\s+(?:[A-Z]\.\s+)?([A-Z][a-z'-]+)/g

export function birthdaysIn(content: string): readonly { index: number; what: string }[] {
  const lines = content.split("\n")
  return [...content.matchAll(birthday)]
    .filter(({ index }) => strangersNear(lines, content.slice(0, index).split("\n").length - 1))
    .map(({ index }) => ({ index, what: "a birthday beside a name that is not on the list" }))
}

function strangersNear(lines: readonly string[], line: number): boolean {
  const near = lines.slice(Math.max(0, line - LINES_AROUND), line + LINES_AROUND + 1).join("\n")
  const names = [...labelled, spoken].flatMap((pattern) =>
    [...near.matchAll(pattern)].map(([, name]) => name ?? ""),
  )
  return names.length > 0 && !names.some((name) => syntheticLastNames.has(name))
}
