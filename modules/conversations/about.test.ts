/** Whom a call may be about, in the real house: what is known of them leaves with no question. */
import assert from "node:assert/strict"
import { type TestContext, test } from "node:test"
import { startProvider } from "../../test/fixtures/providers.ts"
import { openHouse } from "../../test/house.ts"
import { noClaims, withClaims } from "./claims.ts"
import type { Turn } from "./contract.ts"

const only = (
  "callbacks complaints consents controlled-substances conversations drugs emergencies intent " +
  "messaging patients pms prescribers prescriptions refills store-info transfers verification " +
  "work-queue"
).split(" ")
const moment = { today: "2026-11-20", nowMs: Date.UTC(2026, 10, 20, 16, 30) }

async function openHere(t: TestContext, on: boolean) {
  const anthropic = await startProvider(t, "anthropic")
  const cloud = {
    on,
    anthropic: {
      model: "claude-haiku-5-5",
      baa: { confirmedOn: "2026-11-02", confirmedBy: "the owner" },
      apiKey: "env:ANTHROPIC_API_KEY",
      baseUrl: anthropic.baseUrl,
    },
  }
  const environment = {
    ANTHROPIC_API_KEY: "key-of-nobody",
    TWILIO_ACCOUNT_SID: `AC${"4".repeat(32)}`,
    TWILIO_AUTH_TOKEN: "a token",
  }
  const house = await openHouse(t, {
    only,
    ...moment,
    settings: { intent: { cloud } },
    environment,
  })
  const from = "+15125550100"
  const opened = { conversation: "call-1", channel: "phone", from }
  let { value: turn } = await house.ask<Turn>("conversations.open", opened)
  return {
    anthropic,
    house,
    async says(text: string) {
      const said = { conversation: "call-1", turn: turn.turn, source: "typed", confidence: 1 }
      turn = (await house.ask<Turn>("conversations.hear", { ...said, text })).value
    },
  }
}

test("whoever has the number of the call is known to the anonymiser before anybody proved it", async (t) => {
  const { anthropic, says } = await openHere(t, true)
  await says("the carter thing with the blue ones went round and round the other day i guess")
  const received = JSON.stringify(await anthropic.received())
  assert.match(received, /the blue ones/)
  assert.match(received, /\[PATIENT_1\] thing/)
  assert.doesNotMatch(received, /carter/i)
})

test("where the cloud is off nobody is looked up for it", async (t) => {
  const { anthropic, house, says } = await openHere(t, false)
  await says("the carter thing with the blue ones went round and round the other day i guess")
  assert.deepEqual(await anthropic.received(), [])
  const looked = house.audit.query({}).filter(({ what }) => what === "patients.atNumber")
  assert.deepEqual(looked, [])
})

test("what a caller claims is kept, the newest of it", () => {
  const told = [1, 2, 3, 4, 5, 6, 7].map((day) => `1958-03-0${day}`)
  const claims = told.reduce(
    (kept, day) =>
      withClaims(kept, { datesOfBirth: [day], zip: "77101", name: { spelled: false } }),
    noClaims,
  )
  assert.deepEqual(claims.datesOfBirth, told.slice(1))
  assert.deepEqual(claims.zips, ["77101"])
  assert.deepEqual(claims.names, [])
})
