/** A manager answers a patient's request, in Chromium: the copy, the hold, and the end. */
import assert from "node:assert/strict"
import { readFileSync } from "node:fs"
import { test } from "node:test"
import type { Page } from "playwright-core"
import { sharedDoor } from "../../dashboard/fixtures/door.ts"
import type { Theme } from "./staff-room.ts"
import { violationsOn } from "./violations.ts"
import { assertFits, growOld, PHONE_WIDTH, press, prove, visitsTo } from "./visits.ts"

const door = sharedDoor()
const visit = visitsTo(door)

async function openPrivacy(theme: Theme = "light", width = 1_280): Promise<Page> {
  const page = await visit({ user: "manager", path: "/privacy", theme, width })
  return page
}

const holds = (page: Page) => page.getByRole("region", { name: "Legal holds" })

async function choose(page: Page, lastName: string, dateOfBirth: string): Promise<void> {
  await page.getByLabel("Last name").fill(lastName)
  await page.getByLabel("Date of birth").fill(dateOfBirth)
  await press(page, "Find")
  await page.getByRole("list", { name: "Patients found" }).getByRole("button").first().click()
}

for (const theme of ["light", "dark"] as const) {
  test(`the page and its gravest question keep nobody out (${theme})`, async () => {
    const page = await openPrivacy(theme)
    await page.getByText("Recordings of calls: 365 days").waitFor()
    assert.deepEqual(await violationsOn(page), [])
    await choose(page, "Carter", "1958-03-14")
    await press(page, "Erase for good")
    await page.getByText("every backup forgets them").waitFor()
    assert.deepEqual(await violationsOn(page), [], "erase")
    await page.context().close()
  })
}

test("the copy that is saved is the patient's own, and after a long time asks who is there", async () => {
  const page = await openPrivacy()
  await choose(page, "Carter", "1958-03-14")
  await growOld(page, await door(), "manager")
  await press(page, "Save a copy")
  const [saved] = await Promise.all([page.waitForEvent("download"), prove(page)])
  assert.equal(saved.suggestedFilename(), "record.json")
  const record = readFileSync(await saved.path(), "utf8")
  assert.match(record, /"Carter"/)
  assert.ok(!record.includes("Kim"))
  await page.context().close()
})

test("what is held is not erased; once the hold is ended and the name typed, it is", async () => {
  const page = await openPrivacy()
  await choose(page, "Kim", "1971-07-22")
  await press(page, "Put on legal hold")
  const dialog = page.getByRole("dialog")
  await dialog.getByLabel("Reason").fill("A letter from a lawyer.")
  await dialog.getByRole("button", { name: "Put on legal hold" }).click()
  await holds(page).getByText("A letter from a lawyer.").waitFor()

  await press(page, "Erase for good")
  const erase = dialog.getByRole("button", { name: "Erase for good" })
  await dialog.getByLabel("Reason").fill("She asked for it in writing.")
  assert.ok(await erase.isDisabled(), "before the name is typed")
  await dialog.getByLabel("Type the name").fill("grace kim")
  await erase.click()
  await page.getByText("A legal hold stands on this patient.").waitFor()
  await dialog.getByRole("button", { name: "Cancel" }).click()

  await press(page, "End the hold on patient 1002")
  await dialog.getByRole("button", { name: "End the hold" }).click()
  await page.getByText("No hold stands.").waitFor()
  await press(page, "Erase for good")
  await dialog.getByLabel("Reason").fill("She asked for it in writing.")
  await dialog.getByLabel("Type the name").fill("Grace Kim")
  await erase.click()
  await page.getByText("All that was kept here of the patient is destroyed.").waitFor()
  await page.getByLabel("Last name").waitFor()
  await page.context().close()
})

test("on a telephone, in Spanish, the page fits its width", async () => {
  const page = await openPrivacy("light", PHONE_WIDTH)
  await press(page, "Español")
  await page.getByRole("heading", { name: "Privacidad" }).waitFor()
  await assertFits(page)
  await page.context().close()
})
