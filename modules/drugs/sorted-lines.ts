/**
 * A file of sorted lines, searched where it lies: a quarter of a million packages cost no memory.
 * Never written in place; whoever has it open goes on reading the one they opened.
 */
import { type FileHandle, open, rename, writeFile } from "node:fs/promises"

/** The longest line there may be, with its end. */
export const SORTED_LINE_BYTES_MAX = 65_536

const NEW_LINE = 0x0a

export class SortedLines {
  readonly #file: FileHandle
  readonly #size: number

  private constructor(file: FileHandle, size: number) {
    this.#file = file
    this.#size = size
  }

  /** Writes them beside the file and puts them in its place at once. */
  static async write(path: string, lines: Iterable<string>): Promise<void> {
    const sorted = [...new Set(lines)].sort()
    const beside = `${path}.new`
    await writeFile(beside, sorted.map((line) => `${line}\n`).join(""), { mode: 0o600 })
    await rename(beside, path)
  }

  static async open(path: string): Promise<SortedLines> {
    const file = await open(path, "r")
    return new SortedLines(file, (await file.stat()).size)
  }

  async close(): Promise<void> {
    await this.#file.close()
  }

  /** At most `limit` lines that begin so, in order. */
  async beginning(prefix: string, limit: number): Promise<readonly string[]> {
    const found: string[] = []
    let at = await this.#firstFrom(prefix)
    while (at < this.#size && found.length < limit) {
      const { line, bytes } = await this.#lineAt(at)
      if (!line.startsWith(prefix)) break
      found.push(line)
      at += bytes
    }
    return found
  }

  /** Where the first line starts that does not come before the key. */
  async #firstFrom(key: string): Promise<number> {
    let low = 0
    let high = this.#size
    while (low < high) {
      const middle = Math.floor((low + high) / 2)
      const start = await this.#startFrom(middle)
      if (start >= high) {
        high = middle
        continue
      }
      const { line, bytes } = await this.#lineAt(start)
      if (line < key) low = start + bytes
      else high = middle
    }
    return low
  }

  /** The first start of a line at this byte or after it. */
  async #startFrom(at: number): Promise<number> {
    if (at === 0) return 0
    const { bytes } = await this.#lineAt(at - 1)
    return at - 1 + bytes
  }

  async #lineAt(at: number): Promise<{ readonly line: string; readonly bytes: number }> {
    const { buffer, bytesRead } = await this.#file.read({
      buffer: Buffer.allocUnsafe(SORTED_LINE_BYTES_MAX),
      position: at,
    })
    const end = buffer.subarray(0, bytesRead).indexOf(NEW_LINE)
    const length = end === -1 ? bytesRead : end
    return { line: buffer.toString("utf8", 0, length), bytes: length + 1 }
  }
}
