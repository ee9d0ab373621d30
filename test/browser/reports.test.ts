/** A manager before an audit, in Chromium: a report on the screen, a file, a false alarm. */
import assert from "node:assert/strict"
import { readFileSync } from "node:fs"
import { after, before, test } from "node:test"
import type { Browser, Page } from "playwright-core"
import { demoPassword, only } from "../../dashboard/fixtures/door.ts"
import { textOf } from "../../modules/reports/fixtures/pdf-text.ts"
import { openHouse } from "../house.ts"
import { openBrowser, signIn, sitDown, type Theme } from "./staff-room.ts"
import { violationsOn } from "./violations.ts"

/** A carrier that nobody in these tests calls. */
const environment = {
  TWILIO_ACCOUNT_SID: `AC${"0".repeat(32)}`,
  TWILIO_AUTH_TOKEN: "not-a-real-token",
  TWILIO_API_BASE: "http://127.0.0.1:9",
}

const closers: (() => unknown)[] = []
let browser: Browser
let url = ""

before(async () => {
  const context = { after: (close: () => unknown) => void closers.push(close) }
  const settings = { dashboard: {}, "staff-accounts": { demoPassword } }
  const house = await openHouse(context, { only, settings, environment })
  const account = { user: "rosa", fullName: "Rosa Kim", role: "technician" }
  const password = "seven quiet umbrellas"
  await house.asStaff("manager", "staff-accounts.create", { ...account, password })
  const rosa = { kind: "staff", person: "rosa", role: "technician" } as const
  for (const patient of ["1001", "1002"]) {
    const look = { name: "patients.get", input: { patient }, options: {} }
    assert.equal((await house.host.desk.proposeAs(rosa, look)).kind, "done")
  }
  await house.audit.checkpoint()
  url = `http://127.0.0.1:${await house.host.listeners.open("staff", 0, "127.0.0.1")}`
  browser = await openBrowser()
})
after(async () => {
  await browser.close()
  for (const close of closers.reverse()) await close()
})

async function openReports(user = "manager", theme: Theme = "light"): Promise<Page> {
  const page = await sitDown(browser, url, { theme })
  await signIn(page, user)
  await page.goto("/reports")
  return page
}

async function keepsNobodyOut(page: Page, where: string): Promise<void> {
  assert.deepEqual(await violationsOn(page), [], where)
}

const press = (page: Page, name: string) => page.getByRole("button", { name, exact: true }).click()

for (const theme of ["light", "dark"] as const) {
  test(`a manager reads who opened whose record, and what proves it (${theme})`, async () => {
    const page = await openReports("manager", theme)
    await press(page, "Show the report")
    const rows = page.getByRole("region", { name: "Accesses by person" })
    await rows.getByRole("cell", { name: "1002" }).first().waitFor()
    assert.ok((await rows.getByRole("cell", { name: "rosa", exact: true }).count()) >= 2)
    await page.getByText("What proves it").click()
    await page.getByText("mortar.pharmacy/audit").first().waitFor()
    await page
      .getByRole("region", { name: "Out of the ordinary" })
      .getByText("rosa")
      .first()
      .waitFor()
    await keepsNobodyOut(page, theme)
    await page.context().close()
  })
}

test("the PDF that is saved holds the rows that were on the screen", async () => {
  const page = await openReports()
  await page.getByLabel("User name of a colleague").fill("rosa")
  const [saved] = await Promise.all([page.waitForEvent("download"), press(page, "Save as PDF")])
  assert.match(saved.suggestedFilename(), /^accesses-\d{4}-\d\d-\d\d-\d{4}-\d\d-\d\d\.pdf$/)
  const text = textOf(readFileSync(await saved.path()))
  assert.match(text, /person: rosa = 2/)
  assert.match(text, /rows = 2/)
  await page.context().close()
})

test("a report that needs a patient says so in words", async () => {
  const page = await openReports()
  await page.getByRole("combobox", { name: "Report" }).click()
  await page.getByRole("option", { name: "Accounting of disclosures" }).click()
  await press(page, "Show the report")
  await page.getByText("This report is about one patient. Say which.").waitFor()
  await page.context().close()
})

test("a false alarm is dismissed with a reason, and stays dismissed", async () => {
  const page = await openReports()
  const unusual = page.getByRole("region", { name: "Out of the ordinary" })
  await unusual.getByText("who has the same last name").waitFor()
  await unusual.getByRole("button", { name: "A false alarm" }).click()
  const dialog = page.getByRole("dialog")
  await dialog.getByLabel("Reason").fill("Not related.")
  await dialog.getByRole("button", { name: "A false alarm" }).click()
  await unusual.getByText("manager said: Not related.").waitFor()
  await page.reload()
  await unusual.getByText("manager said: Not related.").waitFor()
  assert.equal(await unusual.getByRole("button", { name: "A false alarm" }).count(), 0)
  await page.context().close()
})

test("a technician is not shown the page", async () => {
  const page = await openReports("tech")
  const pages = page.getByRole("navigation", { name: "Pages" })
  await pages.waitFor()
  assert.equal(await pages.getByText("Reports").count(), 0)
  assert.equal(await page.getByRole("button", { name: "Show the report" }).count(), 0)
  await page.context().close()
})
