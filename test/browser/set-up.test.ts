/** A manager sets the pharmacy up, in Chromium, and the next caller hears it. */
import assert from "node:assert/strict"
import { after, before, test } from "node:test"
import type { Browser, Page } from "playwright-core"
import { type Door, openDoor } from "../../dashboard/fixtures/door.ts"
import { openBrowser, signIn, sitDown, type Theme } from "./staff-room.ts"
import { violationsOn } from "./violations.ts"

const pages = [
  ["/set-up", "What is missing"],
  ["/set-up/pharmacy", "The pharmacy"],
  ["/set-up/greeting", "The greeting"],
  ["/set-up/hours", "Opening hours"],
  ["/set-up/holidays", "Holidays"],
  ["/set-up/numbers", "Telephone numbers"],
  ["/set-up/pms", "Pharmacy system"],
] as const

const closers: (() => unknown)[] = []
let browser: Browser
let door: Door

before(async () => {
  door = await openDoor({ after: (close) => void closers.push(close) })
  browser = await openBrowser()
})
after(async () => {
  await browser.close()
  for (const close of closers.reverse()) await close()
})

interface Visit {
  readonly user?: string
  readonly theme?: Theme
  readonly width?: number
}

async function openSetUp(path: string, { user = "manager", ...seat }: Visit = {}): Promise<Page> {
  const page = await sitDown(browser, door.url, seat)
  await signIn(page, user)
  await page.goto(path)
  return page
}

const heading = (page: Page, name: string) =>
  page.getByRole("heading", { name, exact: true, level: 2 }).waitFor()

async function save(page: Page, why: string): Promise<void> {
  await page.getByLabel("Why").fill(why)
  await page.getByRole("button", { name: "Save", exact: true }).click()
}

const saved = (page: Page) => page.getByText("Loaded: this is what counts.").waitFor()

/** The week as a caller is told it who asks for the hours now. */
async function heard(): Promise<ReadonlyMap<string, unknown>> {
  const reply = await door.house.asCaller(undefined, "store-info.hours", {})
  assert.ok(reply.kind === "done")
  const { week } = reply.value as { week: readonly { weekday: string; spans: unknown }[] }
  return new Map(week.map(({ weekday, spans }) => [weekday, spans]))
}

for (const [theme, width] of [
  ["light", 1280],
  ["dark", 1280],
  ["light", 390],
] as const) {
  test(`every step keeps nobody out (${theme}, ${width} wide)`, async () => {
    const page = await openSetUp("/set-up", { theme, width })
    for (const [path, words] of pages) {
      await page.goto(path)
      await heading(page, words)
      assert.deepEqual(await violationsOn(page), [], path)
    }
    await page.context().close()
  })
}

test("a manager changes the hours, and a caller who asks afterwards hears the new ones", async () => {
  assert.deepEqual((await heard()).get("sunday"), [])
  const page = await openSetUp("/set-up")
  await page.getByRole("link", { name: "Opening hours" }).click()
  await page.getByRole("button", { name: "Add hours: Sunday" }).click()
  await page.getByLabel("Sunday opens").fill("10:00")
  await page.getByLabel("Sunday closes").fill("09:00")
  await save(page, "We open on Sundays.")
  const sunday = page.getByRole("group", { name: "Sunday" })
  await sunday.getByText("Hours end after they begin").waitFor()
  await page.getByLabel("Sunday closes").fill("14:00")
  await save(page, "We open on Sundays.")
  await saved(page)
  assert.deepEqual((await heard()).get("sunday"), [{ opens: "10:00", closes: "14:00" }])
  await page.getByRole("link", { name: "Overview" }).click()
  await page.getByRole("region", { name: "History" }).getByText("We open on Sundays.").waitFor()
  await page.context().close()
})

test("of two at once one wins, and the other sees who and keeps what was typed", async () => {
  const slow = await openSetUp("/set-up/numbers")
  const fast = await openSetUp("/set-up/numbers", { user: "operator" })
  await slow.getByLabel("The pharmacy's number").fill("(512) 555-0142")
  await fast.getByLabel("The pharmacy's number").fill("512 555 0143")
  await save(fast, "A new line.")
  await saved(fast)
  await save(slow, "Another new line.")
  await slow.getByText("operator changed this at").waitFor()
  assert.equal(await slow.getByLabel("The pharmacy's number").inputValue(), "(512) 555-0142")
  await slow.getByRole("button", { name: "Show what is there now" }).click()
  await saved(slow)
  assert.equal(await slow.getByLabel("The pharmacy's number").inputValue(), "(512) 555-0143")
  const place = await door.house.asCaller(undefined, "store-info.location", {})
  assert.ok(place.kind === "done")
  assert.equal((place.value as { phone: string }).phone, "+15125550143")
  for (const page of [slow, fast]) await page.context().close()
})

test("what is wrong is said beside its field, and nothing is changed", async () => {
  const page = await openSetUp("/set-up/numbers")
  await page.getByLabel("Who is rung for the pharmacist").fill("555-0142")
  await save(page, "A new line.")
  await page.getByText("That is no telephone number").waitFor()
  await page.goto("/set-up/pharmacy")
  await page.getByLabel("NPI").fill("1234567890")
  await save(page, "Another number.")
  await page.getByText("The NPI has a wrong check digit.").first().waitFor()
  await page.reload()
  assert.equal(await page.getByLabel("NPI").inputValue(), "1999999984")
  await page.context().close()
})

test("the greeting is heard with a name that does not count yet", async () => {
  const page = await openSetUp("/set-up/greeting")
  const asked: unknown[] = []
  await page.route("**/v1/voice/preview", (route) => {
    asked.push(route.request().postDataJSON())
    const audio = Buffer.alloc(800, 0xff).toString("base64")
    return route.fulfill({ json: { value: { says: "Thank you for calling Willow.", audio } } })
  })
  await page.getByLabel("The name as the voice should say it").fill("Willow")
  await page.getByRole("button", { name: "Hear it in Spanish" }).click()
  await page.getByText("Thank you for calling Willow.").waitFor()
  await page.getByRole("button", { name: "Hear it in English" }).click()
  assert.deepEqual(asked[0], { spokenName: "Willow", language: "es" })
  await save(page, "Shorter.")
  await saved(page)
  const place = await door.house.asCaller(undefined, "store-info.location", {})
  assert.ok(place.kind === "done")
  assert.equal((place.value as { spokenName: string }).spokenName, "Willow")
  await page.context().close()
})

test("an operator tries the pharmacy system, and reads in words what works", async () => {
  const page = await openSetUp("/set-up/pms", { user: "operator" })
  await page.getByRole("button", { name: "Try it now" }).click()
  const found = page.getByRole("table", { name: "What works" })
  await found.getByRole("row", { name: /^Ping Works .* answers\.$/ }).waitFor()
  await found.getByRole("row", { name: /^Submit refill Untried Offered/ }).waitFor()
  assert.deepEqual(await violationsOn(page), [])
  await page.context().close()
})

test("the federal holidays are added, each once", async () => {
  const page = await openSetUp("/set-up/holidays")
  await page.getByRole("button", { name: "Add the federal holidays" }).click()
  await page.getByRole("button", { name: "Take away: Thanksgiving Day" }).nth(1).waitFor()
  await save(page, "Next year, too.")
  await saved(page)
  await page.context().close()
})

test("a technician is not shown the set-up", async () => {
  const page = await openSetUp("/set-up/hours", { user: "tech" })
  const places = page.getByRole("navigation", { name: "Pages" })
  await places.waitFor()
  assert.equal(await places.getByText("Set-up").count(), 0)
  assert.equal(await page.getByRole("button", { name: "Save", exact: true }).count(), 0)
  await page.context().close()
})
