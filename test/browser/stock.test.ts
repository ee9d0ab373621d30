/** The stock in Chromium: found, counted, ordered, approved and received, by who may. */
import assert from "node:assert/strict"
import { readFileSync } from "node:fs"
import { test } from "node:test"
import type { Page } from "playwright-core"
import { sharedDoor } from "../../dashboard/fixtures/door.ts"
import type { Theme } from "./staff-room.ts"
import { violationsOn } from "./violations.ts"
import { assertFits, PHONE_WIDTH, press, visitsTo } from "./visits.ts"

const amlodipine = "099999101701"
const lisinopril = "099999103701"
const demo = [amlodipine, lisinopril].map((ndc) => ({ ndc, daily: 20 }))
const wholesalers = [{ name: "Big River", leadDays: 2 }]

const door = sharedDoor({}, { inventory: { demo }, reordering: { wholesalers } })
const visit = visitsTo(door)

interface Seat {
  readonly user?: string
  readonly path?: string
  readonly theme?: Theme
  readonly width?: number
}

async function openStock({ user = "tech", path = "/stock", ...seat }: Seat = {}): Promise<Page> {
  const page = await visit({ user, path, ...seat })
  await page.getByRole("table").first().waitFor()
  return page
}

const rowOf = (page: Page, name: string) => page.getByRole("row").filter({ hasText: name })

async function choose(page: Page, view: string): Promise<void> {
  await page.getByRole("radiogroup", { name: "What of the stock" }).getByText(view).click()
}

for (const theme of ["light", "dark"] as const)
  test(`the shelves, one shelf and the orders keep nobody out (${theme})`, async () => {
    const page = await openStock({ theme })
    assert.deepEqual(await violationsOn(page), [], "shelves")
    await page.getByLabel("Drug or NDC").fill("amlod")
    await rowOf(page, "lisinopril").waitFor({ state: "detached" })
    await page.getByRole("button", { name: "amlodipine 5 mg tablet" }).click()
    await page.getByText("as the pharmacy system has it").waitFor()
    assert.deepEqual(await violationsOn(page), [], "one shelf")
    await press(page, "Count or correct")
    await page.getByRole("dialog").getByLabel("Reason").waitFor()
    assert.deepEqual(await violationsOn(page), [], "count")
    await page.keyboard.press("Escape")
    await choose(page, "Orders")
    await page.getByText("Big River").first().waitFor()
    assert.deepEqual(await violationsOn(page), [], "orders")
    await page.context().close()
  })

test("a shelf tells what is there, what is out of date and what was used", async () => {
  const page = await openStock()
  await page.getByLabel("Drug or NDC").fill("synthroid")
  const row = rowOf(page, "levothyroxine")
  await row.getByText("30 out of date").waitFor()
  assert.equal(await row.getByRole("cell").first().innerText(), "120")
  await page.getByLabel("Drug or NDC").fill("99999-1037-01")
  await rowOf(page, "lisinopril")
    .getByRole("img", { name: /a day on average/ })
    .waitFor()
  await page.getByLabel("Drug or NDC").fill("no such thing")
  await page.getByText("No shelf is like that").waitFor()
  await choose(page, "Near expiry")
  await rowOf(page, "buspirone").waitFor()
  await choose(page, "Discrepancies")
  await rowOf(page, "metoprolol").getByText("less than nothing").waitFor()
  await page.context().close()
})

test("a count is noted with its reason, and what differs is seen to differ", async () => {
  const page = await openStock({ path: `/stock/${lisinopril}` })
  await press(page, "Count or correct")
  const dialog = page.getByRole("dialog")
  await dialog.getByLabel("Quantity").fill("7")
  await dialog.getByLabel("Reason").fill("Shelf count.")
  await page.keyboard.press("Enter")
  const card = page.getByRole("region", { name: "lisinopril 10 mg tablet" })
  await card.getByText("a count differs").waitFor()
  await card.getByText("What moved, the newest first").click()
  await card.getByRole("list", { name: "Ledger" }).getByText("Shelf count.").waitFor()
  await page.context().close()
})

test("a controlled drug's count waits for the pharmacist, and is in no draft", async () => {
  const page = await openStock({ path: "/stock/099999100201" })
  await page.getByText("Controlled: a pharmacist receives").waitFor()
  assert.equal(await page.getByRole("button", { name: "Put into a draft" }).count(), 0)
  await press(page, "Count or correct")
  await page.getByRole("dialog").getByLabel("Quantity").fill("38")
  await page.getByRole("dialog").getByLabel("Reason").fill("Day count.")
  await page.keyboard.press("Enter")
  await page.getByText("Somebody with another licence was asked.").waitFor()
  await page.context().close()
})

test("a draft is edited and sent by a technician, approved by a manager, received with its lot", async () => {
  const tech = await openStock()
  await choose(tech, "Orders")
  await tech.getByLabel("Packages of amlodipine 5 mg tablet").fill("2")
  await tech.getByLabel("Cost of one package of amlodipine 5 mg tablet, in dollars").fill("4.50")
  const [saved] = await Promise.all([tech.waitForEvent("download"), press(tech, "Save as CSV")])
  assert.match(readFileSync(await saved.path(), "utf8"), /^99999-1017-01,amlodipine/m)
  await press(tech, "Send to a manager")
  await tech.getByText("Waits for a manager").waitFor()
  await tech.getByText("in all $9.00").waitFor()
  assert.equal(await tech.getByRole("button", { name: "Approve the order" }).count(), 0)

  const manager = await openStock({ user: "manager" })
  await choose(manager, "Orders")
  await press(manager, "Approve the order")
  await manager.getByText("approved by manager").waitFor()
  await manager.context().close()

  await press(tech, "Receive the delivery")
  const dialog = tech.getByRole("dialog")
  assert.equal(await dialog.getByLabel("Quantity").inputValue(), "200")
  await dialog.getByLabel("Lot").fill("AM7")
  await dialog.getByLabel("Good until").fill("2099-05-31")
  assert.deepEqual(await violationsOn(tech), [], "delivery")
  await dialog.getByRole("button", { name: "Put on the shelves" }).click()
  await tech.getByText("Delivered", { exact: true }).waitFor()
  await tech.goto(`/stock/${amlodipine}`)
  await tech.getByText("What moved, the newest first").click()
  await tech.getByRole("list", { name: "Ledger" }).getByText("AM7").waitFor()
  await tech.context().close()
})

test("it is read on a telephone, and in Spanish", async () => {
  const page = await openStock({ user: "pharmacist", width: PHONE_WIDTH })
  await assertFits(page)
  await page.evaluate("localStorage.setItem('mortar.language', 'es')")
  await page.reload()
  await page.getByRole("heading", { name: "Existencias" }).waitFor()
  await page.getByRole("columnheader", { name: "Punto de pedido" }).waitFor()
  await assertFits(page)
  await page.context().close()
})

test("an operator is not shown the page", async () => {
  const page = await visit({ user: "operator", path: "/system" })
  const pages = page.getByRole("navigation", { name: "Pages" })
  await pages.waitFor()
  assert.equal(await pages.getByText("Stock").count(), 0)
  await page.context().close()
})
