/**
 * A recording on the disk: libsodium's secretstream, written as it comes. What is on the disk at
 * any moment is encrypted, and a piece that is changed, dropped or moved is noticed on reading.
 */
import { type FileHandle, open, readFile } from "node:fs/promises"
import sodium, { type StateAddress } from "libsodium-wrappers"

const LENGTH_BYTES = 4
const PIECE_BYTES_MAX = 1 << 20

await sodium.ready

export function newKey(): string {
  return sodium.to_base64(sodium.crypto_secretstream_xchacha20poly1305_keygen())
}

/** A file being written. One writer, pieces in order. */
export class SealedWriter {
  readonly #file: FileHandle
  readonly #state: StateAddress

  private constructor(file: FileHandle, state: StateAddress) {
    this.#file = file
    this.#state = state
  }

  static async create(path: string, key: string): Promise<SealedWriter> {
    const { state, header } = sodium.crypto_secretstream_xchacha20poly1305_init_push(
      sodium.from_base64(key),
    )
    const file = await open(path, "wx", 0o600)
    await file.write(header)
    return new SealedWriter(file, state)
  }

  async write(piece: Uint8Array): Promise<void> {
    await this.#push(piece, sodium.crypto_secretstream_xchacha20poly1305_TAG_MESSAGE)
  }

  /** Seals the end as well, so that a file that was cut short is told from one that ended. */
  async end(): Promise<void> {
    await this.#push(new Uint8Array(), sodium.crypto_secretstream_xchacha20poly1305_TAG_FINAL)
    await this.#file.sync()
    await this.#file.close()
  }

  async #push(piece: Uint8Array, tag: number): Promise<void> {
    const sealed = sodium.crypto_secretstream_xchacha20poly1305_push(this.#state, piece, null, tag)
    const length = Buffer.alloc(LENGTH_BYTES)
    length.writeUInt32BE(sealed.length)
    await this.#file.write(Buffer.concat([length, sealed]))
  }
}

export interface Opened {
  readonly audio: Uint8Array
  /** False when the writer was cut off: the call's node died. */
  readonly hasEnd: boolean
}

/** Undefined when any part of the file is not what was written. */
export async function readSealed(path: string, key: string): Promise<Opened | undefined> {
  const file = await readFile(path)
  const headerBytes = sodium.crypto_secretstream_xchacha20poly1305_HEADERBYTES
  if (file.length < headerBytes) return undefined
  const state = sodium.crypto_secretstream_xchacha20poly1305_init_pull(
    file.subarray(0, headerBytes),
    sodium.from_base64(key),
  )
  const pieces: Uint8Array[] = []
  for (let at = headerBytes; at + LENGTH_BYTES <= file.length; ) {
    const length = file.readUInt32BE(at)
    at += LENGTH_BYTES
    // The last piece may have been cut off by a power failure; anything longer is damage.
    if (length > PIECE_BYTES_MAX) return undefined
    if (at + length > file.length) break
    const piece = sodium.crypto_secretstream_xchacha20poly1305_pull(
      state,
      file.subarray(at, at + length),
      null,
    )
    if (!piece) return undefined
    at += length
    if (piece.tag === sodium.crypto_secretstream_xchacha20poly1305_TAG_FINAL)
      return { audio: Buffer.concat(pieces), hasEnd: true }
    pieces.push(piece.message)
  }
  return { audio: Buffer.concat(pieces), hasEnd: false }
}
