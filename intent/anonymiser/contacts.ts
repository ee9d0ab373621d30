/** Addresses of the net, written or said: e-mail, web, IP. Whole, with every word they are made of. */
import { emailAt, emailEnds, grammarWords, notNames } from "./lexicon.ts"
import { claimUnknown, isFree, type Sheet } from "./sheet.ts"

const MOST_WORDS_BEFORE_AT = 10
const connectors = new Set(
  "dot punto dash hyphen guion underscore bajo period point slash".split(" "),
)
const webStarts = new Set(["www", "http", "https"])
/** What may stand before an e-mail address and is no part of it. */
const beforeAddress = new Set(
  "is its email mail e correo electronico es address to at the my mi al direccion on me".split(" "),
)

export function claimContacts(sheet: Sheet): void {
  for (let at = 0; at < sheet.tokens.length; at += 1) {
    if (webStarts.has(sheet.words[at] ?? "")) {
      claimUnknown(sheet, { from: at, until: glued(sheet, at) }, { layer: "pattern", type: "URL" })
    }
    const ip = ipFrom(sheet, at)
    if (ip !== undefined)
      claimUnknown(sheet, { from: at, until: ip }, { layer: "pattern", type: "IP" })
    const until = endsOfDomain(sheet, at)
    if (until === undefined) continue
    claimUnknown(sheet, { from: startOf(sheet, at), until }, { layer: "pattern", type: "EMAIL" })
  }
}

/** After "at" or "@": where "example dot com" ends. Also "example.com" alone, which is a site. */
function endsOfDomain({ words, tokens }: Sheet, at: number): number | undefined {
  for (let offset = 1; offset <= 8; offset += 1) {
    const isEnd = emailEnds.has(words[at + offset] ?? "")
    const before = words[at + offset - 1] ?? ""
    const gap = tokens[at + offset]?.gap ?? ""
    const isDotted = before === "dot" || before === "punto" || before === "point" || gap === "."
    if (isEnd && isDotted)
      return isAddressAt({ words, tokens }, at, offset) ? at + offset + 1 : undefined
  }
  return undefined
}

function isAddressAt(
  { words, tokens }: Pick<Sheet, "words" | "tokens">,
  at: number,
  offset: number,
): boolean {
  if (tokens[at]?.gap.includes("@")) return true
  const isSaid = emailAt.has(words[at - 1] ?? "")
  const isSite = offset <= 2 && (tokens[at + offset]?.gap === "." || words[at + 1] === "dot")
  return isSaid || isSite
}

/** Back from the domain over "maria dot lopez 44 at" to where the address begins. */
function startOf({ words, tokens }: Sheet, domainAt: number): number {
  const isWritten = tokens[domainAt]?.gap.includes("@") ?? false
  const isSaid = emailAt.has(words[domainAt - 1] ?? "")
  if (!isWritten && !isSaid) return domainAt
  let from = isSaid && !isWritten ? domainAt - 1 : domainAt
  for (let step = 0; step < MOST_WORDS_BEFORE_AT && from > 0; step += 1) {
    const word = words[from - 1] ?? ""
    const gap = tokens[from]?.gap ?? ""
    if (isWritten && from !== domainAt && !/^[.\-_+]$/.test(gap)) break
    if (beforeAddress.has(word)) break
    const isPart =
      connectors.has(word) || !grammarWords.has(word) || connectors.has(words[from] ?? "")
    if (!isPart || (notNames.has(word) && !connectors.has(words[from] ?? ""))) break
    from -= 1
  }
  return from
}

function glued({ tokens }: Sheet, from: number): number {
  let until = from + 1
  while (until < tokens.length && /^[^\s]+$/.test(tokens[until]?.gap ?? " ")) until += 1
  return until
}

function ipFrom(sheet: Sheet, at: number): number | undefined {
  const parts = sheet.tokens.slice(at, at + 4)
  const isIp =
    parts.length === 4 &&
    parts.every(({ kind, gap }, index) => kind === "digits" && (index === 0 || gap === "."))
  return isIp && isFree(sheet, at) ? at + 4 : undefined
}
