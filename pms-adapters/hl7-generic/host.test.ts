/** The adapter as it runs: a process of its own, over the real store, sealed on the disk. */
import assert from "node:assert/strict"
import { join } from "node:path"
import { test } from "node:test"
import { openNode } from "../hosted.ts"
import { startHl7World } from "./world.ts"

test("what the feed told is there after a restart, and no name stands on the disk", async (t) => {
  const world = await startHl7World()
  t.after(() => world.stop())
  const node = openNode(t)
  const start = () =>
    node.start({
      modules: { pms: join(import.meta.dirname, "adapter.ts") },
      settings: { pms: world.settings(5_000) },
      ports: () => () => ({ secrets: { read: async () => "demo-word" } }) as never,
    })

  const first = await start()
  await world.told()
  const who = { lastName: "carter", dateOfBirth: "1958-03-14" }
  const found = await first.ask("pms", "findPatients", who)
  const refill = { rxNumber: "7001234", idempotencyKey: "key-in-the-host" }
  const submitted = Object(await first.ask("pms", "submitRefill", refill))
  await first.stop()

  const second = await start()
  assert.deepEqual(await second.ask("pms", "findPatients", who), found)
  assert.partialDeepStrictEqual(found, { patients: [{ patient: "1001", firstName: "James" }] })
  const again = await second.ask("pms", "submitRefill", refill)
  assert.partialDeepStrictEqual(again, { ticket: submitted.ticket, duplicate: true })
  await second.stop()

  const bytes = node.onDisk()
  for (const word of ["Carter", "CARTER", "7001234", "5125550100", "atorvastatin"]) {
    assert.ok(bytes.length > 0 && !bytes.includes(word), word)
  }
})
