/** A copy of the repository to write into, and programs run in it. For tests only. */
import { spawnSync } from "node:child_process"
import { cpSync, mkdtempSync, readdirSync, rmSync, symlinkSync } from "node:fs"
import { tmpdir } from "node:os"
import { join } from "node:path"
import type { TestContext } from "node:test"

const root = join(import.meta.dirname, "../..")
const leftOut = new Set(["node_modules", "var", ".git"])

export function copyOfTheRepository(context: TestContext): string {
  const copy = mkdtempSync(join(tmpdir(), "mortar-scaffold-"))
  context.after(() => rmSync(copy, { recursive: true, force: true, maxRetries: 10 }))
  for (const name of readdirSync(root).filter((each) => !leftOut.has(each))) {
    cpSync(join(root, name), join(copy, name), { recursive: true })
  }
  symlinkSync(join(root, "node_modules"), join(copy, "node_modules"))
  return copy
}

export function run(cwd: string, args: readonly string[]): { status: number | null; said: string } {
  const env = { ...process.env, NODE_TEST_CONTEXT: undefined }
  const { status, stdout, stderr } = spawnSync(process.execPath, args, {
    cwd,
    env,
    encoding: "utf8",
  })
  return { status, said: stdout + stderr }
}
