/** What vendors that tell, and can't be asked, have in common in tests. For tests only. */
import assert from "node:assert/strict"
import { join } from "node:path"
import type { TestContext } from "node:test"
import { cast } from "./cast.ts"
import { type HostedOptions, openNode } from "./hosted.ts"
import type { World } from "./world.ts"

export const feedWorld = {
  known: cast,
  offers: ["findPatientsByPhone", "submitRefill"],
  fromFeed: [
    "findPatients",
    "findPatientsByPhone",
    "getPatient",
    "getPrescription",
    "listPrescriptions",
    "refillEligibility",
  ],
} as const satisfies Pick<World, "known" | "offers" | "fromFeed">

interface Fed {
  /** Of the adapter. */
  readonly folder: string
  readonly world: World
  readonly ports: HostedOptions["ports"]
  /** Lets the vendor tell all it has. */
  readonly tell: () => Promise<void>
}

/**
 * The adapter as it runs: a process of its own, over the real store. What it was told and sent is
 * there after a restart, and no name stands on the disk. Answers what the refill was answered with.
 */
export async function outlivesRestart(t: TestContext, { folder, world, ports, tell }: Fed) {
  const node = openNode(t)
  const start = () =>
    node.start({
      modules: { pms: join(folder, "adapter.ts") },
      settings: { pms: world.settings(5_000) },
      ports,
    })
  const who = { lastName: "carter", dateOfBirth: "1958-03-14" }
  const refill = { rxNumber: "7001234", idempotencyKey: "key-in-the-host" }

  const first = await start()
  await tell()
  const found = await first.ask("pms", "findPatients", who)
  assert.partialDeepStrictEqual(found, { patients: [{ patient: "1001", firstName: "James" }] })
  const submitted = Object(await first.ask("pms", "submitRefill", refill))
  await first.stop()

  const second = await start()
  assert.deepEqual(await second.ask("pms", "findPatients", who), found)
  const again = await second.ask("pms", "submitRefill", refill)
  assert.partialDeepStrictEqual(again, { ticket: submitted.ticket, duplicate: true })
  await second.stop()

  const bytes = node.onDisk()
  for (const word of ["Carter", "CARTER", "7001234", "5125550100", "atorvastatin"]) {
    assert.ok(bytes.length > 0 && !bytes.includes(word), word)
  }
  return submitted
}
