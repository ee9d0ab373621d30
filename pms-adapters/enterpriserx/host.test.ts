/** The adapter as it runs, with the modules that find out who is calling. */
import assert from "node:assert/strict"
import { basename, join } from "node:path"
import { test } from "node:test"
import { openNode } from "../hosted.ts"
import { startEnterpriseRxWorld } from "./world.ts"

const NO_ACCOUNT = `AC${"0".repeat(32)}`
/** What the modules beside it ask for; nobody is texted. */
const settings = {
  consents: { timeZone: "America/Chicago" },
  verification: { spokenName: "Willow Street Pharmacy" },
  messaging: {
    spokenName: "Willow Street Pharmacy",
    phones: { pharmacy: "+15125550197" },
    telephony: { accountSid: "env:SID", authToken: "env:TOKEN" },
  },
}
const ports = {
  identity: { establish: async () => undefined },
  departures: {},
  secrets: { read: async (name: string) => (name === "env:SID" ? NO_ACCOUNT : "demo") },
}
const root = join(import.meta.dirname, "../..")
const beside = [
  "modules/patients",
  "modules/verification",
  "modules/consents",
  "modules/messaging",
  "intent",
]

test("a caller nobody has read of is known by the number they state, and no name stands on the disk", async (t) => {
  const world = await startEnterpriseRxWorld()
  t.after(() => world.stop())
  const node = openNode(t)
  const host = await node.start({
    modules: {
      pms: join(import.meta.dirname, "adapter.ts"),
      ...Object.fromEntries(
        beside.map((name) => [basename(name), join(root, name, "module.ts")] as const),
      ),
    },
    settings: { pms: world.settings(5_000), ...settings },
    ports: () => () => ports as never,
  })
  const james = { firstName: "James", lastName: "Carter", datesOfBirth: ["1958-03-14"] }
  const offer = (conversation: string, rxNumber: string) =>
    host.ask("verification", "offer", { conversation, ...james, rxNumber })
  assert.partialDeepStrictEqual(await offer("a-stranger", "7001261"), { state: "failed" })
  const passed = { state: "passed", patient: "1001" }
  assert.partialDeepStrictEqual(await offer("a-caller", "7001234"), passed)
  await host.stop()

  const bytes = node.onDisk()
  for (const word of ["Carter", "CARTER", "7001234"]) {
    assert.ok(bytes.length > 0 && !bytes.includes(word), word)
  }
})
