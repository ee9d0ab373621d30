/**
 * A strict reader for the XML that TwiML uses: elements, attributes, text, comments and the five
 * named entities. No doctype, no namespaces, no processing beyond the declaration.
 */

export interface Element {
  readonly name: string
  readonly attributes: Readonly<Record<string, string>>
  readonly children: readonly Element[]
  /** The element's own text, trimmed. */
  readonly text: string
}

export class XmlError extends Error {}

const documentBytesMax = 64 * 1024
const depthMax = 16

/** Reads one document and returns its root, or throws an XmlError that names the place. */
export function readXml(source: string): Element {
  if (Buffer.byteLength(source) > documentBytesMax) throw new XmlError("longer than 64 KiB")
  return new Reader(source.replace(/^\uFEFF/, "")).document()
}

const namePattern = /[A-Za-z_][\w.-]*/y
const entities: ReadonlyMap<string, string> = new Map([
  ["amp", "&"],
  ["lt", "<"],
  ["gt", ">"],
  ["quot", '"'],
  ["apos", "'"],
])
const codePointMax = 0x10ffff

class Reader {
  readonly #source: string
  #at = 0

  constructor(source: string) {
    this.#source = source
  }

  document(): Element {
    if (this.#source.startsWith("<?xml")) this.#at = this.#indexAfter("?>")
    this.#skipSpaceAndComments()
    const root = this.#element(0)
    this.#skipSpaceAndComments()
    if (this.#at < this.#source.length) this.#fail("something follows the root element")
    return root
  }

  #element(depth: number): Element {
    if (depth > depthMax) this.#fail("nested too deeply")
    this.#expect("<")
    const name = this.#name()
    const attributes = this.#attributes()
    if (this.#take("/>")) return { name, attributes, children: [], text: "" }
    this.#expect(">")
    const { children, text } = this.#content(depth)
    if (this.#name() !== name) this.#fail(`the end of another element inside ${name}`)
    this.#skipSpace()
    this.#expect(">")
    return { name, attributes, children, text: text.trim() }
  }

  #attributes(): Record<string, string> {
    const attributes: Record<string, string> = {}
    for (;;) {
      const hadSpace = this.#skipSpace()
      if (this.#peek(">") || this.#peek("/>")) return attributes
      if (!hadSpace) this.#fail("no space before an attribute")
      const name = this.#name()
      if (Object.hasOwn(attributes, name)) this.#fail(`the attribute ${name} twice`)
      this.#skipSpace()
      this.#expect("=")
      this.#skipSpace()
      const quote = this.#take('"') ? '"' : "'"
      if (quote === "'") this.#expect("'")
      const end = this.#source.indexOf(quote, this.#at)
      if (end < 0) this.#fail("an attribute without an end")
      attributes[name] = this.#decode(this.#source.slice(this.#at, end))
      this.#at = end + 1
    }
  }

  /** Reads up to and including the `</` that ends the element. */
  #content(depth: number): { children: Element[]; text: string } {
    const children: Element[] = []
    let text = ""
    for (;;) {
      if (this.#take("</")) return { children, text }
      if (this.#peek("<!--")) this.#at = this.#indexAfter("-->")
      else if (this.#take("<![CDATA[")) {
        const end = this.#indexAfter("]]>")
        text += this.#source.slice(this.#at, end - 3)
        this.#at = end
      } else if (this.#peek("<")) children.push(this.#element(depth + 1))
      else {
        const end = this.#source.indexOf("<", this.#at)
        if (end < 0) this.#fail("the document ends inside an element")
        text += this.#decode(this.#source.slice(this.#at, end))
        this.#at = end
      }
    }
  }

  #decode(raw: string): string {
    if (raw.includes("<")) this.#fail("a bare < in a value")
    return raw.replace(/&([^;&\s]*)(;?)/g, (_, name: string, end: string) => {
      if (end === "") this.#fail("a bare &")
      const code = /^#(?:x([0-9a-fA-F]{1,6})|(\d{1,7}))$/.exec(name)
      const point = code
        ? Number.parseInt(code[1] ?? code[2]!, code[1] ? 16 : 10)
        : codePointMax + 1
      if (point <= codePointMax) return String.fromCodePoint(point)
      return entities.get(name) ?? this.#fail("an unknown entity")
    })
  }

  #name(): string {
    namePattern.lastIndex = this.#at
    const found = namePattern.exec(this.#source)
    if (!found) return this.#fail("a name was expected")
    this.#at += found[0].length
    return found[0]
  }

  #skipSpace(): boolean {
    const from = this.#at
    while (/\s/.test(this.#source[this.#at] ?? "")) this.#at++
    return this.#at > from
  }

  #skipSpaceAndComments(): void {
    this.#skipSpace()
    while (this.#peek("<!--")) {
      this.#at = this.#indexAfter("-->")
      this.#skipSpace()
    }
  }

  #indexAfter(mark: string): number {
    const found = this.#source.indexOf(mark, this.#at)
    return found < 0 ? this.#fail(`no ${mark}`) : found + mark.length
  }

  #peek(mark: string): boolean {
    return this.#source.startsWith(mark, this.#at)
  }

  #take(mark: string): boolean {
    if (!this.#peek(mark)) return false
    this.#at += mark.length
    return true
  }

  #expect(mark: string): void {
    if (!this.#take(mark)) this.#fail(`${mark} was expected`)
  }

  #fail(problem: string): never {
    throw new XmlError(`character ${this.#at}: ${problem}`)
  }
}
