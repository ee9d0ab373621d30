/** `node scripts/screenshots.ts`: pictures of the staff's pages, in the light and in the dark. */
import { mkdirSync } from "node:fs"
import { join } from "node:path"
import type { Browser, Page } from "playwright-core"
import { openDoor } from "../dashboard/fixtures/door.ts"
import {
  ask,
  complaint,
  coverage,
  openBrowser,
  oxycodone,
  record,
  ring,
  signIn,
  sitDown,
  startNetwork,
  type Theme,
  zolpidem,
} from "../test/browser/staff-room.ts"

const CALL = "CA00000000000000000000000000000001"
const ENDED = "CA00000000000000000000000000000002"
const folder = join(import.meta.dirname, "../docs/screenshots")

/** One morning at the counter; answers the item that is shown in full. */
async function furnish(door: Awaited<ReturnType<typeof openDoor>>): Promise<string> {
  await ring(door, ENDED)
  const recording = await record(door, ENDED)
  await door.house.ask("calls.update", { call: ENDED, state: "ended", recording })
  await ring(door, CALL)
  await ask(door, coverage)
  await ask(door, zolpidem)
  await ask(door, complaint)
  const context = { ...oxycodone.context, conversation: ENDED, recording }
  return ask(door, { ...oxycodone, context: { ...context, audioFromMs: 0, audioUntilMs: 900 } })
}

/** Pages that show themselves whole: the path, and words that are there when it is. */
const plain = [
  ["now", "/now", "In progress now"],
  ["calls", `/calls/${CALL}`, "Thank you, Grace"],
  ["texts", "/texts", "Texts"],
  ["patients", "/patients", "Patients"],
  ["analytics", "/analytics", "By hour"],
  ["stock", "/stock", "Shelves"],
  ["understanding", "/understanding", "Not understood"],
  ["account", "/account", "Your account"],
  ["shortcuts", "/shortcuts", "Keyboard shortcuts"],
] as const
const managers = [
  ["reports", "/reports", "Reports"],
  ["left", "/left", "What left the house"],
  ["rights", "/rights", "Emergency rights"],
  ["set-up", "/set-up", "What is missing"],
  ["set-up-hours", "/set-up/hours", "Opening hours"],
  ["set-up-greeting", "/set-up/greeting", "this call is recorded"],
  ["set-up-facts", "/set-up/facts", "On whose word"],
  ["set-up-staff", "/set-up/staff", "Open accounts"],
  ["set-up-pms", "/set-up/pms", "Check it and try it"],
  ["staff", "/staff", "New colleague"],
  ["privacy", "/privacy", "Find a patient"],
  ["system", "/system", "Up for"],
  ["rules", "/rules", "It would be done at once"],
  ["automations", "/automations", "No automation yet"],
] as const

async function picture(browser: Browser, url: string, item: string, theme: Theme): Promise<void> {
  const page = await sitDown(browser, url, { theme })
  const take = (name: string) => page.screenshot({ path: join(folder, `${name}-${theme}.png`) })
  await page.goto("/")
  await page.getByLabel("User name").waitFor()
  await take("login")
  await signIn(page, "pharmacist")
  await page.locator(".decisions button:enabled").first().waitFor()
  await page.getByText("Asking the pharmacy system…").waitFor({ state: "detached" })
  await take("queue")
  await page.goto(`/queue/${item}`)
  await page.getByText("Thank you, Grace").first().waitFor()
  await page.getByText("Asking the pharmacy system…").waitFor({ state: "detached" })
  await take("item")
  await takeAll(page, plain, theme)
  await page.goto("/phone")
  await page.getByRole("button", { name: /^Ring/ }).click()
  await page.getByText("Thank you, Grace").first().waitFor()
  await take("phone")
  await page.setViewportSize({ width: 390, height: 844 })
  await page.goto(`/queue/${item}`)
  await page.getByText("Thank you, Grace").first().waitFor()
  await take("narrow")
  await page.context().close()
  const desk = await sitDown(browser, url, { theme })
  await signIn(desk, "manager")
  await takeAll(desk, managers, theme)
  await desk.context().close()
}

type Shown = readonly (readonly [name: string, path: string, words: string])[]

async function takeAll(page: Page, shown: Shown, theme: Theme): Promise<void> {
  for (const [name, path, words] of shown) {
    await page.goto(path)
    await page.getByText(words).first().waitFor()
    await page.locator(".mantine-Loader-root").first().waitFor({ state: "detached" })
    await page.screenshot({ path: join(folder, `${name}-${theme}.png`) })
  }
}

/** A call that was over this morning, so that the day has something to show. */
async function endOne({ house }: Awaited<ReturnType<typeof openDoor>>): Promise<void> {
  await house.ask("conversations.close", { conversation: ENDED, reason: "caller_left" })
}

/** Modules of pages that not every test of the door needs. */
const beside = ["automations", "renewals"]

const closers: (() => Promise<void>)[] = []
const context = { after: (close: () => Promise<void>) => closers.push(close) }
const network = await startNetwork(CALL)
const browser = await openBrowser()
try {
  const door = await openDoor(context, { phoneUrl: network.url }, {}, [
    ...beside,
    "voice",
    "insurance",
  ])
  const item = await furnish(door)
  await endOne(door)
  mkdirSync(folder, { recursive: true })
  for (const theme of ["light", "dark"] as const) await picture(browser, door.url, item, theme)
} finally {
  await browser.close()
  network.close()
  for (const close of closers) await close()
}
