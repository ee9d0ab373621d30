/**
 * The Node that the project pins: where it is, and how to run something on it. Any Node runs this.
 */
import { spawn } from "node:child_process"
import { existsSync } from "node:fs"
import { fileURLToPath } from "node:url"

export const root = fileURLToPath(new URL("..", import.meta.url))
export const pinnedNode = `${root}node_modules/.bin/node`

/** Runs a file of ours on the pinned Node, in this terminal, and ends as it ended. */
export function runPinned(args) {
  if (!existsSync(pinnedNode)) {
    console.error("Mortar is not set up here yet. Run: node scripts/setup.mjs")
    process.exit(1)
  }
  const child = spawn(pinnedNode, args, { stdio: "inherit" })
  // The terminal sends Ctrl-C to both of us; the child decides when it is done.
  process.on("SIGINT", () => {})
  for (const signal of ["SIGTERM", "SIGHUP"]) process.on(signal, () => child.kill(signal))
  child.on("exit", (code, signal) => {
    process.exitCode = code ?? (signal === "SIGINT" ? 130 : 1)
  })
}
