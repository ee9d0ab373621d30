/** The examples of the README, run as they stand. */
import assert from "node:assert/strict"
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { test } from "node:test"
import { pathToFileURL } from "node:url"

test("every example of the page does what it says", async (t) => {
  const folder = mkdtempSync(join(tmpdir(), "mortar-telecom-"))
  t.after(() => rmSync(folder, { recursive: true, force: true, maxRetries: 10 }))
  const page = readFileSync(new URL("README.md", import.meta.url), "utf8")
  const examples = [...page.matchAll(/^```ts\n(.*?)^```/gms)].map(([, code = ""]) => code)
  assert.ok(examples.length > 0)
  for (const [index, code] of examples.entries()) {
    const here = new URL(".", import.meta.url).href
    const file = join(folder, `example-${index}.ts`)
    writeFileSync(file, code.replaceAll('from "./', `from "${here}`))
    await import(pathToFileURL(file).href)
  }
})
