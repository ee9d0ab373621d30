/** Calls, texts and patients in a real browser: found, read, heard in step, saved without names. */
import assert from "node:assert/strict"
import { readFileSync } from "node:fs"
import { after, before, test } from "node:test"
import type { Browser, Page } from "playwright-core"
import { sharedDoor } from "../../dashboard/fixtures/door.ts"
import { openBrowser, record, ring, say, signIn, sitDown } from "./staff-room.ts"
import { violationsOn } from "./violations.ts"

const CALL = "CA00000000000000000000000000000001"
const OTHER = "CA00000000000000000000000000000002"
const phone = "+15125550133"
const stopped = "+15125550134"
const door = sharedDoor()
let browser: Browser

before(async () => {
  browser = await openBrowser()
  const { house } = await door()
  await ring(await door(), CALL)
  const recording = await record(await door(), CALL)
  await house.ask("calls.update", { call: CALL, state: "ended", recording, patient: "1002" })
  const cut = { who: "agent", text: "One more thing", atMs: 40_000, source: "agent", cutOff: true }
  await say(house, CALL, cut)
  await house.ask("calls.begin", { call: OTHER, from: phone })
  await house.ask("calls.update", { call: OTHER, state: "lost" })
  for (const [from, body] of [
    [phone, "Is my order ready?"],
    [stopped, "Stop"],
  ])
    await house.ask("messaging.receive", { message: `SM of ${from}`, from, body })
})
after(() => browser.close())

async function seat(user: string): Promise<Page> {
  const page = await sitDown(browser, (await door()).url)
  await signIn(page, user)
  return page
}

test("a call is found by words that were said in it, and by its number", async () => {
  const page = await seat("tech")
  await page.goto("/calls")
  const row = (call: string) => page.locator(`.rows a[href="/calls/${call}"]`)
  await row(OTHER).waitFor()
  await page.getByText("Search calls").click()
  await page.getByLabel("Words said, or an Rx number").fill("DOCTOR bell")
  await page.getByRole("button", { name: "Search", exact: true }).click()
  await row(OTHER).waitFor({ state: "detached" })
  await row(CALL).getByText("the one Doctor Bell wrote").waitFor()
  await page.getByRole("button", { name: "Show all" }).click()
  await row(OTHER).waitFor()
  await page.getByLabel("Phone number").fill("(512) 555-0133")
  await page.getByRole("button", { name: "Search", exact: true }).click()
  await row(CALL).waitFor({ state: "detached" })
  await row(OTHER).waitFor()
  const { house } = await door()
  const looked = await house.audit.query({ what: "transcripts.search" })
  assert.ok(looked.length > 0)
  await page.context().close()
})

test("a line plays from its second, and is marked; what was cut off says so", async () => {
  const page = await seat("tech")
  await page.goto(`/calls/${CALL}`)
  await page.getByText("This much was heard before the caller spoke.").waitFor()
  await page.getByRole("button", { name: "Play from 0:00" }).first().click()
  await page.locator("audio").waitFor()
  await page.locator(".line-playing").first().waitFor()
  await page.context().close()
})

test("a transcript is saved without the names, numbers and dates in it", async () => {
  const page = await seat("tech")
  await page.goto(`/calls/${CALL}`)
  const saved = page.waitForEvent("download")
  await page.getByRole("button", { name: "Save without names" }).click()
  const text = readFileSync(await (await saved).path(), "utf8")
  assert.match(text, /\[NAME_1\]/)
  for (const secret of [/grace/i, /\bkim\b/i, /7001241/, /oxycodone/i, /july/i])
    assert.doesNotMatch(text, secret)
  await page.context().close()
})

test("texts are read and answered in a thread, and nobody who said stop is written to", async () => {
  const page = await seat("tech")
  await page.keyboard.press("4")
  await page.getByRole("button", { name: /555-0134/ }).click()
  await page.getByText("This number said stop").waitFor()
  await page.getByRole("button", { name: /555-0133/ }).click()
  await page.getByLabel("Your text").fill("Yes, come by.")
  await page.getByRole("button", { name: "Send" }).click()
  // The carrier of this house is out: the words stay, to be sent again.
  await page.getByText("Not done").waitFor()
  assert.equal(await page.getByLabel("Your text").inputValue(), "Yes, come by.")
  assert.ok(!page.url().includes("555"))
  await page.context().close()
})

async function openGrace(page: Page): Promise<void> {
  await page.goto("/patients")
  await page.getByLabel("Last name").fill("Kim")
  await page.getByLabel("Date of birth").fill("1971-07-22")
  await page.getByRole("button", { name: "Find", exact: true }).click()
  await page.getByRole("button", { name: /Grace Kim/ }).click()
  await page.getByRole("heading", { name: "Grace Kim" }).waitFor()
}

test("a patient is found, with caregivers, preferences and history; a manager sees who looked", async () => {
  const page = await seat("manager")
  await openGrace(page)
  await page.getByRole("region", { name: "Prescriptions" }).getByText("7001241").waitFor()
  await page.getByLabel("Caregiver's last name").fill("Carter")
  await page.getByLabel("Caregiver's date of birth").fill("1958-03-14")
  await page.getByRole("button", { name: "Put a consent on file" }).click()
  const caregivers = page.getByRole("region", { name: "Caregivers" })
  await caregivers.getByText("James Carter").waitFor()
  await caregivers.getByRole("button", { name: "Take off file" }).click()
  await caregivers.getByText(/taken back/).waitFor()
  await page.getByLabel("Quiet from").fill("20:00")
  await page.getByLabel("Quiet until").fill("09:00")
  await page.getByRole("button", { name: "Keep" }).click()
  await page.getByText("Kept.").waitFor()
  await page.getByRole("region", { name: "History" }).getByText("Call · Ended").waitFor()
  await page.getByRole("list", { name: "Who looked" }).getByText("patients.get").first().waitFor()
  assert.ok(!page.url().includes("1002"))
  await page.context().close()
})

for (const theme of ["light", "dark"] as const)
  test(`calls, texts and patients keep nobody out, in ${theme} colours (axe-core)`, async () => {
    const context = await browser.newContext({
      ...{ baseURL: (await door()).url, colorScheme: theme, reducedMotion: "reduce" },
    })
    const page = await context.newPage()
    await signIn(page, "manager")
    await page.goto(`/calls/${CALL}`)
    await page.getByText("Search calls").click()
    await page.getByText("Thank you, Grace").waitFor()
    const found = [...(await violationsOn(page))]
    await page.goto("/texts")
    await page.getByRole("button", { name: /555-0133/ }).click()
    await page.getByLabel("Your text").waitFor()
    found.push(...(await violationsOn(page)))
    await openGrace(page)
    await page.getByRole("list", { name: "Who looked" }).getByText("patients.get").first().waitFor()
    found.push(...(await violationsOn(page)))
    assert.deepEqual(found, [])
    await context.close()
  })
