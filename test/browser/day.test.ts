/** A full day in a real browser: 2,000 calls, 520 items; every list whole, nothing stale. */
import assert from "node:assert/strict"
import { after, before, test } from "node:test"
import type { Browser, Page } from "playwright-core"
import { type Door, sharedDoor } from "../../dashboard/fixtures/door.ts"
import { ask, coverage, openBrowser, signIn, sitDown } from "./staff-room.ts"

const CALLS = 2_000
/** As many as are listed at once, but for what the house itself puts before people. */
const ITEMS = 480
/** Beyond what is listed at once. */
const MORE_ITEMS = 40
const LISTED_AT_ONCE = 500
const AT_ONCE = 25
const PAGE_OF_CALLS = 100
const door = sharedDoor()
let browser: Browser
const asked: string[] = []

/** Many at once, as many lines ring at once, and no more than the house has time for. */
async function each(count: number, work: (at: number) => Promise<unknown>): Promise<void> {
  const turns = Array.from({ length: count }, (_, at) => at)
  const lines = Array.from({ length: AT_ONCE }, async () => {
    for (let at = turns.shift(); at !== undefined; at = turns.shift()) await work(at)
  })
  await Promise.all(lines)
}

const callOf = (at: number): string => `CA${`${at}`.padStart(32, "0")}`

async function rang({ house }: Door, at: number): Promise<void> {
  const from = `+15125550${100 + (at % 100)}`
  await house.ask("calls.begin", { call: callOf(at), from })
  await house.ask("calls.update", { call: callOf(at), state: "ended" })
}

function askedOf(opened: Door, count: number): Promise<void> {
  return each(count, async () => void asked.push(await ask(opened, coverage)))
}

before(async () => {
  browser = await openBrowser()
  const opened = await door()
  await each(CALLS, (at) => rang(opened, at))
  await askedOf(opened, ITEMS)
})
after(() => browser.close())

async function seat(user: string): Promise<Page> {
  const page = await sitDown(browser, (await door()).url)
  await signIn(page, user)
  return page
}

const rows = (page: Page) => page.locator(".rows > li")

/** Those that were asked for and are not listed. */
async function missingOn(page: Page): Promise<readonly string[]> {
  const links = await page
    .locator(".rows a")
    .evaluateAll((all) => all.map((link) => String(link.getAttribute("href"))))
  const listed = new Set(links)
  return asked.filter((item) => !listed.has(`/queue/${item}`))
}

test("all of 480 items are in the queue, and what is decided by another leaves it", async () => {
  const page = await seat("tech")
  await page.goto("/queue")
  await rows(page)
    .nth(ITEMS - 1)
    .waitFor({ state: "attached" })
  assert.deepEqual(await missingOn(page), [])
  const item = asked.pop() ?? ""
  const { house } = await door()
  const decided = { item, reason: "Answered by letter." }
  const reply = await house.asStaff("technician", "work-queue.refuse", decided)
  assert.equal(reply.kind, "done")
  await page.locator(`.rows a[href="/queue/${item}"]`).waitFor({ state: "detached" })
  assert.deepEqual(await missingOn(page), [])
  await page.context().close()
})

test("more items than are listed at once are all reachable, and stay listed while they change", async () => {
  const opened = await door()
  await askedOf(opened, MORE_ITEMS)
  const page = await seat("tech")
  await page.goto("/queue")
  await rows(page)
    .nth(LISTED_AT_ONCE - 1)
    .waitFor({ state: "attached" })
  assert.equal(await rows(page).count(), LISTED_AT_ONCE)
  await page.getByRole("button", { name: "Show items that are due later" }).click()
  await rows(page)
    .nth(asked.length - 1)
    .waitFor({ state: "attached" })
  assert.deepEqual(await missingOn(page), [])
  const item = await ask(opened, coverage)
  await page.locator(`.rows a[href="/queue/${item}"]`).waitFor({ state: "attached" })
  assert.deepEqual(await missingOn(page), [])
  await page.context().close()
})

test("of 2,000 calls the newest are listed, older ones on asking, and a new one at once", async () => {
  const page = await seat("tech")
  await page.goto("/calls")
  await rows(page)
    .nth(PAGE_OF_CALLS - 1)
    .waitFor({ state: "attached" })
  assert.equal(await rows(page).count(), PAGE_OF_CALLS)
  for (let pages = 2; pages <= 3; pages++) {
    await page.getByRole("button", { name: "Show older calls" }).click()
    // The last of one page may be the first of the next.
    await rows(page)
      .nth((pages - 1) * PAGE_OF_CALLS + 1)
      .waitFor({ state: "attached" })
  }
  const { house } = await door()
  const call = callOf(CALLS)
  await house.ask("calls.begin", { call, from: "+15125550100" })
  await page.locator(`.rows a[href="/calls/${call}"]`).waitFor()
  await page.context().close()
})

test("every page opens on such a day", async () => {
  const page = await seat("manager")
  for (const path of ["/now", "/analytics", "/texts", "/patients", "/reports"]) {
    await page.goto(path)
    await page.getByRole("heading", { level: 1 }).first().waitFor()
    await page.locator(".mantine-Loader-root").first().waitFor({ state: "detached" })
    assert.equal(await page.getByRole("alert").count(), 0, path)
  }
  await page.context().close()
})
