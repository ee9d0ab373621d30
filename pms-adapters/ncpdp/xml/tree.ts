/**
 * XML as a plain tree and back. The one place that touches the parser, with the settings that keep
 * an NDC from turning into a number; what `guard.ts` would refuse never gets here.
 */
import { XMLParser, XMLValidator } from "fast-xml-parser"
import { isRecord } from "#core/json.ts"
import { guarded, hasBadCharacter } from "./guard.ts"
import { XmlError } from "./trouble.ts"

export interface Element {
  readonly name: string
  readonly attributes: Readonly<Record<string, string>>
  readonly children: readonly Element[]
  /** All text directly inside, in one piece. */
  readonly text: string
}

const ATTRIBUTES = ":@"
const TEXT = "#text"
const CDATA = "#cdata"
/** No XML name starts so, and none of the names that JavaScript has its own ideas about does. */
const PREFIX = "@"

const parser = new XMLParser({
  preserveOrder: true,
  ignoreAttributes: false,
  attributeNamePrefix: PREFIX,
  parseTagValue: false,
  parseAttributeValue: false,
  trimValues: false,
  ignoreDeclaration: true,
  cdataPropName: CDATA,
  // Only the five and numbers are left by now; they are read here, where CDATA is told from text.
  processEntities: false,
  maxNestedTags: 64,
})

/** Reads one document. Throws `XmlError`, and nothing else. */
export function readTree(bytes: Uint8Array): Element {
  const text = guarded(bytes)
  const elements = elementsIn(parsed(text))
  const [root] = elements
  if (!root || elements.length > 1) throw new XmlError("not_xml")
  return root
}

/** The parser's own words may quote what it read, so they stay here. */
function parsed(text: string): unknown {
  try {
    if (XMLValidator.validate(text) !== true) throw new XmlError("not_xml")
    return parser.parse(text)
  } catch {
    throw new XmlError("not_xml")
  }
}

function elementsIn(nodes: unknown): readonly Element[] {
  if (!Array.isArray(nodes)) return []
  return nodes.flatMap((node: unknown) => {
    const name = isRecord(node) ? nameIn(node) : undefined
    return isRecord(node) && name !== undefined ? [elementOf(name, node)] : []
  })
}

function nameIn(node: Record<string, unknown>): string | undefined {
  return Object.keys(node).find((key) => key !== ATTRIBUTES && key !== TEXT && key !== CDATA)
}

function elementOf(name: string, node: Record<string, unknown>): Element {
  const content = node[name]
  return {
    name,
    attributes: attributesOf(node[ATTRIBUTES]),
    children: elementsIn(content),
    text: Array.isArray(content) ? content.map(textOf).join("") : "",
  }
}

function textOf(node: unknown): string {
  if (!isRecord(node)) return ""
  if (typeof node[TEXT] === "string") return decoded(node[TEXT])
  const [inner] = Array.isArray(node[CDATA]) ? node[CDATA] : []
  return isRecord(inner) && typeof inner[TEXT] === "string" ? inner[TEXT] : ""
}

function attributesOf(found: unknown): Readonly<Record<string, string>> {
  if (!isRecord(found)) return {}
  return Object.fromEntries(
    Object.entries(found).flatMap(([name, value]) =>
      typeof value === "string" ? [[name.slice(PREFIX.length), decoded(value)]] : [],
    ),
  )
}

const entities: Readonly<Record<string, string>> = {
  lt: "<",
  gt: ">",
  amp: "&",
  quot: '"',
  apos: "'",
}

function decoded(text: string): string {
  if (!text.includes("&")) return text
  return text.replace(/&(#x?)?([\dA-Za-z]+);/g, (_, mark: string | undefined, name: string) => {
    if (mark === undefined) return entities[name] ?? ""
    const code = Number.parseInt(name, mark === "#x" ? 16 : 10)
    const character = code <= 0x10ffff ? String.fromCodePoint(code) : "\0"
    if (hasBadCharacter(character)) throw new XmlError("bad_character")
    return character
  })
}

const escapes: Readonly<Record<string, string>> = {
  "<": "&lt;",
  ">": "&gt;",
  "&": "&amp;",
  '"': "&quot;",
  "\t": "&#9;",
  "\n": "&#10;",
  "\r": "&#13;",
}

/** Inside of an element a line is a line; a carriage return would be read as one. */
const escapedText = (text: string): string => text.replace(/[<>&\r]/g, (at) => escapes[at] ?? at)
const escapedValue = (text: string): string =>
  text.replace(/[<>&"\t\n\r]/g, (at) => escapes[at] ?? at)

const xmlName = /^[A-Za-z_][\w.\-:]*$/

/** One element as text, on one line. Throws for what XML cannot hold. */
export function writeTree({ name, attributes, children, text }: Element): string {
  const pairs = Object.entries(attributes)
  const isWritable =
    [name, ...pairs.map(([key]) => key)].every((each) => xmlName.test(each)) &&
    [text, ...pairs.map(([, value]) => value)].every((each) => !hasBadCharacter(each))
  if (!isWritable) throw new XmlError("unwritable")
  const head = pairs.map(([key, value]) => ` ${key}="${escapedValue(value)}"`).join("")
  const inside = escapedText(text) + children.map(writeTree).join("")
  return inside === "" ? `<${name}${head}/>` : `<${name}${head}>${inside}</${name}>`
}

const DECLARATION = '<?xml version="1.0" encoding="UTF-8"?>'

export function writeDocument(root: Element): Uint8Array {
  return new TextEncoder().encode(DECLARATION + writeTree(root))
}
