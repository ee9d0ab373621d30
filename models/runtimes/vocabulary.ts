/**
 * Token numbers to text, for the Llama 2 vocabulary. It is the one long base64 text in a JavaScript
 * file, which is read and never run.
 */
import { readFileSync } from "node:fs"
import { ModelError } from "../model-error.ts"

const TOKENS = 32_000
const FIRST_BASE64_TEXT = /[A-Za-z0-9+/=]{10000,}/
const BYTE_TOKEN = /^<0x([0-9A-F]{2})>$/
const SPECIAL_TOKEN = /^<.+>$/

export class Vocabulary {
  readonly #pieces: readonly Buffer[]

  constructor(path: string) {
    const encoded = FIRST_BASE64_TEXT.exec(readFileSync(path, "utf8"))?.[0] ?? ""
    const pieces = Buffer.from(encoded, "base64").toString("utf8").split("\n")
    if (pieces.length !== TOKENS) {
      throw new ModelError("model_unreadable", `${path} is not the vocabulary.`)
    }
    this.#pieces = pieces.map(bytesOf)
  }

  /** Tokens without a text of their own read as nothing. */
  decode(tokens: readonly number[]): string {
    const bytes = tokens.map((token) => this.#pieces[token] ?? Buffer.alloc(0))
    return Buffer.concat(bytes).toString("utf8").trim()
  }
}

function bytesOf(piece: string): Buffer {
  const byte = BYTE_TOKEN.exec(piece)?.[1]
  if (byte !== undefined) return Buffer.from(byte, "hex")
  return SPECIAL_TOKEN.test(piece) ? Buffer.alloc(0) : Buffer.from(piece.replaceAll("▁", " "))
}
