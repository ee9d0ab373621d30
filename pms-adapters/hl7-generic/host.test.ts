/** The adapter as it runs: a process of its own, over the real store, sealed on the disk. */
import assert from "node:assert/strict"
import { randomBytes } from "node:crypto"
import { mkdtempSync, readdirSync, readFileSync, rmSync } from "node:fs"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { test } from "node:test"
import { systemClock } from "#core/clock.ts"
import { Host } from "#core/host.ts"
import { KeyRing } from "#core/keys.ts"
import type { Log } from "#core/log.ts"
import { KEY_BYTES } from "#core/seal.ts"
import { Store } from "#core/store.ts"
import { startHl7World } from "./world.ts"

const silence = (): void => undefined
const log: Log = { debug: silence, info: silence, warn: silence, error: silence, child: () => log }

test("what the feed told is there after a restart, and no name stands on the disk", async (t) => {
  const undo = new AsyncDisposableStack()
  t.after(() => undo.disposeAsync())
  const folder = mkdtempSync(join(tmpdir(), "mortar-hl7-"))
  undo.defer(() => rmSync(folder, { recursive: true, force: true, maxRetries: 10 }))
  const world = await startHl7World()
  undo.defer(() => world.stop())
  const keys = KeyRing.open(join(folder, "keys.db"), randomBytes(KEY_BYTES))
  undo.defer(() => keys.close())
  const store = Store.open({ file: join(folder, "store.db"), keys, clock: systemClock })
  undo.defer(() => store.close())

  const start = async () => {
    const host = await Host.load(
      { pms: join(import.meta.dirname, "adapter.ts") },
      { clock: systemClock, log },
    )
    await host.start({
      filesFolder: folder,
      store,
      timeZone: "America/Chicago",
      settings: { pms: world.settings(5_000) },
      decide: ({ action }) => ({ verdict: "allow", tier: 0, row: action, rules: [] }),
      audit: async () => undefined,
      hasRow: () => true,
      grants: new Proxy({}, { get: () => ["pms"] }) as never,
      ports: () => () => ({ secrets: { read: async () => "demo-word" } }) as never,
    })
    return host
  }
  const ask = async (host: Host, command: string, input: object) => {
    const actor = { kind: "system", module: "test" } as const
    const reply = await host.bus.request({ module: "pms", command, input, actor, options: {} })
    assert.ok(reply.kind === "done", JSON.stringify(reply))
    return reply.value
  }

  const first = await start()
  await world.told?.()
  const who = { lastName: "carter", dateOfBirth: "1958-03-14" }
  const found = await ask(first, "findPatients", who)
  const refill = { rxNumber: "7001234", idempotencyKey: "key-in-the-host" }
  const submitted = (await ask(first, "submitRefill", refill)) as { ticket: string }
  await first.stop()

  const second = await start()
  assert.deepEqual(await ask(second, "findPatients", who), found)
  assert.partialDeepStrictEqual(found, { patients: [{ patient: "1001", firstName: "James" }] })
  const again = await ask(second, "submitRefill", refill)
  assert.partialDeepStrictEqual(again, { ticket: submitted.ticket, duplicate: true })
  await second.stop()

  const files = readdirSync(folder).filter((name) => name.startsWith("store.db"))
  const bytes = Buffer.concat(files.map((name) => readFileSync(join(folder, name))))
  for (const word of ["Carter", "CARTER", "7001234", "5125550100", "atorvastatin"]) {
    assert.ok(bytes.length > 0 && !bytes.includes(word), word)
  }
})
