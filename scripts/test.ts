/** `npm test`: the gates of `npm run check`, then every test in one run of `node --test`. */
import { spawnSync } from "node:child_process"
import { parseArgs } from "node:util"

const CONCURRENT_FILES = 2
const FILE_TIMEOUT_MS = 600_000
const folders = [
  ...["audit", "bench", "cluster", "core", "dashboard", "deploy", "intent", "models", "modules"],
  ...["pms-adapters", "scripts", "simulators", "test", "tiers", "voice"],
]

const { positionals } = parseArgs({ allowPositionals: true })
const root = `${import.meta.dirname}/..`

function run(args: readonly string[]): boolean {
  return spawnSync(process.execPath, args, { cwd: root, stdio: "inherit" }).status === 0
}

// With names of files, only those: the gates are for the whole.
const isGreen = positionals.length > 0 || run(["scripts/check.ts"])
const isPassing = run([
  "--test",
  `--test-concurrency=${CONCURRENT_FILES}`,
  `--test-timeout=${FILE_TIMEOUT_MS}`,
  ...(positionals.length > 0 ? positionals : [`{${folders.join()}}/**/*.test.ts`]),
])
process.exitCode = isGreen && isPassing ? 0 : 1
