/** Addresses of the net, written or said: e-mail, web, IP; with each of their words. */
import { knownFrom } from "./exact.ts"
import { emailAt, emailEnds, grammarWords, hesitations, notNames } from "./lexicon.ts"
import { isNumberWord, repeatOf } from "./said.ts"
import { claim, claimUnknown, isFree, type Sheet } from "./sheet.ts"

const MOST_WORDS_BEFORE_AT = 20
const MOST_DOMAIN_WORDS = 10
const dots = new Set(["dot", "punto", "point"])
const connectors = new Set(
  "dot punto dash hyphen guion underscore bajo period point slash".split(" "),
)
const webStarts = new Set(["www", "http", "https"])
/** What may stand before an e-mail address and is no part of it. */
const beforeAddress = new Set(
  "is its email mail e correo electronico es address to at the my mi al direccion on me".split(" "),
)

/** "Send it to my dot walker at" begins with somebody called My. */
const mayBegin = new Set(["my", "me", "mi", "al", "e"])

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
    const from = startOf(sheet, at)
    const known = knownFrom(sheet, from)
    const isKnown = known?.form.thing.type === "EMAIL"
    if (isKnown) claim(sheet, { from, until }, { layer: "known", thing: known.form.thing })
    else claimUnknown(sheet, { from, until }, { layer: "pattern", type: "EMAIL" })
  }
}

/** After "at" or "@": where "example dot com" ends. Also "example.com" alone, which is a site. */
function endsOfDomain(sheet: Sheet, at: number): number | undefined {
  let until: number | undefined
  let parts = 0
  for (let next = at; next < at + MOST_DOMAIN_WORDS; next += 1) {
    const word = sheet.words[next] ?? ""
    if (dots.has(word)) continue
    const isDotted = sheet.tokens[next]?.gap === "." || dots.has(sheet.words[next - 1] ?? "")
    if (parts > 0 && !isDotted) break
    parts += 1
    if (parts > 1 && emailEnds.has(word)) until = next + 1
  }
  return until !== undefined && isAddressAt(sheet, at, parts) ? until : undefined
}

function isAddressAt(sheet: Sheet, at: number, parts: number): boolean {
  const isWritten = sheet.tokens[at]?.gap.includes("@") === true
  return isWritten || emailAt.has(sheet.words[at - 1] ?? "") || parts >= 2
}

/** Back from the domain over "maria dot lopez 44 at" to where the address begins. */
function startOf(sheet: Sheet, domainAt: number): number {
  const { words, tokens } = sheet
  const isWritten = tokens[domainAt]?.gap.includes("@") === true
  let from = domainAt
  if (!isWritten && !emailAt.has(words[from - 1] ?? "")) return domainAt
  if (!isWritten) from -= 1
  const first = from
  while (from > 0 && domainAt - from < MOST_WORDS_BEFORE_AT) {
    const gap = tokens[from]?.gap ?? ""
    const isGlued = from === first || /^[.\-_+]?$/.test(gap)
    const isPart = isWritten ? isGlued : from === first || isPartOfName(words, from - 1)
    if (!isPart) break
    from -= 1
  }
  return from
}

function isPartOfName(words: readonly string[], at: number): boolean {
  const [before = "", word = "", next = ""] = [words[at - 1], words[at], words[at + 1]]
  const isBeside = [before, word, next].some((one) => connectors.has(one))
  const isOpening = beforeAddress.has(word) && !(mayBegin.has(word) && connectors.has(next))
  if (isOpening && !connectors.has(before)) return false
  const isBetween = word === "y" && isNumberWord(before) && isNumberWord(next)
  const isNumber = isBetween || isNumberWord(word) || word === "oh" || repeatOf(word) !== undefined
  if (isBeside || isNumber || hesitations.has(word)) return true
  return !grammarWords.has(word) && !notNames.has(word)
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
