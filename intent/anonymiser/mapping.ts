/** Placeholders and what they stand for, as plain data. The mapping itself never leaves the house;
 * only what it knows is ever turned back. */
import type { Thing } from "./known.ts"

export interface Mapping {
  readonly entries: readonly {
    /** `[PATIENT_1]`. */
    readonly placeholder: string
    /** The same for the same real thing. */
    readonly key: string
    readonly value: string
  }[]
}

const written = /\[[A-Z]+_\d+\]/g
/** What a model may make of a placeholder: unknown brackets, lost brackets, another case. */
const suspicious = /[[\]]|[a-z]{2,}_\d/i

/** A growing mapping: what was given is kept, new things get the next number of their type. */
export class Placeholders {
  readonly #byKey = new Map<string, string>()
  readonly #entries: Mapping["entries"][number][]
  readonly #counts = new Map<string, number>()

  constructor(given: Mapping | undefined) {
    this.#entries = [...(given?.entries ?? [])]
    for (const { placeholder, key } of this.#entries) {
      this.#byKey.set(key, placeholder)
      const [, type = "", number = "0"] = /^\[([A-Z]+)_(\d+)\]$/.exec(placeholder) ?? []
      this.#counts.set(type, Math.max(this.#counts.get(type) ?? 0, Number(number)))
    }
  }

  for({ type, key, value }: Thing): string {
    const existing = this.#byKey.get(key)
    if (existing !== undefined) return existing
    const number = (this.#counts.get(type) ?? 0) + 1
    this.#counts.set(type, number)
    const placeholder = `[${type}_${number}]`
    this.#byKey.set(key, placeholder)
    // A bracket in a value could be taken for a placeholder when it comes back.
    this.#entries.push({ placeholder, key, value: value.replace(/[[\]]/g, " ").trim() })
    return placeholder
  }

  has(key: string): boolean {
    return this.#byKey.has(key)
  }

  mapping(): Mapping {
    return { entries: [...this.#entries] }
  }
}

/** Puts the meaning of every placeholder back. With one that is not known, it is no answer. */
export function putBack(
  text: string,
  { entries }: Mapping,
): { ok: true; text: string } | { ok: false } {
  const values = new Map(entries.map(({ placeholder, value }) => [placeholder, value]))
  const pieces = text.split(written)
  const found = text.match(written) ?? []
  if (pieces.some((piece) => suspicious.test(piece))) return { ok: false }
  if (found.some((placeholder) => !values.has(placeholder))) return { ok: false }
  const back = found.map((placeholder) => values.get(placeholder) ?? "")
  return { ok: true, text: pieces.map((piece, at) => piece + (back[at] ?? "")).join("") }
}
