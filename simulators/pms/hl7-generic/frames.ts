/** This vendor's own MLLP, simple as such code is: a buffer, and whatever is whole in it. */

export function framed(text: string): string {
  return `\x0b${text}\x1c\r`
}

export class Unframer {
  #text = ""

  /** Takes bytes as they come and answers the messages that are whole now. */
  add(chunk: Buffer): readonly string[] {
    this.#text += chunk.toString("utf8")
    const messages: string[] = []
    for (;;) {
      const start = this.#text.indexOf("\x0b")
      const end = this.#text.indexOf("\x1c\r", start)
      if (start < 0 || end < 0) return messages
      messages.push(this.#text.slice(start + 1, end))
      this.#text = this.#text.slice(end + 2)
    }
  }
}
