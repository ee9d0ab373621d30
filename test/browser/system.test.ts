/** How the house fares, in Chromium: the machine, and a module that was set aside. */
import assert from "node:assert/strict"
import { test } from "node:test"
import type { Page } from "playwright-core"
import { sharedDoor } from "../../dashboard/fixtures/door.ts"
import type { Theme } from "./staff-room.ts"
import { violationsOn } from "./violations.ts"
import { assertFits, PHONE_WIDTH, visitsTo } from "./visits.ts"

/** Agreements of nobody; nothing is asked in these tests. */
const baa = { confirmedOn: "2026-09-01", confirmedBy: "Dana Whitfield" }
const cloud = {
  ...{ on: true, dailyCostMaxCents: 150, dailyAsksMax: 40 },
  anthropic: { model: "claude-haiku-5-5", baa, apiKey: "env:TWILIO_AUTH_TOKEN" },
}
const door = sharedDoor({}, { intent: { cloud } }, ["voice", "insurance"])
const visit = visitsTo(door)
type Host = Awaited<ReturnType<typeof door>>["house"]["host"]

/** Each process of a module is ended as soon as it runs, until the host has had enough. */
async function keepsDying(host: Host, name: string): Promise<void> {
  const stateOf = () => host.health().find(({ module }) => module === name)?.state
  let ended: number | undefined
  while (stateOf() !== "quarantined") {
    const pid = host.pidOf(name)
    if (stateOf() === "running" && pid !== undefined && pid !== ended) {
      ended = pid
      process.kill(pid, "SIGKILL")
    }
    await new Promise((resolve) => setImmediate(resolve))
  }
}

async function openSystem(theme: Theme = "light", width = 1_280): Promise<Page> {
  const page = await visit({ user: "operator", path: "/system", theme, width })
  await page.getByRole("row", { name: /^sessions Running/ }).waitFor()
  return page
}

for (const theme of ["light", "dark"] as const) {
  test(`an operator sees the machine and every module, and is kept out of nothing (${theme})`, async () => {
    const page = await openSystem(theme)
    const machine = page.getByRole("region", { name: "This machine" })
    await machine.getByText("agrees with this screen's").waitFor()
    const { house } = await door()
    const rows = page.getByRole("region", { name: "Modules, one a line" }).getByRole("row")
    assert.equal(await rows.count(), house.host.health().length + 1)
    assert.deepEqual(await violationsOn(page), [])
    await page.context().close()
  })
}

test("a module that was set aside stands first with what to do, and is released", async () => {
  const { house } = await door()
  await keepsDying(house.host, "complaints")
  const page = await openSystem()
  const first = page.getByRole("region", { name: "Modules, one a line" }).getByRole("row").nth(1)
  await first.getByText("Fix or roll back, then release it.").waitFor()
  assert.deepEqual(await violationsOn(page), [])
  await page.getByRole("button", { name: "Release complaints" }).click()
  await page.getByRole("row", { name: /^complaints Running/ }).waitFor()
  await page.context().close()
})

test("an operator sees what the house leans on outside, and what it costs", async () => {
  const page = await openSystem()
  const { house } = await door()
  const publicPort = await house.host.listeners.open("public", 0, "127.0.0.1")
  const unsigned = await fetch(`http://127.0.0.1:${publicPort}/twilio/voice`, { method: "POST" })
  assert.equal(unsigned.status, 403)
  await page.reload()
  const twilio = page.getByRole("region", { name: "Twilio" })
  await twilio.getByText("a simulated one, for the demo").waitFor()
  await twilio.getByText(/^1last /).waitFor()
  await twilio.getByText("Only wrong signatures came").waitFor()
  const pms = page.getByRole("region", { name: "The pharmacy system" })
  await pms.getByText("It calls itself").waitFor()
  const outside = page.getByRole("region", { name: "Models in the cloud" })
  await outside.getByText("switched on").waitFor()
  await outside.getByText("0 of 40").waitFor()
  await outside.getByText("0.00 of 1.50 dollars").waitFor()
  await outside.getByText("confirmed by Dana Whitfield on 2026-09-01").waitFor()
  await outside.getByText("asked when needed").waitFor()
  assert.deepEqual(await violationsOn(page), [])
  assert.equal((await page.content()).includes("not-a-real-token"), false)
  await page.context().close()
})

test("which models are there and loaded is said, with what callers notice where one is away", async () => {
  const page = await openSystem()
  const models = page.getByRole("region", { name: "Models", exact: true })
  const voice = models.getByRole("row", { name: /^Voice / })
  await voice.getByText("not loaded").waitFor()
  await voice.getByText("A plainer voice speaks.").waitFor()
  await models.getByText(/files of the profile embedded are whole$/).click()
  await models.getByRole("row", { name: /^silero-vad (whole|not )/ }).waitFor()
  assert.deepEqual(await violationsOn(page), [])
  await page.context().close()
})

test("what is stored is counted by module, and a manager has the audit log checked", async () => {
  const page = await visit({ user: "manager", path: "/system" })
  const stored = page.getByRole("region", { name: "What is stored" })
  await stored.getByText("Documents by module").click()
  await stored.getByRole("row", { name: "staff-accounts 4" }).waitFor()
  await stored.getByRole("button", { name: "Check every byte of the audit log" }).click()
  await stored.getByText(/^whole: \d+ entries$/).waitFor()
  assert.deepEqual(await violationsOn(page), [])
  const operator = await openSystem()
  await operator.getByRole("region", { name: "What is stored" }).getByText("Last commit").waitFor()
  assert.equal(await operator.getByRole("button", { name: /^Check every byte/ }).count(), 0)
  for (const one of [page, operator]) await one.context().close()
})

test("on a telephone, in Spanish, the page fits its width", async () => {
  const page = await visit({ user: "manager", path: "/system", width: PHONE_WIDTH })
  await page.getByRole("button", { name: "Español" }).click()
  await page.getByRole("heading", { name: "Sistema", exact: true }).waitFor()
  await assertFits(page)
  await page.context().close()
})

test("a technician is not shown the page", async () => {
  const page = await visit({ user: "tech", path: "/system" })
  await page.getByRole("navigation", { name: "Pages" }).waitFor()
  assert.equal(await page.getByRole("heading", { name: "This machine" }).count(), 0)
  await page.context().close()
})
