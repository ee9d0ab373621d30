/**
 * `npm run screenshots`: pictures of the staff's pages, in the light and in the dark. With names of
 * pictures behind it, as in `npm run screenshots -- queue item`, only of these.
 */
import assert from "node:assert/strict"
import { mkdirSync } from "node:fs"
import { join } from "node:path"
import { setImmediate } from "node:timers/promises"
import type { Browser, Page, Route } from "playwright-core"
import type { Reply } from "#core/module.ts"
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
import { optionsOf } from "./options.ts"

const CALL = "CA00000000000000000000000000000001"
const ENDED = "CA00000000000000000000000000000002"
const folder = join(import.meta.dirname, "../docs/screenshots")
const { positionals: named } = optionsOf(import.meta, { allowPositionals: true })

type OpenDoor = Awaited<ReturnType<typeof openDoor>>

interface Furnished {
  /** The item that is shown in full. */
  readonly item: string
  /** A prior authorisation and a transfer under way. */
  readonly cases: Shown
}

/** One morning at the counter. */
async function furnish(door: OpenDoor): Promise<Furnished> {
  await ring(door, ENDED)
  const recording = await record(door, ENDED)
  await door.house.ask("calls.update", { call: ENDED, state: "ended", recording })
  await ring(door, CALL)
  await ask(door, coverage)
  await ask(door, zolpidem)
  await ask(door, complaint)
  const context = { ...oxycodone.context, conversation: ENDED, recording }
  const audio = { audioFromMs: 0, audioUntilMs: 900 }
  const item = await ask(door, { ...oxycodone, context: { ...context, ...audio } })
  return { item, cases: await openCases(door) }
}

async function openCases({ house }: OpenDoor): Promise<Shown> {
  const { host } = house
  const james = { patient: "1001", rxNumber: "7001235" }
  host.bus.publish("pms", "fillChanged", { ...james, fill: "waiting_payer" })
  const reject = { patient: "1001", rxNumber: "7001234", codes: ["75"] }
  const priorAuth = idOf(await house.asStaff("technician", "prior-auth.takeReject", reject))
  await house.asStaff("technician", "prior-auth.prepare", {
    ...{ priorAuth, diagnosisCode: "E78.5", question: "Was a generic tried?" },
    tried: [{ drugName: "simvastatin", outcome: "muscle pain" }],
  })
  const leaving = { direction: "out", patient: "1002", rxNumber: "7001242" }
  const request = { ...leaving, otherPharmacy: "Elm Street Pharmacy" }
  const transfer = idOf(await house.asStaff("pharmacist", "transfers.request", request))
  return [
    ["prior-auth", `/prior-auth/${priorAuth}`, "Drafted by rules"],
    ["transfers", `/transfers/${transfer}`, "What the law says"],
  ]
}

function idOf(reply: Reply): string {
  const { priorAuth, transfer } = Object(reply.kind === "done" ? reply.value : {})
  return String(priorAuth ?? transfer)
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

async function picture(browser: Browser, url: string, { item, cases }: Furnished, theme: Theme) {
  const page = await sitDown(browser, url, { theme })
  const take = (name: string) => shoot(page, name, theme)
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
  await takeAll(page, [...plain, ...cases], theme)
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
    await shoot(page, name, theme)
  }
}

const seen = new Set<string>()

async function shoot(page: Page, name: string, theme: Theme): Promise<void> {
  seen.add(name)
  if (named.length > 0 && !named.includes(name)) return
  await page.screenshot({ path: join(folder, `${name}-${theme}.png`) })
}

/** Of a house that has a backup: after all others, which show one that has none yet. */
async function pictureOfBackup(browser: Browser, url: string, theme: Theme): Promise<void> {
  const page = await sitDown(browser, url, { theme })
  await page.route("**/v1/backups/overview", showOtherFolder)
  await signIn(page, "manager")
  await takeAll(page, [["set-up-backup", "/set-up/backup", "documents read"]], theme)
  await page.context().close()
}

/** The folder is one of the machine that takes the picture: the page is told of a neutral one. */
async function showOtherFolder(route: Route): Promise<void> {
  const response = await route.fetch()
  const { value } = await response.json()
  const shown = { path: "/var/backups/mortar", freeMiB: 102_400 }
  await route.fulfill({ json: { value: { ...value, folder: { ...value.folder, ...shown } } } })
}

/** A call that was over this morning, so that the day has something to show. */
async function endOne({ house }: OpenDoor): Promise<void> {
  await house.ask("conversations.close", { conversation: ENDED, reason: "caller_left" })
}

async function backUp({ house }: OpenDoor): Promise<void> {
  await house.asStaff("operator", "backups.make")
  for (;;) {
    const overview = await house.asStaff("operator", "backups.overview")
    if (overview.kind === "done" && !Object.hasOwn(Object(overview.value), "underWay")) return
    await setImmediate()
  }
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
  const furnished = await furnish(door)
  await endOne(door)
  mkdirSync(folder, { recursive: true })
  for (const theme of ["light", "dark"] as const) await picture(browser, door.url, furnished, theme)
  await backUp(door)
  for (const theme of ["light", "dark"] as const) await pictureOfBackup(browser, door.url, theme)
  for (const name of named) assert.ok(seen.has(name), `there is no picture ${name}`)
} finally {
  await browser.close()
  network.close()
  for (const close of closers) await close()
}
