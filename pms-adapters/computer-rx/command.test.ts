/** What an installer is told of a system whose exports are taken once. */
import assert from "node:assert/strict"
import { mkdtempSync, readdirSync, rmSync, writeFileSync } from "node:fs"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { test } from "node:test"
import { pmsCommand } from "../command.ts"
import { startComputerRxWorld } from "./world.ts"

test("a trial takes no export away from the appliance, and says where to look instead", async (t) => {
  const world = await startComputerRxWorld()
  t.after(() => world.stop())
  const folder = mkdtempSync(join(tmpdir(), "mortar-pms-"))
  t.after(() => rmSync(folder, { recursive: true, force: true, maxRetries: 10 }))
  const siteFile = join(folder, "site.yaml")
  const pms = { adapter: "computer-rx", settings: world.settings(3_000) }
  writeFileSync(siteFile, JSON.stringify({ key: "file:master", pms }))
  await world.tell("export", {})
  const lines: string[] = []
  const code = await pmsCommand(["test", "--rx", "7001234"], {
    siteFile,
    environment: { COMPUTER_RX_WORD: "demo-word" },
    load: async (file): Promise<{ default?: unknown }> => import(file),
    print: (line) => void lines.push(line),
  })
  assert.equal(code, 1)
  assert.match(lines.join("\n"), /lost to the appliance/)
  assert.equal(readdirSync(world.folders.exportsFolder).length, 3)
})
