/** What a request to the public port carries, read only as far as it may be large. */
import type { IncomingMessage } from "node:http"

/** The whole body; undefined when it is too large or never ends well. */
export async function bodyOf(
  request: IncomingMessage,
  bytesMax: number,
): Promise<Buffer | undefined> {
  const pieces: Buffer[] = []
  let size = 0
  try {
    for await (const piece of request) {
      if (!Buffer.isBuffer(piece)) return undefined
      size += piece.length
      if (size > bytesMax) return undefined
      pieces.push(piece)
    }
  } catch {
    return undefined
  }
  return Buffer.concat(pieces)
}
