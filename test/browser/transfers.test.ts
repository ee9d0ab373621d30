/** Prescriptions that move, in a real browser: taken down by anybody, ended by a pharmacist. */
import assert from "node:assert/strict"
import { test } from "node:test"
import type { Page } from "playwright-core"
import { sharedDoor } from "../../dashboard/fixtures/door.ts"
import type { Theme } from "./staff-room.ts"
import { violationsOn } from "./violations.ts"
import { assertFits, growOld, PHONE_WIDTH, press, prove, visitsTo } from "./visits.ts"

const door = sharedDoor()
const visit = visitsTo(door)

async function openPage(user: string, theme: Theme = "light", width = 1_280): Promise<Page> {
  const page = await visit({ user, path: "/transfers", theme, width })
  await page.getByRole("heading", { name: "Transfers", level: 1 }).waitFor()
  return page
}

async function request(input: object): Promise<string> {
  const { house } = await door()
  const reply = await house.asStaff("pharmacist", "transfers.request", input)
  assert.ok(reply.kind === "done", JSON.stringify(reply))
  return (reply.value as { transfer: string }).transfer
}

/** Grace Kim's zolpidem, a CIV, leaves for another pharmacy. */
const zolpidem = {
  ...{ direction: "out", patient: "1002", rxNumber: "7001242" },
  otherPharmacy: "Elm Street Pharmacy",
}
/** Of nobody: its check digit is right, and in the other one it is not. */
const [dea, misreadDea] = [`AB${1_234_563}`, `AB${1_234_567}`]
const incoming = { direction: "in", patient: "1001", otherPharmacy: "Oak Pharmacy" }

test("while there is none the page says so; a technician takes one down, and does not end it", async () => {
  const page = await openPage("tech")
  await page.getByText("No transfer is here").first().waitFor()
  assert.deepEqual(await violationsOn(page), [])
  await page.keyboard.press("n")
  await page.getByLabel("Last name").fill("Carter")
  await page.getByLabel("Date of birth").fill("1958-03-14")
  await press(page, "Find")
  await page.getByRole("list", { name: "Patients found" }).getByRole("button").first().click()
  await page.getByText("Going out", { exact: true }).click()
  await page.getByLabel("To which pharmacy").fill("Elm Street Pharmacy")
  await page.getByRole("radio", { name: /7001234/ }).check()
  assert.deepEqual(await violationsOn(page), [], "new")
  await press(page, "Take it down")
  await page.getByText("A pharmacist speaks with the other pharmacy, and notes it here.").waitFor()
  assert.equal(await page.getByRole("button", { name: "It has moved" }).count(), 0)
  await page.getByRole("region", { name: "Going out" }).getByRole("link").waitFor()
  await page.context().close()
})

for (const theme of ["light", "dark"] as const) {
  test(`a controlled one shows the dated rules and what is written down, and keeps nobody out (${theme})`, async () => {
    const transfer = await request({ ...zolpidem, otherPharmacy: `Elm, ${theme}` })
    const page = await visit({ user: "pharmacist", path: `/transfers/${transfer}`, theme })
    const rules = page.getByRole("list", { name: "Rules on moving it" })
    await rules.getByText("21 CFR 1306.25").waitFor()
    await rules.getByText("since 2023-08-28").waitFor()
    await page.getByRole("list", { name: "To be written down" }).getByText("DEA number").waitFor()
    assert.ok(await page.getByRole("button", { name: "It has moved" }).isDisabled())
    assert.deepEqual(await violationsOn(page), [])
    await page.context().close()
  })
}

test("the pharmacist's step is one key once all is written, after a proof, and the item leads to it", async () => {
  const transfer = await request(zolpidem)
  const page = await openPage("pharmacist")
  await page.goto(`/transfers/${transfer}`)
  const task = page.getByRole("button", { name: /^Call the pharmacist of Elm Street Pharmacy/ })
  await task.click()
  await page.getByRole("button", { name: "Open its case" }).click()
  await page.getByRole("heading", { name: "What came of it" }).waitFor()
  await page.keyboard.press("e")
  await page.keyboard.type("R. Vale")
  await page.getByLabel("Address of the other pharmacy").fill("9 Elm Street, Austin")
  const number = page.getByLabel("DEA number of the other pharmacy")
  await number.fill("AB12")
  await page.getByText("That does not fit.").waitFor()
  await number.fill(misreadDea)
  await press(page, "It has moved")
  await page.getByText("The DEA number has a wrong check digit.").waitFor()
  await number.fill(dea)
  await number.blur()
  await growOld(page, await door(), "pharmacist")
  await page.keyboard.press("m")
  await prove(page)
  const came = page.getByRole("region", { name: "What came of it" })
  await came.getByText("R. Vale").waitFor()
  await came.getByText(dea).waitFor()
  await came.getByText("pharmacist", { exact: true }).waitFor()
  assert.deepEqual(await violationsOn(page), [])
  await page.context().close()
})

test("of one that comes in the pharmacist says whether it is controlled, and why one did not move", async () => {
  const transfer = await request(incoming)
  const page = await openPage("pharmacist")
  await page.getByRole("region", { name: "Coming in" }).getByRole("link").click()
  await page.getByText("Our records do not say whether it is controlled").waitFor()
  await page.getByLabel("Pharmacist at the other pharmacy").fill("R. Vale")
  assert.ok(await page.getByRole("button", { name: "It has moved" }).isDisabled())
  await page.getByText("It is controlled", { exact: true }).click()
  await page.getByLabel("Refills left").waitFor()
  assert.ok(await page.getByRole("button", { name: "It has moved" }).isDisabled())
  await page.getByText("It is not controlled", { exact: true }).click()
  assert.ok(await page.getByRole("button", { name: "It has moved" }).isEnabled())
  await page.getByRole("button", { name: "It did not move" }).click()
  await page.getByLabel("Reason").fill("They have no such patient.")
  await press(page, "Note it")
  await page.getByText("They have no such patient.").waitFor()
  await page.getByText("Ended", { exact: true }).click()
  await page.locator(`a[href="/transfers/${transfer}"]`).getByText("Not moved").waitFor()
  await page.context().close()
})

test("on a telephone, in Spanish, the page fits its width", async () => {
  await request({ ...incoming, otherPharmacy: "Farmacia del Roble" })
  const page = await openPage("pharmacist", "light", PHONE_WIDTH)
  await press(page, "Español")
  await page.getByRole("heading", { name: "Transferencias" }).waitFor()
  await assertFits(page)
  await page.getByRole("region", { name: "Entra" }).getByRole("link").first().click()
  await page.getByText("Es controlada", { exact: true }).click()
  await page.getByLabel("Resurtidos que quedan").waitFor()
  await assertFits(page)
  await page.context().close()
})
