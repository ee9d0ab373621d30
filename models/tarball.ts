/**
 * Takes named files out of an npm tarball. It reads the archive's bytes and nothing else: no path
 * from the archive is ever used as a path on disk, and nothing in it is ever run.
 */
import { createReadStream, createWriteStream } from "node:fs"
import { Readable } from "node:stream"
import { pipeline } from "node:stream/promises"
import { createGunzip } from "node:zlib"

const BLOCK_BYTES = 512

interface Header {
  readonly path: string
  readonly bytes: number
  readonly isFile: boolean
}

/** Text up to the first zero byte. */
function field(block: Buffer, from: number, length: number): string {
  const bytes = block.subarray(from, from + length)
  const end = bytes.indexOf(0)
  return bytes.subarray(0, end < 0 ? length : end).toString("utf8")
}

function readHeader(block: Buffer): Header | undefined {
  if (block.every((byte) => byte === 0)) return undefined
  const prefix = field(block, 345, 155)
  const name = field(block, 0, 100)
  return {
    path: prefix === "" ? name : `${prefix}/${name}`,
    bytes: Number.parseInt(field(block, 124, 12).trim(), 8),
    isFile: block[156] === 0x30 || block[156] === 0,
  }
}

/** Hands out a stream's bytes in the portions asked for. */
class Portions {
  readonly #chunks: AsyncIterator<Buffer>
  #rest: Buffer = Buffer.alloc(0)

  constructor(chunks: AsyncIterable<Buffer>) {
    this.#chunks = chunks[Symbol.asyncIterator]()
  }

  /** Some bytes, at most `most`; empty at the end. */
  async some(most: number): Promise<Buffer> {
    if (this.#rest.length === 0) {
      const next = await this.#chunks.next()
      if (next.done === true) return this.#rest
      this.#rest = next.value
    }
    const portion = this.#rest.subarray(0, most)
    this.#rest = this.#rest.subarray(portion.length)
    return portion
  }

  async exactly(count: number): Promise<Buffer> {
    const taken: Buffer[] = []
    for (let missing = count; missing > 0; ) {
      const portion = await this.some(missing)
      if (portion.length === 0) throw new Error("The archive ends in the middle.")
      taken.push(portion)
      missing -= portion.length
    }
    return Buffer.concat(taken)
  }

  async *stream(count: number): AsyncGenerator<Buffer> {
    for (let missing = count; missing > 0; ) {
      const portion = await this.some(missing)
      if (portion.length === 0) throw new Error("The archive ends in the middle.")
      missing -= portion.length
      yield portion
    }
  }

  async skip(count: number): Promise<void> {
    for await (const _ of this.stream(count));
  }
}

/** Writes each wanted member to the path given for it. Throws when one is not in the archive. */
export async function extract(
  tarball: string,
  wanted: ReadonlyMap<string, string>,
  onBytes: (count: number) => void,
): Promise<void> {
  const file = createReadStream(tarball)
  const unpacked = createGunzip({ chunkSize: 1 << 18 })
  file.on("error", (error) => unpacked.destroy(error))
  const archive = new Portions(file.pipe(unpacked))
  const missing = new Set(wanted.keys())
  while (missing.size > 0) {
    const header = readHeader(await archive.exactly(BLOCK_BYTES))
    if (header === undefined) break
    const target = header.isFile ? wanted.get(header.path) : undefined
    if (target === undefined) await archive.skip(header.bytes)
    else {
      await pipeline(
        Readable.from(counted(archive.stream(header.bytes), onBytes)),
        createWriteStream(target),
      )
      missing.delete(header.path)
    }
    await archive.skip((BLOCK_BYTES - (header.bytes % BLOCK_BYTES)) % BLOCK_BYTES)
  }
  file.destroy()
  if (missing.size > 0) throw new Error(`The archive has no ${[...missing].join(", ")}.`)
}

/** Passes bytes on and says how many went by. */
export async function* counted(
  chunks: AsyncIterable<Uint8Array>,
  onBytes: (count: number) => void,
): AsyncGenerator<Uint8Array> {
  for await (const chunk of chunks) {
    onBytes(chunk.length)
    yield chunk
  }
}
