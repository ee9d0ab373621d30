/**
 * Frames out of a stream of bytes: 0x0B, a message, 0x1C 0x0D. A frame is handed on once, whole,
 * however the network cut it; half a frame is never taken for a message.
 */

const START = 0x0b
const END = 0x1c
const RETURN = 0x0d
/** Enough of a frame that was not kept, to answer who sent it. */
const HEAD_BYTES_MAX = 1_024

export type Frame =
  | { readonly kind: "message"; readonly bytes: Buffer }
  /** Too large, or not closed as it must be. `head` is how it began. */
  | { readonly kind: "oversize" | "broken"; readonly head: Buffer }

export function framed(message: Uint8Array): Buffer {
  return Buffer.concat([Buffer.of(START), message, Buffer.of(END, RETURN)])
}

export class FrameReader {
  readonly #bytesMax: number
  /** What came of the frame that is being read; undefined between frames. */
  #pieces: Buffer[] | undefined
  #bytes = 0
  #mayEnd = false
  #strayBytes = 0

  constructor(bytesMax: number) {
    this.#bytesMax = bytesMax
  }

  /** Bytes between frames, which belong to none. */
  get strayBytes(): number {
    return this.#strayBytes
  }

  /** Takes what the network brought, and answers the frames that it ended. */
  read(chunk: Buffer): readonly Frame[] {
    const frames: Frame[] = []
    let from = 0
    while (from < chunk.length) {
      from = this.#pieces ? this.#inside(chunk, from, frames) : this.#between(chunk, from)
    }
    return frames
  }

  #between(chunk: Buffer, from: number): number {
    const start = chunk.indexOf(START, from)
    const end = start < 0 ? chunk.length : start
    this.#strayBytes += end - from
    if (start >= 0) this.#begin()
    return end + 1
  }

  #begin(): void {
    this.#pieces = []
    this.#bytes = 0
    this.#mayEnd = false
  }

  #inside(chunk: Buffer, from: number, frames: Frame[]): number {
    if (this.#mayEnd) {
      if (chunk[from] === RETURN) {
        frames.push({ kind: "message", bytes: this.#close() })
        return from + 1
      }
      frames.push({ kind: "broken", head: this.#close().subarray(0, HEAD_BYTES_MAX) })
      return from
    }
    const end = chunk.indexOf(END, from)
    const piece = chunk.subarray(from, end < 0 ? chunk.length : end)
    const restart = piece.indexOf(START)
    if (restart >= 0) {
      this.#keep(piece.subarray(0, restart))
      frames.push({ kind: "broken", head: this.#close().subarray(0, HEAD_BYTES_MAX) })
      this.#begin()
      return from + restart + 1
    }
    this.#keep(piece)
    this.#mayEnd = end >= 0
    if (this.#bytes > this.#bytesMax) {
      frames.push({ kind: "oversize", head: this.#close().subarray(0, HEAD_BYTES_MAX) })
    }
    return end < 0 ? chunk.length : end + 1
  }

  #keep(piece: Buffer): void {
    this.#pieces?.push(piece)
    this.#bytes += piece.length
  }

  #close(): Buffer {
    const bytes = Buffer.concat(this.#pieces ?? [])
    this.#pieces = undefined
    return bytes
  }
}
