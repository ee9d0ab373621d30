/**
 * Where weights lie on this machine, and which of them were verified. Hashing takes seconds, so a
 * verified file is remembered by size and modification time. It trusts nothing else.
 */
import { createHash } from "node:crypto"
import { createReadStream } from "node:fs"
import { readFile, rename, rm, stat, writeFile } from "node:fs/promises"
import { homedir } from "node:os"
import { join } from "node:path"
import { pipeline } from "node:stream/promises"
import { type Static, Type as t } from "typebox"
import { Value } from "typebox/value"
import type { ModelFile } from "./manifest.ts"
import { ourManifest } from "./manifest.ts"
import { ModelError } from "./model-error.ts"

const Mark = t.Object({ bytes: t.Integer(), mtimeMs: t.Number(), sha256: t.String() })
type Mark = Static<typeof Mark>

export type FileState = "verified" | "unverified" | "missing"

/** `MORTAR_MODELS`, else the user's cache folder of the platform. */
export function cacheFolder(): string {
  const chosen = process.env.MORTAR_MODELS
  if (chosen !== undefined && chosen !== "") return chosen
  const caches =
    process.platform === "darwin"
      ? join(homedir(), "Library", "Caches")
      : (process.env.XDG_CACHE_HOME ?? join(homedir(), ".cache"))
  return join(caches, "mortar", "models")
}

/** Where the voice keeps sentences it has rendered, so that a second clone renders none again. */
export function sentencesFolder(): string {
  return join(cacheFolder(), "sentences")
}

export async function sha256Of(path: string): Promise<string> {
  const hash = createHash("sha256")
  await pipeline(createReadStream(path, { highWaterMark: 1 << 20 }), hash)
  return hash.digest("hex")
}

const markPath = (path: string): string => `${path}.verified`

async function readMark(path: string): Promise<Mark | undefined> {
  const text = await readFile(markPath(path), "utf8").catch(() => "null")
  try {
    const mark: unknown = JSON.parse(text)
    return Value.Check(Mark, mark) ? mark : undefined
  } catch {
    return undefined
  }
}

/** Remembers that the file as it is now has this hash. */
export async function remember(path: string, sha256: string): Promise<void> {
  const { size, mtimeMs } = await stat(path)
  const mark: Mark = { bytes: size, mtimeMs, sha256 }
  const draft = `${markPath(path)}.${process.pid}`
  await writeFile(draft, JSON.stringify(mark))
  await rename(draft, markPath(path))
}

export async function forget(path: string): Promise<void> {
  await rm(markPath(path), { force: true })
}

/** Without reading the file: is it the one that was verified? */
export async function stateOf(folder: string, file: ModelFile): Promise<FileState> {
  const path = join(folder, file.path)
  const found = await stat(path).catch(() => undefined)
  if (found === undefined) return "missing"
  const mark = await readMark(path)
  const isSame = mark?.bytes === found.size && mark.mtimeMs === found.mtimeMs
  const isWanted = file.sha256 === null || mark?.sha256 === file.sha256
  return isSame && isWanted ? "verified" : "unverified"
}

/** Reads the whole file. Where the manifest has no hash, the one recorded at the fetch counts. */
export async function isIntact(folder: string, file: ModelFile): Promise<boolean> {
  const path = join(folder, file.path)
  const wanted = file.sha256 ?? (await readMark(path))?.sha256
  const seen = await sha256Of(path).catch(() => undefined)
  if (seen === undefined || (wanted !== undefined && seen !== wanted)) {
    await forget(path)
    return false
  }
  await remember(path, seen)
  return true
}

/** The path of a verified model, for whoever loads it. Throws what an operator can act on. */
export async function modelPath(id: string, folder = cacheFolder()): Promise<string> {
  const file = ourManifest().files[id]
  if (file === undefined) throw new Error(`The manifest has no ${id}.`)
  const state = await stateOf(folder, file)
  if (state === "missing") throw new ModelError("model_missing", `${file.path} is not there.`)
  if (state === "unverified" && !(await isIntact(folder, file))) {
    throw new ModelError("model_corrupt", `${file.path} has not the hash of the manifest.`)
  }
  return join(folder, file.path)
}
