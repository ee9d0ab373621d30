/** Whether all that a restored folder holds can be read, one document after the other. */
import { join } from "node:path"
import { setImmediate as nextTurn } from "node:timers/promises"
import { Type as t } from "typebox"
import { STORE_FILE } from "#core/backup.ts"
import { systemClock } from "#core/clock.ts"
import { Collection } from "#core/collection.ts"
import { openDatabase } from "#core/database.ts"
import { Outage } from "#core/fault.ts"
import { KEY_RING_FILE } from "#core/key-source.ts"
import { KeyRing } from "#core/keys.ts"
import { Store } from "#core/store.ts"

/** Documents read in one go: calls are answered in between. */
const AT_ONCE = 100
const anything = { schema: t.Unknown() }

interface Row {
  readonly number: number
  readonly name: string
}

/** Throws an outage, `tampered`, at the first thing that is not what was written. */
export async function countReadable(folder: string, master: Uint8Array) {
  using open = new DisposableStack()
  const keys = KeyRing.open(join(folder, KEY_RING_FILE), master)
  open.defer(() => keys.close())
  const file = join(folder, STORE_FILE)
  // Brings an older copy up to this version, and finishes what was erased since it was made.
  Store.open({ file, keys, clock: systemClock }).close()
  const db = openDatabase(file)
  open.defer(() => db.close())
  if (db.pragma("quick_check", { simple: true }) !== "ok") throw new Outage("tampered")
  let documents = 0
  for (const { number, name } of db
    .prepare<[], Row>("SELECT number, name FROM collections")
    .all()) {
    const collection = new Collection({ db, keys, name, number, spec: anything })
    for (const _ of collection.all()) {
      documents++
      if (documents % AT_ONCE === 0) await nextTurn()
    }
  }
  return { documents }
}
