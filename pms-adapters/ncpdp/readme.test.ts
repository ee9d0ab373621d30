/** The examples in the pages here run as they stand. */
import assert from "node:assert/strict"
import { execFile } from "node:child_process"
import { globSync, readFileSync } from "node:fs"
import { dirname, join } from "node:path"
import { test } from "node:test"
import { promisify } from "node:util"

const run = promisify(execFile)
const pages = globSync("{asap,script}/README.md", { cwd: import.meta.dirname })

const examplesIn = (page: string): readonly string[] =>
  [...page.matchAll(/^```ts\n([\s\S]*?)^```/gm)].map(([, code = ""]) => code)

assert.ok(pages.length > 0)

for (const page of pages) {
  const path = join(import.meta.dirname, page)
  const examples = examplesIn(readFileSync(path, "utf8"))
  test(`the examples in ${page} run`, async () => {
    for (const code of examples) {
      const args = ["--input-type=module-typescript", "--eval", code]
      await run(process.execPath, args, { cwd: dirname(path) })
    }
  })
}
