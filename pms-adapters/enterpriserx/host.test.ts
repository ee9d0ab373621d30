/** The adapter as it runs, with the modules that find out who is calling. */
import assert from "node:assert/strict"
import { randomBytes } from "node:crypto"
import { mkdtempSync, readdirSync, readFileSync, rmSync } from "node:fs"
import { tmpdir } from "node:os"
import { basename, join } from "node:path"
import { test } from "node:test"
import { systemClock } from "#core/clock.ts"
import { Host } from "#core/host.ts"
import { KeyRing } from "#core/keys.ts"
import type { Log } from "#core/log.ts"
import { KEY_BYTES } from "#core/seal.ts"
import { Store } from "#core/store.ts"
import { startEnterpriseRxWorld } from "./world.ts"

const silence = (): void => undefined
const log: Log = { debug: silence, info: silence, warn: silence, error: silence, child: () => log }
/** What the modules beside it ask for; nobody is texted. */
const settings = {
  consents: { timeZone: "America/Chicago" },
  messaging: {
    spokenName: "Willow Street Pharmacy",
    phones: { pharmacy: "+15125550197" },
    telephony: { accountSid: "env:SID", authToken: "env:TOKEN" },
  },
  intent: {},
}
const NO_ACCOUNT = `AC${"0".repeat(32)}`
const root = join(import.meta.dirname, "../..")
const names = ["modules/patients", "modules/verification", "modules/consents", "modules/messaging"]

test("a caller nobody has read of is known by the number they state, and no name stands on the disk", async (t) => {
  const undo = new AsyncDisposableStack()
  t.after(() => undo.disposeAsync())
  const folder = mkdtempSync(join(tmpdir(), "mortar-enterpriserx-"))
  undo.defer(() => rmSync(folder, { recursive: true, force: true, maxRetries: 10 }))
  const world = await startEnterpriseRxWorld()
  undo.defer(() => world.stop())
  const keys = KeyRing.open(join(folder, "keys.db"), randomBytes(KEY_BYTES))
  undo.defer(() => keys.close())
  const store = Store.open({ file: join(folder, "store.db"), keys, clock: systemClock })
  undo.defer(() => store.close())
  const paths = [...names, "intent"].map((name) => [basename(name), join(root, name, "module.ts")])
  const host = await Host.load(
    { pms: join(import.meta.dirname, "adapter.ts"), ...Object.fromEntries(paths) },
    { clock: systemClock, log },
  )
  undo.defer(() => host.stop())
  const established: unknown[] = []
  const secrets = { read: async (name: string) => (name === "env:SID" ? NO_ACCOUNT : "demo") }
  const identity = { establish: async (_: string, who: unknown) => void established.push(who) }
  await host.start({
    filesFolder: folder,
    store,
    timeZone: "America/Chicago",
    settings: { pms: world.settings(5_000), ...settings },
    decide: ({ action }) => ({ verdict: "allow", tier: 0, row: action, rules: [] }),
    audit: async () => undefined,
    hasRow: () => true,
    grants: new Proxy({}, { get: () => ["pms", "verification", "messaging", "intent"] }) as never,
    ports: () => () => ({ identity, departures: {}, secrets }) as never,
  })
  const offer = async (input: object) => {
    const actor = { kind: "system", module: "test" } as const
    const asked = { module: "verification", command: "offer", input, actor, options: {} }
    const reply = await host.bus.request(asked)
    assert.ok(reply.kind === "done", JSON.stringify(reply))
    return reply.value
  }
  const james = { firstName: "James", lastName: "Carter", datesOfBirth: ["1958-03-14"] }
  const stranger = { conversation: "a-stranger", ...james, rxNumber: "7001261" }
  assert.partialDeepStrictEqual(await offer(stranger), { state: "failed" })
  const caller = { conversation: "a-caller", ...james, rxNumber: "7001234" }
  assert.partialDeepStrictEqual(await offer(caller), { state: "passed", patient: "1001" })

  const files = readdirSync(folder).filter((name) => name.startsWith("store.db"))
  const bytes = Buffer.concat(files.map((name) => readFileSync(join(folder, name))))
  for (const word of ["Carter", "CARTER", "7001234"]) {
    assert.ok(bytes.length > 0 && !bytes.includes(word), word)
  }
})
