/** `node scripts/run.mjs FILE …`: runs a file of the project on the Node that the project pins. */
import { root, runPinned } from "./pinned.mjs"

const [file, ...args] = process.argv.slice(2)
runPinned([`${root}${file}`, ...args])
