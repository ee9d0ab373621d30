/**
 * `npm test`: the gates of `npm run check`, then every test, and last the calls that are spoken in
 * real time: ears that share two cores with other tests come too late, as on no pharmacy's machine.
 */
import { spawnSync } from "node:child_process"
import { parseArgs } from "node:util"

const CONCURRENT_FILES = 2
const TEST_TIMEOUT_MS = 600_000
const folders = [
  ...["audit", "bench", "cluster", "core", "dashboard", "deploy", "intent", "models", "modules"],
  ...["pms-adapters", "scripts", "simulators", "test", "tiers", "voice"],
]

const spokenCalls = "calls-spoken"

const { positionals } = parseArgs({ allowPositionals: true })
const root = `${import.meta.dirname}/..`

function run(args: readonly string[]): boolean {
  return spawnSync(process.execPath, args, { cwd: root, stdio: "inherit" }).status === 0
}

function runTests(files: readonly string[]): boolean {
  const limits = [`--test-concurrency=${CONCURRENT_FILES}`, `--test-timeout=${TEST_TIMEOUT_MS}`]
  return run(["--test", ...limits, ...files])
}

/** All of them run, also after a failure: who mends one wants to know of the others. */
function runAll(): boolean {
  const green = [
    run(["scripts/check.ts"]),
    runTests([`{${folders.join()}}/**/!(${spokenCalls}).test.ts`]),
    runTests([`test/${spokenCalls}.test.ts`]),
  ]
  return green.every(Boolean)
}

// With names of files, only those: the gates are for the whole.
const isPassing = positionals.length > 0 ? runTests(positionals) : runAll()
process.exitCode = isPassing ? 0 : 1
