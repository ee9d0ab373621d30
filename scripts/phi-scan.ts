/**
 * Looks for real people in the repository: phone numbers, social security numbers, e-mail
 * addresses, birthdays beside names, and prescriber numbers. It knows nothing of the code it reads.
 */
import { globSync, readFileSync, statSync } from "node:fs"
import { join } from "node:path"
import { parseArgs } from "node:util"
import type { Report } from "../test/tree.ts"
import { birthdaysIn } from "./phi/birthdays.ts"
import { deaNumbersIn, npiNumbersIn } from "./phi/prescribers.ts"

const FILE_BYTES_MAX = 2_000_000
const outside = ["node_modules", "var", "dist", ".git", "package-lock.json"]
const text =
  /\.(ts|tsx|mjs|js|json|jsonl|yaml|yml|md|txt|html|css|csv|xml|hl7|sh|plist|svg)$|\/[^.]+$/

interface Finding {
  readonly index: number
  readonly what: string
}

type Look = (content: string) => readonly Finding[]

function matching(pattern: RegExp, what: string, isSynthetic: (match: string) => boolean): Look {
  return (content) =>
    [...content.matchAll(pattern)]
      .filter(([match]) => !isSynthetic(match))
      .map(({ index }) => ({ index, what }))
}

/** 555-0100 to 555-0199 belong to nobody; the poison lines are for everybody. */
const syntheticPhone = /555\D{0,2}01\d\d$|8002221222$|8884264435$/

const syntheticDomain = /@([\w-]+\.)*(example(\.(com|org|net))?|[\w-]+\.(test|invalid))$/i

const area = "[2-9]\\d{2}"
const writtenPhone = new RegExp(
  `(?<![\\w.+#-])(?:\\+?1[-. ]?)?(?:\\(${area}\\) ?|${area}[-. ])${area}[-. ]\\d{4}(?![\\w-])`,
  "g",
)

const looks: readonly Look[] = [
  matching(writtenPhone, "a phone number outside 555-0100 to 555-0199", (match) =>
    syntheticPhone.test(match.replace(/\D/g, "")),
  ),
  matching(
    /(?<![\w+])\+1[2-9]\d{9}(?!\d)/g,
    "a phone number outside 555-0100 to 555-0199",
    (match) => syntheticPhone.test(match),
  ),
  matching(
    /(?<![\w-])(?!000|666|9\d\d)\d{3}-(?!00)\d{2}-(?!0000)\d{4}(?![\w-])/g,
    "the shape of a social security number",
    () => false,
  ),
  matching(
    /[\w.+-]+@(?:[\w-]+\.)+[a-z]{2,}/gi,
    "an e-mail address outside the example domains",
    (match) => syntheticDomain.test(match),
  ),
  npiNumbersIn,
  deaNumbersIn,
  birthdaysIn,
]

/** Reads every text file under a root and reports who might be real. */
export function scanForPeople(root: string): Report {
  const paths = globSync("**/*", {
    cwd: root,
    exclude: (path) => outside.some((part) => path === part || path.endsWith(`/${part}`)),
  }).filter((path) => text.test(`/${path}`) && isReadable(join(root, path)))
  return scanTexts(new Map(paths.map((path) => [path, readFileSync(join(root, path), "utf8")])))
}

export function scanTexts(texts: ReadonlyMap<string, string>): Report {
  const violations = [...texts].flatMap(([path, content]) =>
    looks
      .flatMap((look) => look(content))
      .map(
        ({ index, what }) => `${path}:${content.slice(0, index).split("\n").length} holds ${what}`,
      ),
  )
  const lines = [...texts.values()].reduce((sum, content) => sum + content.split("\n").length, 0)
  return { looked: `${lines} lines in ${texts.size} files`, seen: lines, violations }
}

function isReadable(path: string): boolean {
  const found = statSync(path)
  return found.isFile() && found.size <= FILE_BYTES_MAX
}

if (import.meta.main) {
  const { positionals } = parseArgs({ allowPositionals: true })
  const { looked, seen, violations } = scanForPeople(positionals[0] ?? `${import.meta.dirname}/..`)
  for (const violation of violations) console.error(violation)
  console.log(`phi-scan: ${looked}, ${violations.length} findings`)
  if (seen === 0) console.error("phi-scan saw nothing, so it has not passed")
  process.exitCode = seen > 0 && violations.length === 0 ? 0 : 1
}
