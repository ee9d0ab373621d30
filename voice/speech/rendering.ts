/** One sentence becoming telephone audio: it can be played from its first clause on. */

export class Rendering {
  #bytes: Uint8Array
  #length = 0
  #isDone = false
  #onChange: (() => void) | undefined

  constructor(ready?: Uint8Array) {
    this.#bytes = ready ?? new Uint8Array(0)
    this.#length = this.#bytes.length
    this.#isDone = ready !== undefined
  }

  get length(): number {
    return this.#length
  }

  /** Nothing more will come. */
  get isDone(): boolean {
    return this.#isDone
  }

  get bytes(): Uint8Array {
    return this.#bytes.subarray(0, this.#length)
  }

  append(bytes: Uint8Array): void {
    if (this.#length + bytes.length > this.#bytes.length) {
      const larger = new Uint8Array(Math.max(this.#bytes.length * 2, this.#length + bytes.length))
      larger.set(this.#bytes.subarray(0, this.#length))
      this.#bytes = larger
    }
    this.#bytes.set(bytes, this.#length)
    this.#length += bytes.length
    this.#onChange?.()
  }

  finish(): void {
    this.#isDone = true
    this.#onChange?.()
  }

  /** Up to `count` bytes from a position; short at the end of what is there. */
  read(from: number, count: number): Uint8Array {
    return this.#bytes.subarray(from, Math.min(from + count, this.#length))
  }

  /** Called at every change, until somebody else asks. */
  onChange(run: () => void): void {
    this.#onChange = run
  }
}
