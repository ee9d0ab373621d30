/** A manager keeps the accounts of the staff, in Chromium: hired, licensed, closed, opened. */
import assert from "node:assert/strict"
import { test } from "node:test"
import type { Page } from "playwright-core"
import { sharedDoor } from "../../dashboard/fixtures/door.ts"
import type { Theme } from "./staff-room.ts"
import { violationsOn } from "./violations.ts"
import { assertFits, growOld, PHONE_WIDTH, press, prove, visitsTo } from "./visits.ts"

const door = sharedDoor()
const visit = visitsTo(door)

async function openStaff(theme: Theme = "light", width = 1_280): Promise<Page> {
  const page = await visit({ user: "manager", path: "/staff", theme, width })
  await page.getByRole("list", { name: "Accounts" }).waitFor()
  return page
}

const cardOf = (page: Page, fullName: string) => page.getByRole("region", { name: fullName })

/** Fills what the dialog asks for, and sends it by the keyboard alone. */
async function hire(page: Page, user: string, fullName: string): Promise<string> {
  await press(page, "New colleague")
  const dialog = page.getByRole("dialog")
  await dialog.getByLabel("Full name").fill(fullName)
  await dialog.getByLabel("User name").fill(user)
  await page.keyboard.press("Enter")
  return page.locator("code.told").innerText()
}

for (const theme of ["light", "dark"] as const) {
  test(`the accounts keep nobody out (${theme})`, async () => {
    const page = await openStaff(theme)
    await cardOf(page, "Phara Macey").waitFor()
    assert.deepEqual(await violationsOn(page), [])
    await press(page, "New colleague")
    await page.getByRole("dialog").getByLabel("Full name").waitFor()
    assert.deepEqual(await violationsOn(page), [], "new colleague")
    await page.context().close()
  })
}

test("a colleague is hired with a password that is shown once, and chooses another with it", async () => {
  const page = await openStaff()
  const password = await hire(page, "nadia", "Nadia Newell")
  assert.match(password, /^([a-z]{5}-){3}[a-z]{5}$/)
  await cardOf(page, "Nadia Newell").getByText("has to choose a password").waitFor()
  assert.deepEqual(await violationsOn(page), [], "the password")
  await press(page, "I have told them")
  assert.equal(await page.getByText(password).count(), 0)

  const nadia = await visit({ path: "/" })
  await nadia.getByLabel("User name").fill("nadia")
  await nadia.getByLabel("Password", { exact: true }).fill(password)
  await press(nadia, "Sign in")
  await nadia.getByRole("heading", { name: "Before you begin" }).waitFor()
  await nadia.context().close()
  await page.context().close()
})

test("after a long time a change asks who is there, and then goes on by itself", async () => {
  const page = await openStaff()
  await hire(page, "omar", "Omar Oakes")
  await growOld(page, await door(), "manager")
  await press(page, "Role: omar")
  const dialog = page.getByRole("dialog", { name: "Role of omar" })
  await dialog.getByRole("combobox", { name: "Role" }).click()
  await page.getByRole("option", { name: "Pharmacist" }).click()
  await dialog.getByRole("button", { name: "Give this role" }).click()
  await prove(page)
  const card = cardOf(page, "Omar Oakes")
  await card.getByText("none on file").waitFor()
  await press(page, "Licence: omar")
  await page.getByLabel("Licence number").fill("55501")
  await page.getByLabel("State").fill("tx")
  await page.getByLabel("Good until").fill("2020-01-31")
  await press(page, "Put it on file")
  await card.getByText("TX 55501, until 2020-01-31").waitFor()
  await card.getByText("has run out").waitFor()
  await page.context().close()
})

test("an account is closed and opened again, and nobody closes their own", async () => {
  const page = await openStaff()
  await hire(page, "vera", "Vera Vance")
  await press(page, "Close the account: vera")
  await page.getByText("signed out everywhere").waitFor()
  assert.deepEqual(await violationsOn(page), [], "closing")
  await press(page, "Close the account")
  const card = cardOf(page, "Vera Vance")
  await card.getByText("Closed", { exact: true }).waitFor()
  await press(page, "Open it again: vera")
  await page.getByRole("button", { name: "Close the account: vera" }).waitFor()
  assert.equal(await page.getByRole("button", { name: "Close the account: manager" }).count(), 0)
  await page.context().close()
})

test("on a telephone, in Spanish, the page fits its width and a taken name is told in words", async () => {
  const page = await openStaff("light", PHONE_WIDTH)
  await press(page, "Español")
  await page.getByRole("heading", { name: "Cuentas del personal" }).waitFor()
  await assertFits(page)
  await press(page, "Colega nuevo")
  await page.getByLabel("Nombre completo").fill("Tomas Thorn")
  await page.getByLabel("Usuario").fill("tech")
  await page.keyboard.press("Enter")
  await page.getByText("Ya hay una cuenta con ese nombre.").waitFor()
  await page.context().close()
})

test("a technician is not shown the page", async () => {
  const page = await visit({ user: "tech", path: "/staff" })
  await page.getByRole("navigation", { name: "Pages" }).waitFor()
  assert.equal(await page.getByRole("button", { name: "New colleague" }).count(), 0)
  await page.context().close()
})
