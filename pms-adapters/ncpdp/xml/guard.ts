/**
 * Looks over a document before a parser sees it. Refuses document types, entities of any make,
 * instructions and whatever is too large, too deep or too much. Walks once, and never goes back.
 */
import { XmlError } from "./trouble.ts"

export const BYTES_MAX = 2_097_152
export const DEPTH_MAX = 32
export const ELEMENTS_MAX = 50_000
export const ATTRIBUTES_MAX = 32
const NAME_MAX = 128

/** Bytes to text, as UTF-8 and nothing else. Throws `XmlError`. */
export function guarded(bytes: Uint8Array): string {
  if (bytes.length > BYTES_MAX) throw new XmlError("too_large")
  const text = decoded(bytes)
  refuseHostile(text)
  return text
}

function decoded(bytes: Uint8Array): string {
  try {
    return new TextDecoder("utf-8", { fatal: true }).decode(bytes)
  } catch {
    throw new XmlError("not_utf8")
  }
}

/** Tab, line feed and carriage return are the only controls that XML has; no noncharacters. */
export function hasBadCharacter(text: string): boolean {
  for (let at = 0; at < text.length; at++) {
    const code = text.charCodeAt(at)
    if (code < 0x20 && code !== 0x09 && code !== 0x0a && code !== 0x0d) return true
    if (code === 0xfffe || code === 0xffff) return true
  }
  return !text.isWellFormed()
}

/** The declaration, comments and the five entities pass; what else is not content does not. */
function refuseHostile(text: string): void {
  if (hasBadCharacter(text)) throw new XmlError("bad_character")
  const walk = { text, depth: 0, elements: 0, ampersand: text.indexOf("&") }
  let at = afterDeclaration(text)
  for (;;) {
    const open = text.indexOf("<", at)
    refuseEntities(walk, at, open < 0 ? text.length : open)
    if (open < 0) break
    at = afterMarkup(walk, open)
  }
  if (walk.depth !== 0 || walk.elements === 0) throw new XmlError("not_xml")
}

interface Walk {
  readonly text: string
  depth: number
  elements: number
  /** The next one, found once: looking again from each element would be quadratic. */
  ampersand: number
}

function afterDeclaration(text: string): number {
  if (!/^<\?xml[\s?]/.test(text)) return 0
  const end = text.indexOf("?>")
  if (end < 0 || end > NAME_MAX) throw new XmlError("not_xml")
  const [, , encoding = "utf-8"] = /encoding\s*=\s*(["'])([^"']*)\1/.exec(text.slice(0, end)) ?? []
  if (!/^(utf-8|us-ascii|ascii)$/i.test(encoding)) throw new XmlError("bad_encoding")
  return end + 2
}

function afterMarkup(walk: Walk, open: number): number {
  const { text } = walk
  if (text.startsWith("<!--", open)) return after(text, "-->", open + 4)
  if (text.startsWith("<![CDATA[", open)) return after(text, "]]>", open + 9)
  if (text.startsWith("<!", open)) throw new XmlError("document_type")
  if (text.startsWith("<?", open)) throw new XmlError("instruction")
  if (text.startsWith("</", open)) {
    walk.depth -= 1
    if (walk.depth < 0) throw new XmlError("not_xml")
    return after(text, ">", open)
  }
  return afterOpening(walk, open)
}

function after(text: string, ending: string, from: number): number {
  const at = text.indexOf(ending, from)
  if (at < 0) throw new XmlError("not_xml")
  return at + ending.length
}

const nameOf = /[A-Za-z_][\w.\-:]*/y

function afterOpening(walk: Walk, open: number): number {
  const { text } = walk
  nameOf.lastIndex = open + 1
  const name = nameOf.exec(text)?.[0] ?? ""
  if (name === "" || name.length > NAME_MAX) throw new XmlError("not_xml")
  walk.elements += 1
  walk.depth += 1
  if (walk.elements > ELEMENTS_MAX) throw new XmlError("too_many_elements")
  if (walk.depth > DEPTH_MAX) throw new XmlError("too_deep")
  const close = endOfTag(walk, open + 1 + name.length)
  if (text[close - 1] === "/") walk.depth -= 1
  return close + 1
}

const attribute = /\s+[A-Za-z_][\w.\-:]*\s*=\s*(?:"[^"<]*"|'[^'<]*')/y

/** Where `>` stands, past any attributes. Their values may hold `>`, so quotes are obeyed. */
function endOfTag(walk: Walk, from: number): number {
  const { text } = walk
  let at = from
  for (let count = 0; ; count++) {
    attribute.lastIndex = at
    const found = attribute.exec(text)
    if (!found) break
    if (count === ATTRIBUTES_MAX) throw new XmlError("too_many_attributes")
    refuseEntities(walk, at, attribute.lastIndex)
    at = attribute.lastIndex
  }
  ending.lastIndex = at
  if (!ending.test(text)) throw new XmlError("not_xml")
  return ending.lastIndex - 1
}

const ending = /\s*\/?>/y
const reference = /&(?:lt|gt|amp|quot|apos|#\d{1,7}|#x[\dA-Fa-f]{1,6});/y

function refuseEntities(walk: Walk, from: number, to: number): void {
  const { text } = walk
  while (walk.ampersand >= 0 && walk.ampersand < to) {
    reference.lastIndex = walk.ampersand
    if (walk.ampersand >= from && !reference.test(text)) throw new XmlError("unknown_entity")
    walk.ampersand = text.indexOf("&", walk.ampersand + 1)
  }
}
