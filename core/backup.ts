/**
 * Backups of a node, and back. Documents and keys leave in files of their own: many copies of the
 * documents may be kept, of the keys only the newest, so that who was erased since stays erased.
 */
import { existsSync } from "node:fs"
import { copyFile, mkdir, mkdtemp, rename, rm } from "node:fs/promises"
import { join } from "node:path"
import type { Clock } from "./clock.ts"
import { Outage } from "./fault.ts"
import { DERIVATION_FILE, KEY_RING_FILE } from "./key-source.ts"
import { KeyRing } from "./keys.ts"
import { fileKey, openFile, sealFile } from "./sealed-file.ts"
import type { Store } from "./store.ts"

/** The file of the documents in the data folder. */
export const STORE_FILE = "store.db"
/** The newest copy of the keys in a folder of backups. Each backup puts its own in its place. */
export const KEYS_BACKUP_FILE = "keys.backup"

export interface BackupOptions {
  /** The data folder. */
  readonly folder: string
  readonly store: Store
  readonly keys: KeyRing
  readonly master: Uint8Array
  readonly clock: Clock
  /** A folder of backups; made when it is not there. */
  readonly to: string
}

/** Copies documents and keys while they are in use. Answers the name of the documents' file. */
export async function backUp(options: BackupOptions): Promise<string> {
  const { folder, store, keys, master, clock, to } = options
  await mkdir(to, { recursive: true, mode: 0o700 })
  const between = await mkdtemp(join(folder, "backup-"))
  try {
    // Documents first: whatever key they need is then in the copy of the keys.
    await store.backup(join(between, STORE_FILE))
    await keys.backup(join(between, KEY_RING_FILE))
    const documents = join(to, `documents-${clock.nowMs()}.backup`)
    await leave({ from: join(between, STORE_FILE), to: documents, key: documentsKey(master) })
    await leave({
      from: join(between, KEY_RING_FILE),
      to: join(to, KEYS_BACKUP_FILE),
      key: keysKey(master),
    })
    const derivation = join(folder, DERIVATION_FILE)
    if (existsSync(derivation)) await copyFile(derivation, join(to, DERIVATION_FILE))
    return documents
  } finally {
    await rm(between, { recursive: true, force: true })
  }
}

export interface RestoreOptions {
  /** A data folder with neither documents nor keys in it; made when it is not there. */
  readonly folder: string
  readonly master: Uint8Array
  /** Any copy of the documents. */
  readonly documents: string
  /** The newest copy of the keys: an older one would bring back who was erased since. */
  readonly keys: string
}

/** Puts a backup in place, whole or not at all. Throws an outage when it is not ours or damaged. */
export async function restore({ folder, master, documents, keys }: RestoreOptions): Promise<void> {
  await mkdir(folder, { recursive: true, mode: 0o700 })
  const places = [join(folder, STORE_FILE), join(folder, KEY_RING_FILE)]
  if (places.some((place) => existsSync(place))) throw new Outage("data_present")
  const between = await mkdtemp(join(folder, "restore-"))
  try {
    const store = join(between, STORE_FILE)
    const ring = join(between, KEY_RING_FILE)
    await openFile({ from: documents, to: store, key: documentsKey(master) })
    await openFile({ from: keys, to: ring, key: keysKey(master) })
    KeyRing.open(ring, master).close()
    await rename(ring, join(folder, KEY_RING_FILE))
    await rename(store, join(folder, STORE_FILE))
  } finally {
    await rm(between, { recursive: true, force: true })
  }
}

const documentsKey = (master: Uint8Array): Uint8Array => fileKey(master, "documents backup")
const keysKey = (master: Uint8Array): Uint8Array => fileKey(master, "keys backup")

/** Under its name a backup is whole, or still the one before. */
async function leave(file: Parameters<typeof sealFile>[0]): Promise<void> {
  const unfinished = `${file.to}.unfinished`
  await rm(unfinished, { force: true })
  await sealFile({ ...file, to: unfinished })
  await rename(unfinished, file.to)
}
