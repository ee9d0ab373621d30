/** The adapter as it runs: a process of its own, over the real store, sealed on the disk. */
import { test } from "node:test"
import { outlivesRestart } from "../feed-world.ts"
import { startHl7World } from "./world.ts"

test("what the feed told is there after a restart, and no name stands on the disk", async (t) => {
  const world = await startHl7World()
  t.after(() => world.stop())
  await outlivesRestart(t, {
    folder: import.meta.dirname,
    world,
    ports: () => () => ({ secrets: { read: async () => "demo-word" } }) as never,
    tell: () => world.told(),
  })
})
