/** A backup of a house, and all that it can still open: what stands in it, and what ever stood. */
import { cpSync, mkdtempSync, rmSync } from "node:fs"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { Type as t } from "typebox"
import { backUp, restore, STORE_FILE } from "../core/backup.ts"
import { systemClock } from "../core/clock.ts"
import { KEY_RING_FILE, unlock } from "../core/key-source.ts"
import { KeyRing } from "../core/keys.ts"
import { Store } from "../core/store.ts"
import type { House } from "./house.ts"

export const spec = { schema: t.Unknown() }

/** Where words of a patient's stand. */
const kept = {
  conversations: { states: spec },
  messaging: { messages: spec },
  recordings: { recordings: spec },
  transcripts: { lines: spec, turns: spec },
  verification: { attempts: spec },
}
const names = Object.entries(kept).flatMap(([module, collections]) =>
  Object.keys(collections).map((collection) => `${module}.${collection}`),
)

async function ringOf(folder: string) {
  const master = await unlock("file:master.key", { folder, environment: {} })
  return { master, keys: KeyRing.open(join(folder, KEY_RING_FILE), master) }
}

export async function backedUp({ folder, store }: House, to: string): Promise<string> {
  const { keys, master } = await ringOf(folder)
  try {
    return await backUp({ folder, store, keys, master, clock: systemClock, to })
  } finally {
    keys.close()
  }
}

/** A backup, of documents and of keys, that was put back into a folder of its own. */
export async function restored<T>(
  home: string,
  [documents, keysFile]: readonly [string, string],
  look: (store: Store, keys: KeyRing, folder: string) => T,
): Promise<T> {
  const folder = mkdtempSync(join(tmpdir(), "mortar-restored-"))
  cpSync(join(home, "master.key"), join(folder, "master.key"))
  const master = await unlock("file:master.key", { folder, environment: {} })
  await restore({ folder, master, documents, keys: keysFile })
  const { keys } = await ringOf(folder)
  const store = Store.open({ file: join(folder, STORE_FILE), keys, clock: systemClock })
  try {
    return look(store, keys, folder)
  } finally {
    store.close()
    keys.close()
    rmSync(folder, { recursive: true, force: true, maxRetries: 10 })
  }
}

/**
 * All that a backup can still open, as JSON. The journal in it is played again, step by step, to
 * see each document as it was at every moment.
 */
export async function everKept(home: string, files: readonly [string, string]): Promise<string> {
  return await restored(home, files, (store, keys, folder) => {
    const again = Store.open({ file: join(folder, "again.db"), keys, clock: systemClock })
    const found = new Set<string>()
    const note = (from: Store) => {
      for (const name of names)
        for (const { id, doc } of from.collection(name).find({ limit: 1_000 }))
          found.add(JSON.stringify([name, id, doc]))
    }
    for (const one of [store, again])
      for (const [module, collections] of Object.entries(kept)) one.declare(module, collections)
    note(store)
    for (const entry of store.journalFrom(1, 100_000)) {
      again.applyJournal([entry])
      note(again)
    }
    again.close()
    return [...found].join("\n")
  })
}
