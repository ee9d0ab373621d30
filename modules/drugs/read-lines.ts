/**
 * A file as lines of bytes, however long somebody made them. What is longer than a line may be is
 * cut and says so; the lines behind it are read on.
 */
import { createReadStream } from "node:fs"

export const LINE_BYTES_MAX = 16_384
const NEW_LINE = 0x0a

export interface RawLine {
  /** From 1. */
  readonly number: number
  readonly text: string
  readonly isCut: boolean
  /** Of the file, read when this line ended. */
  readonly bytesRead: number
}

export async function* readLines(path: string): AsyncGenerator<RawLine> {
  let pending: Buffer = Buffer.alloc(0)
  let isCut = false
  let number = 0
  let bytesRead = 0
  const lineOf = (bytes: Buffer): RawLine => {
    number++
    return { number, text: decoded(bytes).replace(/\r$/, ""), isCut, bytesRead }
  }
  for await (const chunk of createReadStream(path)) {
    if (!Buffer.isBuffer(chunk)) continue
    bytesRead += chunk.length
    let from = 0
    for (let end = chunk.indexOf(NEW_LINE); end !== -1; end = chunk.indexOf(NEW_LINE, from)) {
      const line = joined(pending, chunk.subarray(from, end))
      isCut ||= line.isCut
      yield lineOf(line.bytes)
      pending = Buffer.alloc(0)
      isCut = false
      from = end + 1
    }
    const rest = joined(pending, chunk.subarray(from))
    pending = rest.bytes
    isCut ||= rest.isCut
  }
  if (pending.length > 0) yield lineOf(pending)
}

function joined(one: Buffer, other: Buffer): { readonly bytes: Buffer; readonly isCut: boolean } {
  const room = LINE_BYTES_MAX - one.length
  const bytes = Buffer.concat([one, other.subarray(0, room)])
  return { bytes, isCut: other.length > room }
}

const utf8 = new TextDecoder("utf-8", { fatal: true })
/** What the directory's older files are written in. */
const western = new TextDecoder("windows-1252")

function decoded(bytes: Buffer): string {
  try {
    return utf8.decode(bytes)
  } catch {
    return western.decode(bytes)
  }
}
