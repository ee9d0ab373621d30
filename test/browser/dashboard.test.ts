/** The staff's pages in a real browser, on a real house, with two people at once. */
import assert from "node:assert/strict"
import { once } from "node:events"
import { after, before, test } from "node:test"
import type { Browser, Page } from "playwright-core"
import { sharedDoor } from "../../dashboard/fixtures/door.ts"
import {
  ask,
  coverage,
  openBrowser,
  oxycodone,
  record,
  ring,
  say,
  signIn,
  sitDown,
  startNetwork,
  type Theme,
  zolpidem,
} from "./staff-room.ts"
import { violationsOn } from "./violations.ts"

const CALL = "CA00000000000000000000000000000001"
const network = await startNetwork(CALL)
const door = sharedDoor({ phoneUrl: network.url })
let browser: Browser
/** What the browser would not do because the page's own rules forbid it. */
const refused: string[] = []

before(async () => {
  browser = await openBrowser()
  await ring(await door(), CALL)
})
after(async () => {
  await browser.close()
  network.close()
})

async function seat(user: string, theme: Theme = "light"): Promise<Page> {
  const { url } = await door()
  const page = await sitDown(browser, url, { theme })
  page.on("console", (message) => {
    if (message.text().includes("Content Security Policy")) refused.push(message.text())
  })
  await signIn(page, user)
  return page
}

const ready = (page: Page) => page.locator(".decisions button:enabled").first().waitFor()

test("a wrong password is told in one sentence, and the right one opens the queue", async () => {
  const page = await sitDown(browser, (await door()).url)
  await page.goto("/")
  await page.getByLabel("User name").fill("pharmacist")
  await page.getByLabel("Password", { exact: true }).fill("not the password")
  await page.getByRole("button", { name: "Sign in" }).click()
  await page.getByText("User name or password is wrong.").waitFor()
  await signIn(page, "pharmacist")
  await page.getByRole("heading", { name: "Queue" }).waitFor()
  await page.reload()
  await page.getByRole("heading", { name: "Queue" }).waitFor()
  await page.context().close()
})

test("an item shows who asked and what will happen, and one key approves it, once", async () => {
  const { house } = await door()
  const page = await seat("pharmacist")
  const recording = await record(await door(), "CA00000000000000000000000000000002")
  const context = { ...oxycodone.context, recording, audioFromMs: 0, audioUntilMs: 400 }
  const item = await ask(await door(), { ...zolpidem, context })
  await page.goto(`/queue/${item}`)
  await page.getByText("I need my oxycodone filled").last().waitFor()
  await page.getByText("is submitted to the pharmacy system").waitFor()
  await page.getByRole("button", { name: "Listen" }).click()
  await page.locator("audio").waitFor()
  const button = page.getByRole("button", { name: "Approve" })
  await button.waitFor()
  await ready(page)
  await page.keyboard.press("a")
  await page.getByText("Approved by pharmacist").waitFor()
  await page.getByText("Approved and done.").waitFor()
  const submitted = await house.submissions()
  assert.equal(submitted.filter(({ rx }) => rx === "7001242").length, 1)
  await page.context().close()
})

test("of two people one gets the item, and the other sees at once who has it", async () => {
  const item = await ask(await door(), coverage)
  const [one, other] = await Promise.all([seat("tech"), seat("pharmacist")])
  await Promise.all([one.goto(`/queue/${item}`), other.goto(`/queue/${item}`)])
  await Promise.all([ready(one), ready(other)])
  await one.keyboard.press("c")
  await other.getByText("tech is working on this.").waitFor()
  assert.ok(await other.getByRole("button", { name: "Approve" }).isDisabled())
  await one.keyboard.press("r")
  await one.getByLabel("Reason").fill("The plan covers it: told at the counter.")
  await one.getByRole("dialog").getByRole("button", { name: "Refuse" }).click()
  await other.getByText("Refused by tech").waitFor()
  await other.getByText("told at the counter").waitFor()
  await Promise.all([one.context().close(), other.context().close()])
})

test("a technician is not offered what needs a pharmacist's licence", async () => {
  const item = await ask(await door(), zolpidem)
  const page = await seat("tech")
  await page.goto(`/queue/${item}`)
  await page.getByText("Only a pharmacist decides this.").waitFor()
  assert.ok(await page.getByRole("button", { name: "Approve" }).isDisabled())
  await page.context().close()
})

test("what is said in a call is read along while it is said", async () => {
  const { house } = await door()
  const page = await seat("tech")
  await page.goto(`/calls/${CALL}`)
  await page.getByText("What is your full name").waitFor()
  const text = "One more thing: do you open on Saturday?"
  await say(house, CALL, { who: "caller", text, atMs: 41_000, source: "speech" })
  await page.getByText(text).waitFor()
  await page.context().close()
})

test("what goes on now is on one page, and says so when the line is quiet", async () => {
  const { house } = await door()
  const page = await seat("tech")
  await page.keyboard.press("1")
  await page.getByRole("heading", { name: "Grace Kim" }).waitFor()
  await page.getByText("Verified", { exact: true }).waitFor()
  await page.getByRole("button", { name: "Take over" }).waitFor()
  await page.getByText("What is your full name").waitFor()
  await house.ask("calls.update", { call: CALL, state: "ended" })
  await page.getByText("The line is quiet").waitFor()
  await house.ask("calls.update", { call: CALL, state: "in_progress" })
  await page.getByRole("heading", { name: "Grace Kim" }).waitFor()
  await page.context().close()
})

test("every page speaks Spanish, and keeps doing so", async () => {
  const page = await seat("pharmacist")
  await page.getByRole("button", { name: "Español" }).click()
  await page.getByRole("heading", { name: "Pendientes" }).waitFor()
  await page.reload()
  await page.getByRole("heading", { name: "Pendientes" }).waitFor()
  assert.equal(await page.locator("html").getAttribute("lang"), "es")
  await page.context().close()
})

test("the palette finds a page by a few letters", async () => {
  const page = await seat("pharmacist")
  await page.keyboard.press("Control+k")
  await page.getByLabel("Search pages and commands").fill("shortc")
  await page.keyboard.press("Enter")
  await page.getByRole("heading", { name: "Keyboard shortcuts" }).waitFor()
  await page.context().close()
})

test("a telephone rings the pharmacy, says what is typed, presses keys and hangs up", async () => {
  const page = await seat("tech")
  await page.goto("/phone")
  await page.getByRole("button", { name: /^Ring/ }).click()
  await page.getByText("In the call").waitFor()
  await page.getByText("What is your full name").waitFor()
  await page.getByLabel("Say", { exact: true }).fill("I need a refill")
  await page.getByRole("button", { name: "Say it" }).click()
  await page.getByRole("button", { name: "0", exact: true }).click()
  const spoken = once(network.frames, "frame")
  await page.getByRole("button", { name: "Speak with the microphone" }).click()
  const [frame] = await spoken
  assert.equal(frame.length, 160)
  await page.getByRole("button", { name: "Hang up" }).click()
  await page.getByText("Call ended").waitFor()
  const types = network.heard.map((message) => Object(message).type)
  assert.deepEqual(types, ["dial", "say", "keys", "hangUp"])
  await page.context().close()
})

test("a lost connection is told with the time, and what came meanwhile appears afterwards", async () => {
  const { house } = await door()
  const page = await seat("pharmacist")
  await page.getByRole("heading", { name: "Queue" }).waitFor()
  await page.route("**/live", (route) => route.abort())
  process.kill(house.host.pidOf("dashboard") ?? 0)
  await page.getByText(/Connection lost. Last updated/).waitFor()
  const words = "Please fill the other one, too."
  await ask(await door(), { ...zolpidem, context: { words } })
  await page.unroute("**/live")
  await page.getByText(/Connection lost/).waitFor({ state: "detached" })
  await page.getByText(words).first().waitFor()
  await page.context().close()
})

test("a server that takes the connection and answers nothing is asked again", async () => {
  const page = await seat("pharmacist")
  await page.clock.install()
  let asked = 0
  await page.route("**/live", (route) => (asked++ === 0 ? undefined : route.continue()))
  await page.reload()
  await page.getByRole("heading", { name: "Queue" }).waitFor()
  await page.clock.fastForward(5_000)
  await page.getByText(/Connection lost/).waitFor()
  await page.clock.fastForward(30_000)
  await page.getByText(/Connection lost/).waitFor({ state: "detached" })
  assert.equal(asked, 2)
  await page.context().close()
})

test("who signed out elsewhere is asked to sign in again", async () => {
  const { url } = await door()
  const page = await seat("manager")
  await page.getByRole("heading", { name: "Queue" }).waitFor()
  const [cookie] = await page.context().cookies(url)
  const headers = { cookie: `${cookie?.name}=${cookie?.value}`, "x-mortar-page": "1" }
  await fetch(`${url}/v1/sessions/logout`, { method: "POST", headers })
  await page.getByRole("button", { name: "Sign in" }).waitFor()
  await page.context().close()
})

test("the pages need nothing that their own security rules forbid", () => {
  assert.deepEqual(refused, [])
})

test("a manager reads every text that left the house, word for word, and nobody else is offered it", async () => {
  const { house } = await door()
  const words = "[NAME_1] asks about the blue ones"
  const text = JSON.stringify({ model: "a-model", messages: [{ role: "user", content: words }] })
  const left = { to: "anthropic", model: "a-model", purpose: "hard_turn", sha256: "00ffee" }
  const actor = { kind: "system", module: "intent" } as const
  const about = { act: "left-1", actor, what: "cloud.ask" }
  await house.host.write({ ...about, phase: "before", left: { ...left, text } })
  const settled = { ...left, costMicroDollars: 1_200 }
  await house.host.write({ ...about, phase: "after", outcome: "answered", left: settled })

  const { url } = await door()
  const context = await browser.newContext({ baseURL: url })
  const manager = await context.newPage()
  await signIn(manager, "manager")
  await manager.getByRole("link", { name: "What left" }).click()
  await manager.getByText(words, { exact: true }).waitFor()
  await manager.getByText("a-model · Answered · $0.0012").waitFor()
  await manager.getByText("Every byte that left").click()
  await manager.getByText(text, { exact: true }).waitFor()
  await manager.getByText("SHA-256 00ffee").waitFor()
  assert.deepEqual(await violationsOn(manager), [])
  await context.close()

  const technician = await seat("tech")
  assert.equal(await technician.getByRole("link", { name: "What left" }).count(), 0)
  await technician.context().close()
})

for (const theme of ["light", "dark"] as const) {
  test(`no page keeps anybody out, in ${theme} colours (axe-core)`, async () => {
    const item = await ask(await door(), { ...zolpidem, context: oxycodone.context })
    const context = await browser.newContext({
      baseURL: (await door()).url,
      colorScheme: theme,
      reducedMotion: "reduce",
    })
    const page = await context.newPage()
    await page.goto("/")
    await page.getByLabel("User name").waitFor()
    const found = [...(await violationsOn(page))]
    await signIn(page, "pharmacist")
    const places = ["/now", "/queue", `/queue/${item}`, `/calls/${CALL}`, "/phone", "/shortcuts"]
    for (const place of places) {
      await page.goto(place)
      await page.getByRole("heading").first().waitFor()
      await page.locator(".mantine-Loader-root").first().waitFor({ state: "detached" })
      found.push(...(await violationsOn(page)).map((one) => `${place} ${one}`))
    }
    assert.deepEqual(found, [])
    await context.close()
  })
}
