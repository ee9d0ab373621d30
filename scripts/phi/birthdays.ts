/** Birthdays beside the name of somebody who is not one of the invented people. */
import { syntheticLastNames } from "./people.ts"

const LINES_AROUND = 3

const month = "(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]*"
const dates = [
  "\\d{4}-\\d{2}-\\d{2}",
  "\\d{1,2}/\\d{1,2}/\\d{2,4}",
  `${month}\\.? \\d{1,2},? \\d{4}`,
  `\\d{1,2} ${month} \\d{4}`,
]
const labels = ["date[ _-]?of[ _-]?birth", "born[ _-]?on", "birth[ _-]?da(?:te|y)", "dob", "born"]
const birthday = new RegExp(`\\b(?:${labels.join("|")})\\b.{0,40}?(?:${dates.join("|")})`, "gi")

const name = "[A-Z][\\w'-]+"
const gap = "[\"']?\\s*[:=]\\s*\\[?[\"']?"
const lastNameLabel = "(?:last[ _-]?name|lastName|LastName|surname|Surname|family(?:[ _-]?name)?)"
const nameLabel = "(?:full[ _-]?|patient[ _-]?)?[nN]ame"
const opening = "(?:[Mm]y name is|[Tt]his is|[Nn]ame'?s|I am|I'm)"

/** Each captures a last name: as a field, as a pair of names, as people say it. */
const names = [
  new RegExp(`\\b${lastNameLabel}${gap}(${name})`, "g"),
  new RegExp(`\\b${nameLabel}${gap}${name}(?:["'],\\s*["']|\\s+)(${name})`, "g"),
  new RegExp(`${opening}\\s+${name}\\s+(?:[A-Z]\\.\\s+)?(${name})`, "g"),
]

export function birthdaysIn(content: string): readonly { index: number; what: string }[] {
  const lines = content.split("\n")
  return [...content.matchAll(birthday)]
    .filter(({ index }) => strangersNear(lines, content.slice(0, index).split("\n").length - 1))
    .map(({ index }) => ({ index, what: "a birthday beside a name that is not on the list" }))
}

function strangersNear(lines: readonly string[], line: number): boolean {
  const near = lines.slice(Math.max(0, line - LINES_AROUND), line + LINES_AROUND + 1).join("\n")
  const found = names.flatMap((pattern) =>
    [...near.matchAll(pattern)].map(([, lastName]) => lastName ?? ""),
  )
  return found.length > 0 && !found.some((lastName) => syntheticLastNames.has(lastName))
}
