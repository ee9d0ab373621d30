/**
 * The host's end of the backups: it alone has the master key, and no key leaves it. What a disk
 * refuses is an outage; a copy is removed only by its own name.
 */
import { existsSync, readdirSync, rmSync, statSync } from "node:fs"
import { mkdtemp, readdir, readFile, rm, stat, statfs, writeFile } from "node:fs/promises"
import { basename, join, resolve, sep } from "node:path"
import { backUp, KEYS_BACKUP_FILE, restore, STORE_FILE } from "#core/backup.ts"
import { systemClock } from "#core/clock.ts"
import { Outage } from "#core/fault.ts"
import { DERIVATION_FILE } from "#core/key-source.ts"
import type { KeyRing } from "#core/keys.ts"
import type { AuditVerdict, BackupsPort, MadeBackup } from "#core/ports.ts"
import type { Store } from "#core/store.ts"
import { holdingsOf } from "./holdings.ts"
import { countReadable } from "./rehearsal.ts"

const MADE = /^documents-(\d+)(\.\d+)?\.backup$/
const MIB_BYTES = 2 ** 20
/** What stands open to nobody but its owner. */
const OTHERS = 0o077

export interface VaultOptions {
  /** The data folder. */
  readonly folder: string
  /** Where the site file says the master key is. */
  readonly key: string
  readonly master: Uint8Array
  readonly store: Store
  readonly keys: KeyRing
  /** The log that stands beside the documents and is no part of the copy. */
  readonly audit: {
    checkpoint(): Promise<string>
    verify(kept: readonly string[]): Promise<AuditVerdict>
    standing(): Promise<{ bytes: number; signed: number; signedAtMs?: number }>
  }
}

/** Folders are seen from the data folder. */
export function vaultOf(options: VaultOptions): BackupsPort {
  const { folder } = options
  const at = (to: string): string => resolve(folder, to)
  forgetUnfinished(folder)
  return {
    key: async () => keyPlace(options),
    place: (to) => onDisk(() => folderOf(folder, at(to))),
    list: (to) => onDisk(() => listed(at(to))),
    make: (to) => onDisk(() => made(options, at(to))),
    progress: async (to) => progressOf(folder, at(to)),
    rehearse: (to, name) => onDisk(() => rehearsed(options, at(to), named(name))),
    holdings: () => onDisk(async () => await counted(options)),
    remove: (to, name) => onDisk(() => removed(at(to), named(name))),
  }
}

/** A crash leaves what it was at: sealed documents, which nothing needs any more. */
function forgetUnfinished(folder: string): void {
  for (const name of existsSync(folder) ? readdirSync(folder) : [])
    if (/^(backup|restore|rehearsal)-/.test(name)) rmSync(join(folder, name), { recursive: true })
}

/** Our own outages say what they are; what else fails here is the disk. */
async function onDisk<T>(act: () => Promise<T>): Promise<T> {
  try {
    return await act()
  } catch (trouble) {
    throw trouble instanceof Outage ? trouble : new Outage("backup_failed")
  }
}

function named(name: string): string {
  if (!MADE.test(name)) throw new Outage("backup_failed", { retryable: false })
  return name
}

type KeyPlace = Awaited<ReturnType<BackupsPort["key"]>>

function keyPlace({ key, folder }: VaultOptions): KeyPlace {
  const [, source = "", place = ""] = /^(\w+):(.+)$/s.exec(key) ?? []
  if (source === "keychain") return { source, isPrivate: true, isBesideData: false }
  const file = source === "file" ? resolve(folder, place) : join(folder, DERIVATION_FILE)
  const found = statSync(file, { throwIfNoEntry: false })
  const isPrivate = found !== undefined && (found.mode & OTHERS) === 0
  const isKey = source === "file"
  const isBesideData = isKey && file.startsWith(resolve(folder) + sep)
  return { source: isKey ? "file" : "passphrase", isPrivate, isBesideData }
}

async function folderOf(data: string, path: string) {
  // Where a folder is not made yet, the nearest one above it tells which disk it will be on.
  let near = path
  while (!existsSync(near)) near = resolve(near, "..")
  const [there, here, disk] = await Promise.all([stat(near), stat(data), statfs(near)])
  const freeMiB = Math.round((disk.bavail * disk.bsize) / MIB_BYTES)
  return { path, isOnDiskOfData: there.dev === here.dev, freeMiB }
}

async function listed(path: string): Promise<readonly MadeBackup[]> {
  if (!existsSync(path)) return []
  const names = (await readdir(path)).filter((name) => MADE.test(name))
  const found = await Promise.all(names.map((name) => backupOf(path, name)))
  return found.toSorted((one, other) => other.atMs - one.atMs)
}

async function backupOf(path: string, name: string): Promise<MadeBackup> {
  const { size } = await stat(join(path, name))
  return { name, atMs: Number(MADE.exec(name)?.[1] ?? 0), bytes: size }
}

async function made({ audit, ...node }: VaultOptions, to: string): Promise<MadeBackup> {
  const documents = await backUp({ ...node, clock: systemClock, to })
  // Public, and signed: it says how the log stood, to whoever has the log.
  await writeFile(noteOf(documents), await audit.checkpoint(), { mode: 0o600 })
  return await backupOf(to, basename(documents))
}

const noteOf = (documents: string): string => documents.replace(/\.backup$/, ".checkpoint")

/** How far the sealing of the documents is, by the size of what was written. */
function progressOf(folder: string, to: string) {
  const unfinished = existsSync(to)
    ? readdirSync(to).find((name) => /^documents-.*\.unfinished$/.test(name))
    : undefined
  const sizeOf = (file: string): number => statSync(file, { throwIfNoEntry: false })?.size ?? 0
  const doneBytes = unfinished === undefined ? 0 : sizeOf(join(to, unfinished))
  return { doneBytes, ofBytes: sizeOf(join(folder, STORE_FILE)) }
}

/** Restores into a folder of its own, reads every document, and removes it all again. */
async function rehearsed({ folder, master, audit }: VaultOptions, to: string, name: string) {
  const between = await mkdtemp(join(folder, "rehearsal-"))
  try {
    const documents = join(to, name)
    await restore({ folder: between, master, documents, keys: join(to, KEYS_BACKUP_FILE) })
    const counted = await countReadable(between, master)
    const note = await readFile(noteOf(documents), "utf8").catch(() => undefined)
    if (note === undefined) return { ...counted, audit: "unknown" as const, auditEntries: 0 }
    const { ok } = await audit.verify([note])
    const auditEntries = Number(note.split("\n")[1] ?? 0)
    return { ...counted, audit: ok ? ("same" as const) : ("other" as const), auditEntries }
  } finally {
    await rm(between, { recursive: true, force: true })
  }
}

async function counted({ audit, folder }: VaultOptions) {
  return { ...holdingsOf(join(folder, STORE_FILE)), audit: await audit.standing() }
}

async function removed(path: string, name: string): Promise<void> {
  await rm(join(path, name), { force: true })
  await rm(noteOf(join(path, name)), { force: true })
}
