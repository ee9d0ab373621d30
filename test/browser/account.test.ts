/** Signing in with more than a password, the lock, fresh proofs, emergency rights: in Chromium. */
import assert from "node:assert/strict"
import { after, before, test } from "node:test"
import { generate } from "otplib"
import type { Browser, Page } from "playwright-core"
import { systemClock } from "#core/clock.ts"
import { tokenHash } from "#core/token.ts"
import { demoPassword, sharedDoor } from "../../dashboard/fixtures/door.ts"
import { ask, openBrowser, oxycodone, signIn, sitDown, type Theme, zolpidem } from "./staff-room.ts"
import { violationsOn } from "./violations.ts"

const HALF_MINUTE_MS = 30_000
const door = sharedDoor()
let browser: Browser
/** What the browser would not do because the page's own rules forbid it. */
const refused: string[] = []

before(async () => {
  browser = await openBrowser()
  await door()
})
after(async () => {
  await browser.close()
})

/** Passkeys want a name in the address, so these pages are asked for by name. */
async function chair(theme: Theme = "light"): Promise<Page> {
  const { port } = await door()
  const page = await sitDown(browser, `http://localhost:${port}`, { theme })
  page.on("console", (message) => {
    if (message.text().includes("Content Security Policy")) refused.push(message.text())
  })
  return page
}

async function seat(user: string, theme: Theme = "light"): Promise<Page> {
  const page = await chair(theme)
  await signIn(page, user)
  return page
}

async function typePassword(page: Page, user: string, password = demoPassword): Promise<void> {
  await page.getByLabel("User name").fill(user)
  await page.getByLabel("Password", { exact: true }).fill(password)
  await page.getByRole("button", { name: "Sign in" }).click()
}

const press = (page: Page, name: string) => page.getByRole("button", { name, exact: true }).click()
const isIn = (page: Page) => page.getByRole("navigation", { name: "Pages" }).waitFor()

async function keepsNobodyOut(page: Page, where: string): Promise<void> {
  assert.deepEqual(await violationsOn(page), [], where)
}

/** A new colleague, so that no test finds what another left on an account. */
async function hire(user: string, role = "technician"): Promise<string> {
  const { house } = await door()
  const password = "a lamp beside the river"
  const account = { user, fullName: "Nora Newell", role, password }
  const made = await house.asStaff("manager", "staff-accounts.create", account)
  assert.equal(made.kind, "done")
  return password
}

/** As if the last proof of whoever sits here were long ago. */
async function growOld(page: Page): Promise<void> {
  const { house, url } = await door()
  const [cookie] = await page.context().cookies()
  const headers = { cookie: `${cookie?.name}=${cookie?.value}` }
  const view = (await (await fetch(`${url}/session`, { headers })).json()) as {
    user: string
    session: string
    endsAtMs: number
  }
  const { user: person, session, endsAtMs: expiresAtMs } = view
  const grant = { person, role: "pharmacist", session, expiresAtMs } as const
  const licensed = { licensedUntilMs: expiresAtMs }
  await house.host.identities.openToken(tokenHash(cookie?.value ?? ""), { ...grant, ...licensed })
}

test("a new colleague chooses a password before anything else opens", async () => {
  const password = await hire("nora")
  const page = await chair()
  await page.goto("/")
  await typePassword(page, "nora", password)
  await page.getByRole("heading", { name: "Before you begin" }).waitFor()
  await keepsNobodyOut(page, "set-up")
  assert.equal(await page.getByRole("navigation", { name: "Pages" }).count(), 0)
  await page.getByLabel("Present password").fill(password)
  await page.getByLabel("New password").fill("too short")
  await press(page, "Change the password")
  await page.getByText("Take a longer phrase").waitFor()
  await page.getByLabel("New password").fill("seven quiet umbrellas")
  await press(page, "Change the password")
  await isIn(page)
  await page.context().close()
})

test("codes from a telephone are enrolled by a picture, asked for at the door, and replaced by a recovery code", async () => {
  const page = await seat("tech")
  await page.goto("/account")
  await press(page, "Add codes from a telephone")
  await page.getByRole("img", { name: "A picture for an authenticator app" }).waitFor()
  const secret = await page.locator("code.secret").innerText()
  await page.getByLabel("Code", { exact: true }).fill(await generate({ secret }))
  await press(page, "Turn codes on")
  await page.locator(".codes-list li").last().waitFor()
  const codes = await page.locator(".codes-list li").allInnerTexts()
  assert.equal(codes.length, 10)
  await keepsNobodyOut(page, "recovery codes")
  await press(page, "I have kept them")
  await press(page, "Sign out")

  await typePassword(page, "tech")
  const code = page.getByLabel("Code", { exact: true })
  await code.fill("000000")
  await keepsNobodyOut(page, "code at the door")
  await press(page, "Sign in")
  await page.getByText("That code is wrong, or was used.").waitFor()
  const epoch = Math.floor((systemClock.nowMs() + HALF_MINUTE_MS) / 1_000)
  await code.fill(await generate({ secret, epoch }))
  await press(page, "Sign in")
  await isIn(page)
  await press(page, "Sign out")

  await typePassword(page, "tech")
  await code.fill(codes[0] ?? "")
  await press(page, "Sign in")
  await isIn(page)
  await page.goto("/account")
  await page.getByText("9 recovery codes are left.").waitFor()
  const codesOn = page.getByText("Codes from a telephone are on.")
  await codesOn.locator("xpath=..").getByRole("button", { name: "Remove" }).click()
  await page.getByRole("button", { name: "Add codes from a telephone" }).waitFor()
  await page.context().close()
})

test("a passkey is made, signs in alone, and unlocks the screen", async () => {
  const page = await seat("manager")
  const debug = await page.context().newCDPSession(page)
  await debug.send("WebAuthn.enable")
  await debug.send("WebAuthn.addVirtualAuthenticator", {
    options: {
      ...{ protocol: "ctap2", transport: "internal", hasResidentKey: true },
      ...{ hasUserVerification: true, isUserVerified: true, automaticPresenceSimulation: true },
    },
  })
  await page.goto("/account")
  await page.getByLabel("Name of a new passkey").fill("The back room")
  await press(page, "Add a passkey")
  await press(page, "I have kept them")
  await page.getByText("Passkey: The back room").waitFor()
  await press(page, "Sign out")
  await press(page, "Use a passkey")
  await isIn(page)
  await press(page, "Lock the screen")
  await page.getByRole("heading", { name: "Locked", exact: true }).waitFor()
  await press(page, "Use a passkey")
  await isIn(page)
  await page.goto("/account")
  const passkey = page.getByText("Passkey: The back room")
  await passkey.locator("xpath=..").getByRole("button", { name: "Remove" }).click()
  await passkey.waitFor({ state: "detached" })
  await page.context().close()
})

test("a locked screen shows and does nothing, and a PIN brings the work back as it was", async () => {
  const page = await seat("tech")
  await page.goto("/account")
  await page.getByLabel("PIN", { exact: true }).fill("2719")
  await press(page, "Set the PIN")
  await press(page, "Do without a PIN")
  await page.getByLabel("PIN", { exact: true }).fill("2719")
  await press(page, "Set the PIN")
  await page.getByLabel("New PIN").waitFor()
  const reason = page.getByLabel("Reason")
  await reason.fill("Half a sentence, and then")
  await press(page, "Lock the screen")
  await page.getByRole("heading", { name: "Locked", exact: true }).waitFor()
  assert.equal(await reason.isVisible(), false)
  await keepsNobodyOut(page, "locked")
  await page.locator(".lock").click({ position: { x: 5, y: 5 } })
  await page.keyboard.press("2")
  const { house } = await door()
  const [cookie] = await page.context().cookies()
  assert.equal(house.host.identities.actor({ token: cookie?.value ?? "" }), undefined)

  await page.getByLabel("PIN", { exact: true }).fill("1111")
  await press(page, "Unlock")
  await page.getByText("That is not right.").waitFor()
  await page.getByLabel("PIN", { exact: true }).fill("2719")
  await press(page, "Unlock")
  await reason.waitFor()
  assert.equal(await reason.inputValue(), "Half a sentence, and then")
  assert.ok(page.url().endsWith("/account"))
  await page.context().close()
})

test("a decision after a long time asks who is there and then goes on; the next is one key again", async () => {
  const [first, second] = [await ask(await door(), oxycodone), await ask(await door(), zolpidem)]
  const page = await seat("pharmacist")
  await page.goto(`/queue/${first}`)
  await page.locator(".decisions button:enabled").first().waitFor()
  await growOld(page)
  await page.keyboard.press("a")
  const dialog = page.getByRole("dialog")
  await dialog.getByText("Is it still you?").waitFor()
  await keepsNobodyOut(page, "fresh proof")
  await dialog.getByLabel("Password", { exact: true }).fill("not the password")
  await dialog.getByRole("button", { name: "It is me" }).click()
  await dialog.getByText("That is not right.").waitFor()
  await dialog.getByLabel("Password", { exact: true }).fill(demoPassword)
  await dialog.getByRole("button", { name: "It is me" }).click()
  await page.getByText("Approved by pharmacist").waitFor()
  await page.goto(`/queue/${second}`)
  await page.locator(".decisions button:enabled").first().waitFor()
  await page.keyboard.press("a")
  await page.getByText("Approved by pharmacist").waitFor()
  assert.equal(await dialog.count(), 0)
  await page.context().close()
})

test("emergency rights are told to managers at once, shown to their taker, and given back", async () => {
  const [page, manager] = [await seat("tech"), await seat("manager")]
  await manager.goto("/rights")
  await manager.getByText("Nobody has taken any").waitFor()
  await page.goto("/account")
  const reason = "The manager is ill, and a refund cannot wait."
  await page.getByLabel("Rights of").first().click()
  await page.getByRole("option", { name: "Manager" }).click()
  await page.getByLabel("Reason").fill(reason)
  await press(page, "Take the rights")
  await page.getByRole("status").getByText("You have the rights of another role").waitFor()
  await manager.getByText("Rights were taken in an emergency").waitFor()
  await manager.getByText(reason).waitFor()
  await manager.getByText("Still open").waitFor()
  await keepsNobodyOut(manager, "rights")
  await keepsNobodyOut(page, "rights taken")
  await press(manager, "I have looked at it")
  await manager.getByText("Looked at by manager").waitFor()
  await page.getByRole("status").getByRole("button", { name: "Give the rights back" }).click()
  await page.getByRole("status").waitFor({ state: "detached" })
  await Promise.all([page.context().close(), manager.context().close()])
})

test("one ends a screen elsewhere, and it asks to sign in again", async () => {
  const [here, elsewhere] = [await seat("operator"), await seat("operator")]
  await here.goto("/account")
  const other = here.locator(".factor", { hasText: "on Linux", hasNotText: "This one" })
  await other.getByRole("button", { name: "End it" }).click()
  await other.waitFor({ state: "detached" })
  await elsewhere.goto("/account")
  await elsewhere.getByRole("button", { name: "Sign in" }).waitFor()
  await Promise.all([here.context().close(), elsewhere.context().close()])
})

for (const theme of ["light", "dark"] as const) {
  test(`one's own account keeps nobody out, in ${theme} colours (axe-core)`, async () => {
    const page = await chair(theme)
    await page.goto("/")
    await page.getByLabel("User name").waitFor()
    await keepsNobodyOut(page, "door")
    await signIn(page, "manager")
    await page.goto("/account")
    await page.getByText("Where you are signed in").waitFor()
    await page.getByText("This one").waitFor()
    await keepsNobodyOut(page, "account")
    await press(page, "Lock the screen")
    await page.getByRole("heading", { name: "Locked", exact: true }).waitFor()
    await keepsNobodyOut(page, "locked")
    await page.context().close()
  })
}

test("the pages need nothing that their own security rules forbid", () => {
  assert.deepEqual(refused, [])
})
