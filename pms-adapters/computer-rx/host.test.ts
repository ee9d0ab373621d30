/** The adapter as it runs: a process of its own, over the real store, sealed on the disk. */
import assert from "node:assert/strict"
import { readdirSync } from "node:fs"
import { test } from "node:test"
import { outlivesRestart } from "../feed-world.ts"
import { startComputerRxWorld } from "./world.ts"

test("what the exports told is there after a restart, and no name stands on the disk", async (t) => {
  const world = await startComputerRxWorld()
  t.after(() => world.stop())
  const submitted = await outlivesRestart(t, {
    folder: import.meta.dirname,
    world,
    ports: () => () => ({ secrets: { read: async () => "demo-word" } }) as never,
    tell: () => world.tell("export", {}),
  })
  assert.deepEqual(submitted, { ticket: "key-in-the-host", duplicate: false })
  assert.deepEqual(readdirSync(world.folders.exportsFolder), [])
})
