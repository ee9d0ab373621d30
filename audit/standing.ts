/** How large the log is and when it was last signed for, for whoever looks after the machine. */
import { readdir, stat } from "node:fs/promises"
import { join } from "node:path"
import { CHECKPOINT_PATH, readWhole } from "./tile-files.ts"

export interface AuditStanding {
  readonly bytes: number
  /** Entries that the newest checkpoint speaks for. */
  readonly signed: number
  readonly signedAtMs?: number
}

export async function auditStanding(folder: string): Promise<AuditStanding> {
  const found = await readdir(folder, { recursive: true, withFileTypes: true })
  const files = found.filter((one) => one.isFile()).map((one) => join(one.parentPath, one.name))
  // A partial tile may be gone by now: the next one holds what it held.
  const sizes = await Promise.all(files.map(async (file) => await stat(file).then(sizeOf, none)))
  const bytes = sizes.reduce((sum, size) => sum + size, 0)
  const note = (await readWhole(folder, CHECKPOINT_PATH))?.toString()
  if (note === undefined) return { bytes, signed: 0 }
  const { mtimeMs } = await stat(join(folder, CHECKPOINT_PATH))
  return { bytes, signed: Number(note.split("\n")[1] ?? 0), signedAtMs: Math.round(mtimeMs) }
}

const sizeOf = ({ size }: { readonly size: number }): number => size
const none = (): number => 0
