/** The queue in a real browser: taking back, calling back, several at once, two people at once. */
import assert from "node:assert/strict"
import { after, before, test } from "node:test"
import type { Browser, Page } from "playwright-core"
import { sharedDoor } from "../../dashboard/fixtures/door.ts"
import { ask, coverage, openBrowser, type Request, signIn, sitDown } from "./staff-room.ts"
import { violationsOn } from "./violations.ts"

const door = sharedDoor({}, { "work-queue": { undoSeconds: 60 } })
let browser: Browser

before(async () => {
  browser = await openBrowser()
})
after(() => browser.close())

/** Somebody's prescription with a major alert, from the cast of the demo pharmacy system. */
const alerted: Request = {
  patient: "1019",
  name: "refills.request",
  input: { rxNumber: "7001381" },
  context: {
    words: "I need that refilled before the weekend, I really am upset about this.",
    patient: "1019",
    phone: "+15125550119",
    verifiedBy: ["name", "date_of_birth", "zip"],
    mood: "angry",
    summary: { text: "Asks for a refill before the weekend.", madeBy: "rules" },
  },
}

async function seat(user: string): Promise<Page> {
  const page = await sitDown(browser, (await door()).url)
  await signIn(page, user)
  return page
}

const ready = (page: Page) => page.locator(".decisions button:enabled").first().waitFor()

test("a decision is told to everybody at once, and one key takes it back", async () => {
  const item = await ask(await door(), coverage)
  const [one, other] = await Promise.all([seat("tech"), seat("pharmacist")])
  await Promise.all([one.goto(`/queue/${item}`), other.goto(`/queue/${item}`)])
  await Promise.all([ready(one), ready(other)])
  await one.keyboard.press("a")
  const footer = (page: Page) => page.locator(".decisions")
  await footer(other).getByText("Approved by tech").waitFor()
  assert.equal(await other.getByRole("button", { name: "Take it back" }).count(), 0)
  await footer(one)
    .getByText(/in \d+ s it is acted on/)
    .waitFor()
  await one.getByRole("button", { name: "Take it back" }).waitFor()
  await one.keyboard.press("z")
  await one.getByRole("button", { name: "Approve", exact: true }).waitFor()
  await ready(other)
  await other.keyboard.press("r")
  await other.getByLabel("Reason").fill("Told at the counter.")
  await other.getByRole("dialog").getByRole("button", { name: "Refuse" }).click()
  await footer(one).getByText("Refused by pharmacist").waitFor()
  await Promise.all([one.context().close(), other.context().close()])
})

test("one key notes that somebody is called back, and the call is ticked off where it is owed", async () => {
  const item = await ask(await door(), coverage)
  const page = await seat("tech")
  await page.goto(`/queue/${item}`)
  await ready(page)
  await page.keyboard.press("b")
  await page.getByText("A call back is owed").waitFor()
  await page.getByText("Calls owed: 1").click()
  const owed = page.getByRole("list", { name: "Calls owed" })
  await owed.getByText("(512) 555-0100").waitFor()
  await owed.getByRole("button", { name: "Called" }).click()
  await page.getByText("No call is owed").waitFor()
  await page.getByText("Called back just now").waitFor()
  await page.context().close()
})

test("several of a technician's items of one kind are decided together, and never a pharmacist's", async () => {
  const items = [await ask(await door(), coverage), await ask(await door(), coverage)]
  const above = await ask(await door(), alerted)
  const page = await seat("pharmacist")
  await page.goto(`/queue/${above}`)
  await ready(page)
  const boxOf = (item: string) =>
    page.locator(`li:has(a[href="/queue/${item}"])`).getByRole("checkbox")
  assert.ok(await boxOf(above).isDisabled())
  for (const item of items) await boxOf(item).check()
  await page.getByText("2 chosen: Insurance question").waitFor()
  await page.keyboard.press("R")
  await page.getByLabel("Reason").fill("Answered by letter.")
  await page.getByRole("dialog").getByRole("button", { name: "Refuse all" }).click()
  await page.getByText("2 items done.").waitFor()
  for (const item of items)
    await page.locator(`a[href="/queue/${item}"]`).getByText("Refused by pharmacist").waitFor()
  await page.context().close()
})

test("the alerts stand on the item with how grave they are, and how old the answer is", async () => {
  const item = await ask(await door(), alerted)
  const page = await seat("pharmacist")
  await page.goto(`/queue/${item}`)
  await page.getByRole("list", { name: "Interaction alerts" }).getByText("Major").waitFor()
  await page.getByText(/Alerts as of/).waitFor()
  await page.getByText(/Prescription as of/).waitFor()
  await page.locator(".item-head").getByText("Angry").waitFor()
  await page.getByText("Summed up by rules").waitFor()
  await page.context().close()
})

test("an answer is read as it will be sent, names no medicine, and is followed afterwards", async () => {
  const { patient, context } = coverage
  const item = await ask(await door(), { ...coverage, context: { ...context, patient } })
  const page = await seat("tech")
  await page.goto(`/queue/${item}`)
  await ready(page)
  const box = page.getByRole("region", { name: "Answer by text" })
  await page.keyboard.press("w")
  await page.keyboard.type("Your lisinopril is covered.")
  await page.keyboard.press("Control+Enter")
  await box.getByText(/: Please call us at/).waitFor()
  await box.getByText("Your words name a medicine").waitFor()
  await box.getByRole("button", { name: "Send this" }).waitFor()
  await page.keyboard.press("Control+A")
  await page.keyboard.type("Yes, your plan covers it.")
  await box.getByText("The patient will read:").waitFor({ state: "detached" })
  await page.keyboard.press("Control+Enter")
  await box.getByText(/: Yes, your plan covers it\. Questions\?/).waitFor()
  assert.deepEqual(await violationsOn(page), [])
  await page.keyboard.press("Control+Enter")
  await page.getByText("The answer is taken.").waitFor()
  const sent = box.getByRole("list", { name: "Answers sent" })
  await sent.getByText(/On its way|Held until/).waitFor()
  await page.evaluate(() => localStorage.setItem("mortar.language", "es"))
  await page.reload()
  await page
    .getByRole("region", { name: "Responder por mensaje" })
    .getByText(/En camino|Retenida/)
    .waitFor()
  await page.context().close()
})

test("who wants no texts is called: the box says so before anything is sent", async () => {
  const { house } = await door()
  const choice = { patient: alerted.patient, wantsCalls: true }
  assert.equal((await house.asStaff("technician", "outreach-policy.choose", choice)).kind, "done")
  const item = await ask(await door(), alerted)
  const page = await seat("pharmacist")
  await page.setViewportSize({ width: 390, height: 844 })
  await page.goto(`/queue/${item}`)
  await page.getByLabel("Your answer").fill("Please come by.")
  await page.getByRole("button", { name: "Show what will be sent" }).click()
  await page.getByText("The patient wants calls, not texts.").waitFor()
  assert.deepEqual(await violationsOn(page), [])
  await page.context().close()
})

for (const theme of ["light", "dark"] as const)
  test(`the queue keeps nobody out, in ${theme} colours (axe-core)`, async () => {
    const [held, open] = [await ask(await door(), coverage), await ask(await door(), alerted)]
    const context = await browser.newContext({
      ...{ baseURL: (await door()).url, colorScheme: theme, reducedMotion: "reduce" },
    })
    const page = await context.newPage()
    await signIn(page, "pharmacist")
    const found: string[] = []
    await page.goto(`/queue/${held}`)
    await ready(page)
    await page.locator(`li:has(a[href="/queue/${held}"])`).getByRole("checkbox").check()
    await page.getByText("1 chosen").waitFor()
    found.push(...(await violationsOn(page)))
    await page.keyboard.press("Escape")
    await page.keyboard.press("b")
    await page.getByText("A call back is owed").waitFor()
    // The others tell of it before its own answer is there, and until then nothing is decided.
    await ready(page)
    await page.keyboard.press("a")
    await page.getByRole("button", { name: "Take it back" }).waitFor()
    found.push(...(await violationsOn(page)))
    await page.goto(`/queue/${open}`)
    await page.getByRole("list", { name: "Interaction alerts" }).waitFor()
    await page.getByText(/^Calls owed/).click()
    await page.getByRole("list", { name: "Calls owed" }).waitFor()
    found.push(...(await violationsOn(page)))
    assert.deepEqual(found, [])
    await context.close()
  })
