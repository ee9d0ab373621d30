/** What an installer is told of a system that can be asked by number only. */
import assert from "node:assert/strict"
import { mkdtempSync, rmSync, writeFileSync } from "node:fs"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { test } from "node:test"
import { pmsCommand } from "../command.ts"
import { startEnterpriseRxWorld } from "./world.ts"

test("an installer hears what works, how far it reaches, and why something is absent", async (t) => {
  const world = await startEnterpriseRxWorld()
  t.after(() => world.stop())
  const folder = mkdtempSync(join(tmpdir(), "mortar-pms-"))
  t.after(() => rmSync(folder, { recursive: true, force: true, maxRetries: 10 }))
  const siteFile = join(folder, "site.yaml")
  const pms = { adapter: "enterpriserx", settings: world.settings(3_000) }
  writeFileSync(siteFile, JSON.stringify({ key: "file:master", pms }))
  const lines: string[] = []
  const code = await pmsCommand(["test", "--rx", "7001234"], {
    siteFile,
    environment: { ENTERPRISERX_PASSWORD: "demo" },
    load: async (file): Promise<{ default?: unknown }> => import(file),
    print: (line) => void lines.push(line),
  })
  const text = lines.join("\n")
  assert.equal(code, 0, text)
  assert.match(text, /^works .*findPatients .*Only who has a prescription that was read before/m)
  assert.match(text, /^absent .*findPatientsByPhone .*asked by prescription number/m)
  assert.match(text, /^untried .*submitRefill/m)
  assert.deepEqual(await world.submissions(), [])
})
