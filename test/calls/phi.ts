/** Looks for patients where none may be: in every line of the log and every byte on the disk. */
import { readdirSync, readFileSync } from "node:fs"
import { join } from "node:path"
import type { House } from "../house.ts"

/** Shorter words turn up among random bytes and in ordinary sentences. */
const TELLING_CHARACTERS = 5

interface Played {
  readonly patient: {
    readonly firstName: string
    readonly lastName: string
    readonly bornOn: string
    readonly phones: readonly string[]
    readonly zip: string
  }
  readonly prescriptions: readonly { readonly rx: string; readonly drug: string }[]
}

/** Every word of the cast that tells who somebody is or what they take. */
export async function tellingWords({ pmsUrl }: House): Promise<readonly string[]> {
  const { cast } = (await (await fetch(`${pmsUrl}/cast`)).json()) as { cast: readonly Played[] }
  const words = cast.flatMap(({ patient, prescriptions }) => [
    ...[patient.lastName, `${patient.firstName} ${patient.lastName}`, patient.bornOn],
    ...[...patient.phones, patient.zip],
    ...prescriptions.flatMap(({ rx, drug }) => [rx, drug]),
  ])
  return [...new Set(words)].filter((word) => word.length >= TELLING_CHARACTERS)
}

/** Which of these words stand in a text. Counts each, tells none. */
export function found(words: readonly string[], text: string): number {
  return words.filter((word) => text.includes(word)).length
}

export interface Searched {
  readonly files: number
  readonly bytes: number
  /** Files that hold one of the words, in their name or in what they hold. */
  readonly telling: readonly string[]
}

/** Reads every file below a folder as the bytes it is. */
export function searchFiles(folder: string, words: readonly string[]): Searched {
  const files = readdirSync(folder, { recursive: true, withFileTypes: true }).filter((entry) =>
    entry.isFile(),
  )
  let bytes = 0
  const telling = files.filter(({ parentPath, name }) => {
    const held = readFileSync(join(parentPath, name))
    bytes += held.length
    return found(words, `${name}\n${held.toString("latin1")}`) > 0
  })
  return { files: files.length, bytes, telling: telling.map(({ name }) => name) }
}
