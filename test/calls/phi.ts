/** Looks for patients where none may be: in every line of the log and every byte on the disk. */
import assert from "node:assert/strict"
import { readdirSync, readFileSync } from "node:fs"
import { join } from "node:path"
import type { TestContext } from "node:test"
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

/** After all calls of a house: three tests more. */
export async function checkNobodyIsFound(t: TestContext, house: House): Promise<void> {
  const words = await tellingWords(house)
  assert.ok(words.length > 0)
  await t.test("nobody called stands in a line of the log", () => {
    assert.equal(house.log.caught(), 0, "the net withheld something")
    const telling = house.logged.filter((line) => holds(words, line))
    assert.ok(house.logged.length > 0)
    assert.equal(telling.length, 0, `${telling.length} lines tell`)
  })
  await t.test("nobody called can be read on the disk", (t) => {
    const { files, bytes, telling } = searchFiles(house.folder, words)
    t.diagnostic(`${words.length} words searched in ${files} files of ${bytes} bytes`)
    assert.ok(bytes > 0)
    assert.deepEqual(telling, [])
  })
  await t.test("the audit log of all these calls verifies", async () => {
    const verdict = await house.audit.verify()
    assert.equal(verdict.ok, true)
  })
}

/** Every word of the cast that tells who somebody is or what they take. */
async function tellingWords({ pmsUrl }: House): Promise<readonly string[]> {
  const { cast } = (await (await fetch(`${pmsUrl}/cast`)).json()) as { cast: readonly Played[] }
  const words = cast.flatMap(({ patient, prescriptions }) => [
    ...[patient.lastName, `${patient.firstName} ${patient.lastName}`, patient.bornOn],
    ...[...patient.phones, patient.zip],
    ...prescriptions.flatMap(({ rx, drug }) => [rx, drug]),
  ])
  return [...new Set(words)].filter((word) => word.length >= TELLING_CHARACTERS)
}

/** A few digits turn up inside any long number, such as a time: there they tell nothing. */
const FEW_DIGITS = /^\d{1,6}$/

function holds(words: readonly string[], text: string): boolean {
  return words.some((word) =>
    FEW_DIGITS.test(word) ? new RegExp(`(?<!\\d)${word}(?!\\d)`).test(text) : text.includes(word),
  )
}

interface Searched {
  readonly files: number
  readonly bytes: number
  /** Files that hold one of the words, in their name or in what they hold. */
  readonly telling: readonly string[]
}

/** The FDA's public directory names every drug there is, and nobody who takes one. */
const PUBLIC = "ndc-directory"

/** A sentence that is being spoken into a file, which has another name a moment later. */
const UNFINISHED = ".ulaw.part"

/** Reads every file below a folder as the bytes it is. */
function searchFiles(folder: string, words: readonly string[]): Searched {
  const files = readdirSync(folder, { recursive: true, withFileTypes: true }).filter(
    (entry) => entry.isFile() && entry.name !== PUBLIC && !entry.name.endsWith(UNFINISHED),
  )
  let bytes = 0
  const telling = files.filter(({ parentPath, name }) => {
    const held = readFileSync(join(parentPath, name))
    bytes += held.length
    return holds(words, `${name}\n${held.toString("latin1")}`)
  })
  return { files: files.length, bytes, telling: telling.map(({ name }) => name) }
}
