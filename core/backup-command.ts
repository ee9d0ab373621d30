/** `mortar backup` and `mortar restore`, for an operator at the machine. */
import { join } from "node:path"
import { backUp, KEYS_BACKUP_FILE, restore, STORE_FILE } from "./backup.ts"
import type { Subcommand } from "./cli.ts"
import { systemClock } from "./clock.ts"
import { readBasics, readEnvironment } from "./config.ts"
import { KEY_RING_FILE, unlock } from "./key-source.ts"
import { KeyRing } from "./keys.ts"
import type { Environment } from "./secrets.ts"
import { Store } from "./store.ts"

const backupHelp = `mortar backup FOLDER
    Copies documents and keys, sealed under the master key, while Mortar runs or not.
    Recordings and the audit log are files of their own below MORTAR_DATA: copy files/ and audit/.`

const restoreHelp = `mortar restore DOCUMENTS
    Puts a copy of the documents, and the keys beside it, into an empty MORTAR_DATA.
    The master key is not in a backup: it has to be there as the site file says.`

const BAD_USE = 2

export function backupCommands(siteFile: string, environment: Environment) {
  const unlocked = async () => {
    const { dataFolder: folder } = readEnvironment(environment)
    const master = await unlock(readBasics(siteFile).key, { folder, environment })
    return { folder, master }
  }

  const backup: Subcommand = async ([to = "--help"]) => {
    if (to === "--help") return told(backupHelp)
    const { folder, master } = await unlocked()
    using open = new DisposableStack()
    const keys = KeyRing.open(join(folder, KEY_RING_FILE), master)
    open.defer(() => keys.close())
    const store = Store.open({ file: join(folder, STORE_FILE), keys, clock: systemClock })
    open.defer(() => store.close())
    const documents = await backUp({ folder, store, keys, master, clock: systemClock, to })
    process.stdout.write(`${documents}\n${join(to, KEYS_BACKUP_FILE)}\n`)
    return 0
  }

  const restoreInto: Subcommand = async ([documents = "--help"]) => {
    if (documents === "--help") return told(restoreHelp)
    const { folder, master } = await unlocked()
    await restore({ folder, master, documents, keys: join(documents, "..", KEYS_BACKUP_FILE) })
    process.stdout.write(`Restored into ${folder}.\n`)
    return 0
  }

  return { backup, restore: restoreInto }
}

function told(help: string): number {
  process.stdout.write(`${help}\n`)
  return BAD_USE
}
