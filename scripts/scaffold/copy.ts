/** Copies a living example with its tests under a new name. Never writes over what is there. */
import { spawnSync } from "node:child_process"
import { existsSync, mkdirSync, readdirSync, readFileSync, statSync, writeFileSync } from "node:fs"
import { dirname, join, relative } from "node:path"
import { EMPTY_WORDS } from "../../test/tidy/names.ts"
import { rename } from "./rename.ts"

const NAME_CHARACTERS_MAX = 40

export interface Example {
  /** `modules` or `pms-adapters`. */
  readonly folder: string
  readonly from: string
  /** How the example calls itself inside; its folder may be marked with `_`. */
  readonly calledInside: string
  /** What to do after that, one line each. */
  readonly next: readonly string[]
}

/** What is wrong with a name, or undefined. */
export function problemWith(name: string, taken: readonly string[]): string | undefined {
  if (!/^[a-z][a-z0-9]*(-[a-z0-9]+)*$/.test(name)) return "write it in kebab-case, like med-sync"
  if (name.length > NAME_CHARACTERS_MAX) return `use at most ${NAME_CHARACTERS_MAX} characters`
  const empty = name.split("-").find((word) => EMPTY_WORDS.has(word))
  if (empty !== undefined) return `"${empty}" says nothing; say what it is`
  return taken.includes(name) ? "that name is taken" : undefined
}

export function copyExample(root: string, example: Example, name: string): string {
  const source = join(root, example.folder, example.from)
  const target = join(root, example.folder, name)
  for (const path of filesIn(source)) {
    if (path.endsWith("contract.lock.json") || path.endsWith("CHANGELOG.md")) continue
    const renaming = { from: example.calledInside, to: name, isPage: path.endsWith(".md") }
    // In a path the name is written as in a string.
    const to = rename(`"${relative(source, path)}`, { ...renaming, isPage: false }).slice(1)
    mkdirSync(dirname(join(target, to)), { recursive: true })
    writeFileSync(join(target, to), withFirstVersion(rename(readFileSync(path, "utf8"), renaming)))
  }
  format(root, target)
  return target
}

/** What is new has not been promised to anybody. */
function withFirstVersion(text: string): string {
  return text.replace(/\bversion: "\d+\.\d+\.\d+"/g, 'version: "0.1.0"')
}

function filesIn(path: string): readonly string[] {
  if (!statSync(path).isDirectory()) return [path]
  return readdirSync(path).flatMap((name) => filesIn(join(path, name)))
}

function format(root: string, target: string): void {
  const biome = join(root, "node_modules/.bin/biome")
  spawnSync(process.execPath, [biome, "check", "--write", target], { cwd: root, stdio: "ignore" })
}

/** The command line of a scaffold: one name in, a folder out, or a sentence on why not. */
export function scaffold(root: string, example: Example, args: readonly string[]): number {
  const [name, ...rest] = args
  if (name === undefined || rest.length > 0) {
    console.error("Give one name, like med-sync.")
    return 1
  }
  const folder = join(root, example.folder)
  const taken = [...readdirSync(root), ...(existsSync(folder) ? readdirSync(folder) : []), "pms"]
  const problem = problemWith(name, taken)
  if (problem !== undefined) {
    console.error(`"${name}" will not do: ${problem}.`)
    return 1
  }
  const target = copyExample(root, example, name)
  console.log(`${relative(root, target)} is a copy of ${example.from}. Next:`)
  for (const [index, step] of example.next.entries()) console.log(`  ${index + 1}. ${step}`)
  return 0
}
