import assert from "node:assert/strict"
import { spawnSync } from "node:child_process"
import { test } from "node:test"

const root = `${import.meta.dirname}/..`

/** Everything of `package.json` that is told by options. */
const scripts = [
  ...["bench/main.ts", "bench/conversations/main.ts", "scripts/anonymiser-report.ts"],
  ...["scripts/calls-spoken.ts", "scripts/docs.ts", "scripts/fuzz.ts"],
  "scripts/measure-understanding.ts",
]

function run(script: string, option: string) {
  const args = [script, option]
  const { status, stdout, stderr } = spawnSync(process.execPath, args, { cwd: root })
  return { status, stdout: String(stdout), stderr: String(stderr) }
}

for (const script of scripts)
  test(`${script} says what it does and takes, and refuses what it doesn't know`, () => {
    const help = run(script, "--help")
    assert.equal(help.status, 0, help.stderr)
    assert.match(help.stdout, /^\S.*\n/)
    assert.match(help.stdout, /\n {2}--[a-z]+/)
    const { status, stderr } = run(script, "--no-such-option")
    assert.equal(status, 2)
    assert.match(stderr, /Unknown option '--no-such-option'/)
    assert.doesNotMatch(stderr, /\n {4}at /)
  })
