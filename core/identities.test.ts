/** Who stands behind a token, as time goes by and nobody does anything. */
import assert from "node:assert/strict"
import { mkdtempSync, rmSync } from "node:fs"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { type TestContext, test } from "node:test"
import { VirtualClock } from "./clock.ts"
import { Identities, identityCollections } from "./identities.ts"
import { KeyRing } from "./keys.ts"
import type { StaffGrant } from "./ports.ts"
import { Store } from "./store.ts"
import { tokenHash } from "./token.ts"

const phara: StaffGrant = {
  ...{ person: "phara", role: "pharmacist", session: "s-1", expiresAtMs: 100_000 },
  ...{ provedUntilMs: 20_000, licensedUntilMs: 50_000 },
}

async function knowing(t: TestContext, grant: StaffGrant) {
  const folder = mkdtempSync(join(tmpdir(), "mortar-identities-"))
  t.after(() => rmSync(folder, { recursive: true, force: true, maxRetries: 10 }))
  const keys = KeyRing.open(join(folder, "keys.db"), new Uint8Array(32).fill(7))
  const clock = new VirtualClock(0)
  const store = Store.open({ file: join(folder, "store.db"), keys, clock })
  t.after(() => store.close())
  store.declare("host", identityCollections)
  const identities = new Identities(store, clock)
  await identities.openToken(tokenHash("token"), grant)
  return { clock, staff: () => identities.actor({ token: "token" }) }
}

test("a proof grows old, a licence runs out and a session ends, each at its own moment", async (t) => {
  const { clock, staff } = await knowing(t, phara)
  const whole = { kind: "staff", person: "phara", role: "pharmacist", session: "s-1" }
  assert.deepEqual(staff(), whole)
  clock.advance(20_000)
  assert.deepEqual(staff(), { ...whole, lacks: ["proof"] })
  clock.advance(30_000)
  assert.deepEqual(staff(), { ...whole, lacks: ["licence", "proof"] })
  clock.advance(50_000)
  assert.equal(staff(), undefined)
})

test("what was never granted is lacking", async (t) => {
  const { provedUntilMs: _, licensedUntilMs: _licensed, ...bare } = phara
  const { staff } = await knowing(t, bare)
  assert.deepEqual(Object(staff()).lacks, ["licence", "proof"])
})

test("rights that were taken end by themselves, and their taker stays named", async (t) => {
  const glass = { id: "g-1", role: "manager", untilMs: 10_000 } as const
  const { clock, staff } = await knowing(t, { ...phara, role: "technician", glass })
  const acting = { kind: "staff", person: "phara", session: "s-1", role: "manager" }
  assert.deepEqual(staff(), { ...acting, glass: { id: "g-1", own: "technician" } })
  clock.advance(10_000)
  assert.deepEqual(staff(), { ...acting, role: "technician" })
})
