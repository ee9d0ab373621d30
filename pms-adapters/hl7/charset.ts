/**
 * Bytes to text and back, by the name in MSH-18. What the sender did not name is read as UTF-8, and
 * as ISO 8859-1 when it is not that. Bytes that are not what they claim to be are never guessed at.
 */
import { isAscii } from "node:buffer"
import { Hl7Error } from "./trouble.ts"

const at = { segment: "MSH", field: 18 } as const

const UTF_8 = "UNICODE UTF-8"
const LATIN_1 = "8859/1"

/** Names of the standard, to names that the runtime knows. */
const decoders: Readonly<Record<string, string>> = {
  [UTF_8]: "utf-8",
  ...Object.fromEntries([2, 3, 4, 5, 6, 7, 8].map((n) => [`8859/${n}`, `iso-8859-${n}`])),
  "8859/9": "windows-1254",
  "8859/15": "iso-8859-15",
  "GB 18030-2000": "gb18030",
  "KS X 1001": "euc-kr",
  "BIG-5": "big5",
}

/** Nobody named it, or named the half that all of them share. */
const isUnnamed = (name: string): boolean => name === "" || name === "ASCII"

export function textOf(bytes: Uint8Array, name: string): string {
  const buffer = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  if (name === LATIN_1 || (isUnnamed(name) && isAscii(buffer))) return buffer.toString("latin1")
  if (isUnnamed(name)) return decoded(buffer, "utf-8") ?? buffer.toString("latin1")
  const decoder = decoders[name]
  if (decoder === undefined) throw new Hl7Error("unknown_charset", at)
  const text = decoded(buffer, decoder)
  if (text === undefined) throw new Hl7Error("bad_text", at)
  return text
}

/** Decoders are made anew: one that failed in the middle may remember half a character. */
function decoded(bytes: Uint8Array, decoder: string): string | undefined {
  try {
    return new TextDecoder(decoder, { fatal: true }).decode(bytes)
  } catch {
    return undefined
  }
}

/** We write UTF-8 and ISO 8859-1. What those can't hold is refused, not replaced. */
export function bytesOf(text: string, name: string): Buffer {
  if (isUnnamed(name) || name === UTF_8) {
    if (!text.isWellFormed()) throw new Hl7Error("unwritable", at)
    return Buffer.from(text, "utf8")
  }
  const fits = name === LATIN_1 && !/[^\0-\xff]/.test(text)
  if (!fits) throw new Hl7Error("unwritable", at)
  return Buffer.from(text, "latin1")
}
