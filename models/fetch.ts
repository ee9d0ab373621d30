/**
 * Fills the cache: source after source until one gives the bytes the manifest promises. A file is
 * visible under its name only once its hash was checked.
 */
import { copyFile, mkdir, mkdtemp, readdir, rename, rm, stat, statfs } from "node:fs/promises"
import { basename, dirname, join } from "node:path"
import { forget, isIntact, remember, sha256Of, stateOf } from "./cache.ts"
import { filesOf, type Manifest, type ModelFile } from "./manifest.ts"
import { ModelError } from "./model-error.ts"
import { bring, nameOf, type Workshop } from "./sources.ts"

/** Slices and tarballs lie beside the finished file for a while. */
const SPACE_FACTOR = 2.5

const DRAFTS = ".pulling-"
/** A pull that was interrupted leaves its drafts; nobody works on one for this long. */
const ABANDONED_MS = 6 * 3_600_000

export interface Report {
  /** Called once, with what is to be fetched in all. */
  begin(files: number, bytes: number): void
  file(path: string): void
  bytes(count: number): void
  /** A source failed; the next one is tried. */
  trouble(text: string): void
  done(path: string, bytes: number): void
  end(): void
}

export interface PullOptions {
  readonly manifest: Manifest
  readonly profile: string
  readonly cache: string
  /** A folder to copy from before any network is tried: the cache of another machine. */
  readonly from?: string | undefined
  readonly report: Report
}

/** Brings everything of the profile that is not there yet; answers how many files it brought. */
export async function pull(options: PullOptions): Promise<number> {
  const absent: ModelFile[] = []
  for (const [, file] of filesOf(options.manifest, options.profile)) {
    if (!(await isHere(options.cache, file))) absent.push(file)
  }
  if (absent.length === 0) return 0
  const bytes = absent.reduce((sum, file) => sum + (file.bytes ?? 0), 0)
  await mkdir(options.cache, { recursive: true })
  await requireSpace(options.cache, bytes)
  await removeAbandoned(options.cache)
  const folder = await mkdtemp(join(options.cache, DRAFTS))
  options.report.begin(absent.length, bytes)
  try {
    for (const file of absent) {
      options.report.file(file.path)
      await fetchFile(file, options, { folder, onBytes: options.report.bytes })
      options.report.done(file.path, file.bytes ?? 0)
    }
  } finally {
    await rm(folder, { recursive: true, force: true })
    options.report.end()
  }
  return absent.length
}

export interface Checked {
  readonly path: string
  readonly state: "intact" | "corrupt" | "missing"
}

/** Hashes every file of the profile. What is corrupt is no longer trusted and is fetched again. */
export async function check(
  manifest: Manifest,
  profile: string,
  cache: string,
): Promise<Checked[]> {
  const checked: Checked[] = []
  for (const [, file] of filesOf(manifest, profile)) {
    const state = await stateOf(cache, file)
    if (state === "missing") checked.push({ path: file.path, state })
    else {
      const intact = await isIntact(cache, file)
      checked.push({ path: file.path, state: intact ? "intact" : "corrupt" })
    }
  }
  return checked
}

async function isHere(cache: string, file: ModelFile): Promise<boolean> {
  const state = await stateOf(cache, file)
  return state === "verified" || (state === "unverified" && (await isIntact(cache, file)))
}

async function removeAbandoned(cache: string): Promise<void> {
  const drafts = (await readdir(cache)).filter((name) => name.startsWith(DRAFTS))
  for (const name of drafts) {
    const path = join(cache, name)
    const { mtimeMs } = await stat(path)
    if (Date.now() - mtimeMs > ABANDONED_MS) await rm(path, { recursive: true, force: true })
  }
}

async function requireSpace(folder: string, bytes: number): Promise<void> {
  const disk = await statfs(folder)
  const free = disk.bavail * disk.bsize
  if (free < bytes * SPACE_FACTOR) {
    const wanted = Math.ceil((bytes * SPACE_FACTOR) / 1e9)
    throw new Error(`${folder} needs ${wanted} GB of free disk. Set MORTAR_MODELS to another disk.`)
  }
}

async function fetchFile(
  file: ModelFile,
  { cache, from, report }: PullOptions,
  workshop: Workshop,
): Promise<void> {
  const draft = join(workshop.folder, basename(file.path))
  const attempts: [name: string, attempt: () => Promise<void>][] = file.sources.map((source) => [
    nameOf(source),
    () => bring(source, draft, workshop),
  ])
  if (from !== undefined) attempts.unshift([`folder ${from}`, () => copyFrom(from, file, draft)])
  for (const [name, attempt] of attempts) {
    const trouble = await attempt().then(
      () => accept(file, draft, join(cache, file.path)),
      () => "could not be reached or does not have it",
    )
    if (trouble === undefined) return
    report.trouble(`${file.path}: ${name} ${trouble}.`)
  }
  throw new ModelError("model_unreachable", `${file.path} came from none of its sources.`)
}

/** Moves the draft to its place when it is what the manifest promises; else says what is wrong. */
async function accept(file: ModelFile, draft: string, target: string): Promise<string | undefined> {
  const { size } = await stat(draft)
  if (file.bytes !== null && size !== file.bytes) return `gave ${size} bytes, not ${file.bytes}`
  const sha256 = await sha256Of(draft)
  if (file.sha256 !== null && sha256 !== file.sha256) return "gave a file with another hash"
  await mkdir(dirname(target), { recursive: true })
  await forget(target)
  await rename(draft, target)
  await remember(target, sha256)
  return undefined
}

async function copyFrom(folder: string, file: ModelFile, draft: string): Promise<void> {
  const flat = join(folder, basename(file.path))
  await copyFile(join(folder, file.path), draft).catch(() => copyFile(flat, draft))
}
