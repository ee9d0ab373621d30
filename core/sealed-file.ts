/**
 * A file sealed to leave the node: libsodium's secretstream, in pieces of one size. It opens whole
 * or not at all: a piece that is changed, dropped, moved or cut off is noticed.
 */
import { hkdfSync } from "node:crypto"
import { type FileHandle, open } from "node:fs/promises"
import sodium from "libsodium-wrappers"
import { OutageAt } from "./fault.ts"
import { KEY_BYTES } from "./seal.ts"

await sodium.ready

const {
  crypto_secretstream_xchacha20poly1305_ABYTES: OVERHEAD_BYTES,
  crypto_secretstream_xchacha20poly1305_HEADERBYTES: HEADER_BYTES,
  crypto_secretstream_xchacha20poly1305_TAG_FINAL: LAST,
  crypto_secretstream_xchacha20poly1305_TAG_MESSAGE: MORE,
} = sodium

const PIECE_BYTES = 65_536

export interface SealedFileOptions {
  readonly from: string
  readonly to: string
  /** 32 bytes. */
  readonly key: Uint8Array
}

/** Derives from the master key one that seals files of a kind, and nothing else. */
export function fileKey(master: Uint8Array, kind: string): Uint8Array {
  return new Uint8Array(hkdfSync("sha256", master, "", `mortar file ${kind}`, KEY_BYTES))
}

/** Writes as header (24 bytes), then pieces of 65,536 bytes and 17 of seal; the last is shorter. */
export async function sealFile({ from, to, key }: SealedFileOptions): Promise<void> {
  await using source = await open(from)
  await using target = await open(to, "wx", 0o600)
  const { state, header } = sodium.crypto_secretstream_xchacha20poly1305_init_push(key)
  await target.write(header)
  for (let isLast = false; !isLast; ) {
    const piece = await readPiece(source, PIECE_BYTES)
    isLast = piece.length < PIECE_BYTES
    const tag = isLast ? LAST : MORE
    await target.write(sodium.crypto_secretstream_xchacha20poly1305_push(state, piece, null, tag))
  }
  await target.sync()
}

/** Throws an outage, `tampered`, with the file's name, when it is not what was sealed. */
export async function openFile({ from, to, key }: SealedFileOptions): Promise<void> {
  await using source = await open(from)
  await using target = await open(to, "wx", 0o600)
  const header = await readPiece(source, HEADER_BYTES)
  if (header.length < HEADER_BYTES) throw new OutageAt("tampered", from)
  const state = sodium.crypto_secretstream_xchacha20poly1305_init_pull(header, key)
  for (let isLast = false; !isLast; ) {
    const sealed = await readPiece(source, PIECE_BYTES + OVERHEAD_BYTES)
    isLast = sealed.length < PIECE_BYTES + OVERHEAD_BYTES
    if (sealed.length < OVERHEAD_BYTES) throw new OutageAt("tampered", from)
    const piece = sodium.crypto_secretstream_xchacha20poly1305_pull(state, sealed, null)
    if (!piece || (piece.tag === LAST) !== isLast) throw new OutageAt("tampered", from)
    await target.write(piece.message)
  }
  await target.sync()
}

/** As many bytes as asked for, or fewer at the end of the file. */
async function readPiece(file: FileHandle, bytes: number): Promise<Uint8Array> {
  const piece = new Uint8Array(bytes)
  let filled = 0
  while (filled < bytes) {
    const { bytesRead } = await file.read(piece, filled, bytes - filled)
    if (bytesRead === 0) break
    filled += bytesRead
  }
  return piece.subarray(0, filled)
}
