/** `mortar drugs import`: the FDA's NDC directory, for an operator at the machine. */
import { mkdir, stat } from "node:fs/promises"
import { join } from "node:path"
import type { WriteStream } from "node:tty"
import type { Subcommand } from "#core/cli.ts"
import { readEnvironment } from "#core/config.ts"
import type { Environment } from "#core/secrets.ts"
import { drugs } from "./contract.ts"
import { type Following, importDirectory, REFUSED_FILE } from "./import-directory.ts"

const help = `mortar drugs import PRODUCT.TXT PACKAGE.TXT
    Reads the two files of the FDA's NDC directory (its "NDC database file", as text) into
    MORTAR_DATA, while Mortar runs or not. Lines that can't be used are told with their
    reasons and kept in a file; if they are many, nothing is changed.`

const SUCCESS = 0
const FAILED = 1
const BAD_USE = 2
/** More of them than this are read in the file. */
const TOLD_MAX = 20

/** A bar, as somebody at a terminal is shown one. */
export interface Bar {
  begin(files: number, bytes: number): void
  file(name: string): void
  bytes(count: number): void
  end(): void
}

const noBar: Bar = { begin: nothing, file: nothing, bytes: nothing, end: nothing }

/** The command; it answers the exit code. Only a terminal is drawn a bar on. */
export function drugsCommand(
  environment: Environment,
  barOn: (terminal: WriteStream) => Bar,
  print: (line: string) => void = toTerminal,
): Subcommand {
  const bar = process.stderr.isTTY ? barOn(process.stderr) : noBar
  return async ([command, ...files]) => {
    if (command !== "import" || files.length === 0 || files.some((one) => one.startsWith("-"))) {
      print(help)
      return BAD_USE
    }
    const sizes = await Promise.all(files.map(sizeOf))
    const absent = files.filter((_, at) => sizes[at] === undefined)
    for (const file of absent) print(`${file} can't be read.`)
    if (absent.length > 0) return FAILED
    const folder = join(readEnvironment(environment).dataFolder, "files", drugs.name)
    await mkdir(folder, { recursive: true, mode: 0o700 })
    bar.begin(
      files.length,
      sizes.reduce((sum: number, size) => sum + (size ?? 0), 0),
    )
    const following: Following = bar
    const imported = await importDirectory(files, folder, following).finally(() => bar.end())
    const { refused } = imported
    for (const { file, line, why } of refused.slice(0, TOLD_MAX)) print(`${file}:${line}: ${why}`)
    if (refused.length > TOLD_MAX) print(`and ${refused.length - TOLD_MAX} lines more`)
    if (refused.length > 0) print(`All of them are in ${join(folder, REFUSED_FILE)}.`)
    if (imported.kind === "nothing") {
      print(imported.why)
      return FAILED
    }
    const { products, packages, excluded } = imported
    print(`${products} products in ${packages} packages; ${excluded} lines the FDA left out.`)
    return SUCCESS
  }
}

async function sizeOf(file: string): Promise<number | undefined> {
  try {
    const found = await stat(file)
    return found.isFile() ? found.size : undefined
  } catch {
    return undefined
  }
}

function nothing(): void {}

function toTerminal(line: string): void {
  process.stdout.write(`${line}\n`)
}
