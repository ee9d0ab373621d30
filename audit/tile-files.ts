/** The files of a log, each written whole or not at all: a reader never meets half of one. */
import { mkdir, open, readdir, readFile, rename, rm } from "node:fs/promises"
import { dirname, join } from "node:path"
import { HASH_BYTES } from "./merkle.ts"
import { bundlePath, decodeTile, type Place, TILE_WIDTH, tilePath } from "./tiles.ts"

export const CHECKPOINT_PATH = "checkpoint"

export interface LogFile {
  /** Below the log's folder. */
  readonly path: string
  readonly bytes: Uint8Array
}

/** Writes beside the place, makes it safe on the disk, then moves it there. */
export async function writeWhole(folder: string, { path, bytes }: LogFile): Promise<void> {
  const target = join(folder, path)
  await mkdir(dirname(target), { recursive: true })
  const file = await open(`${target}.tmp`, "w", 0o600)
  try {
    await file.writeFile(bytes)
    await file.sync()
  } finally {
    await file.close()
  }
  await rename(`${target}.tmp`, target)
}

/** Writes files side by side: the disk then makes them safe in one go. */
export async function writeAll(folder: string, files: readonly LogFile[]): Promise<void> {
  await Promise.all(files.map((file) => writeWhole(folder, file)))
}

/** The bytes of a file, or undefined when there is none. */
export async function readWhole(folder: string, path: string): Promise<Buffer | undefined> {
  try {
    return await readFile(join(folder, path))
  } catch (error) {
    if (isMissing(error)) return undefined
    throw error
  }
}

export async function removeFile(folder: string, path: string): Promise<void> {
  await rm(join(folder, path), { force: true })
}

/** The hashes of a tile. A wider tile at the same place serves as well: tiles only grow. */
export async function readTile(
  folder: string,
  place: Place,
): Promise<readonly Buffer[] | undefined> {
  const bytes = await readGrown(folder, place.width, (width) => tilePath({ ...place, width }))
  if (!bytes || bytes.length % HASH_BYTES !== 0) return undefined
  return decodeTile(bytes, place.width)
}

/** The bytes of the bundle under a tile of level 0, or of one that holds more of the same. */
export function readBundle(
  folder: string,
  place: Omit<Place, "level">,
): Promise<Buffer | undefined> {
  return readGrown(folder, place.width, (width) => bundlePath({ ...place, width }))
}

/** Between two looks a live log may have replaced a file by a wider one. */
const LOOKS_MAX = 3

async function readGrown(
  folder: string,
  width: number,
  pathOf: (width: number) => string,
): Promise<Buffer | undefined> {
  for (let look = 0; look < LOOKS_MAX; look++) {
    const bytes = await lookOnce(folder, width, pathOf)
    if (bytes) return bytes
  }
  return undefined
}

async function lookOnce(
  folder: string,
  width: number,
  pathOf: (width: number) => string,
): Promise<Buffer | undefined> {
  const exact = await readWhole(folder, pathOf(width))
  if (exact || width === TILE_WIDTH) return exact
  const full = await readWhole(folder, pathOf(TILE_WIDTH))
  if (full) return full
  const wider = (await widthsIn(join(folder, dirname(pathOf(width))))).find((it) => it > width)
  return wider === undefined ? undefined : readWhole(folder, pathOf(wider))
}

async function widthsIn(folder: string): Promise<readonly number[]> {
  try {
    const names = await readdir(folder)
    return names.map(Number).filter(Number.isInteger)
  } catch (error) {
    if (isMissing(error)) return []
    throw error
  }
}

function isMissing(error: unknown): boolean {
  return error instanceof Error && "code" in error && error.code === "ENOENT"
}
