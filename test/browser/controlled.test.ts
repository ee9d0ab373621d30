/** The law and the monitoring programme beside an item, in a real browser. */
import assert from "node:assert/strict"
import { test } from "node:test"
import { sharedDoor } from "../../dashboard/fixtures/door.ts"
import { ask, oxycodone } from "./staff-room.ts"
import { violationsOn } from "./violations.ts"
import { growOld, press, prove, visitsTo } from "./visits.ts"

const door = sharedDoor()
const visit = visitsTo(door)

test("a pharmacist reads the rule and may ask the programme; a technician only reads of it", async () => {
  const item = await ask(await door(), oxycodone)
  for (const user of ["pharmacist", "tech"] as const) {
    const page = await visit({ user: user, path: `/queue/${item}` })
    await page.getByText("There are no refills.").first().waitFor()
    await page.getByText("21 CFR 1306.12").first().waitFor()
    await page.getByRole("heading", { name: "Monitoring programme" }).waitFor()
    const button = page.getByRole("button", { name: "Ask the programme" })
    assert.equal(await button.count(), user === "pharmacist" ? 1 : 0)
    if (user === "pharmacist") {
      await button.click()
      await page.getByText("No gateway is configured.").waitFor()
    }
    assert.deepEqual(await violationsOn(page), [])
    await page.context().close()
  }
})

test("a pharmacist whose proof is old is asked who is there, and no item is made of it", async () => {
  const item = await ask(await door(), oxycodone)
  const page = await visit({ user: "pharmacist", path: `/queue/${item}` })
  const button = page.getByRole("button", { name: "Ask the programme" })
  await button.waitFor()
  await growOld(page, await door(), "pharmacist")
  await button.click()
  await page.getByText("Is it still you?").waitFor()
  await press(page, "Cancel")
  await page.getByText("Prove once more that it is you, then do this.").waitFor()
  await button.click()
  await prove(page)
  await page.getByText("No gateway is configured.").waitFor()
  const { house } = await door()
  const listed = await house.asStaff("pharmacist", "work-queue.list", { tier: 2 })
  assert.doesNotMatch(JSON.stringify(listed), /pdmp\.ask/)
  await page.context().close()
})
