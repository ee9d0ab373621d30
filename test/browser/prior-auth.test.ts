/** A prior authorisation from the payer's reject to the paid claim, in a real browser. */
import assert from "node:assert/strict"
import { test } from "node:test"
import type { Page } from "playwright-core"
import { sharedDoor } from "../../dashboard/fixtures/door.ts"
import type { Theme } from "./staff-room.ts"
import { violationsOn } from "./violations.ts"
import { assertFits, PHONE_WIDTH, press, visitsTo } from "./visits.ts"

const door = sharedDoor()
const visit = visitsTo(door)

const james = "1001"
const atorvastatin = { patient: james, rxNumber: "7001234" }
const lisinopril = { patient: james, rxNumber: "7001235" }
const metformin = { patient: james, rxNumber: "7001236" }

async function openPage(theme: Theme = "light", width = 1_280): Promise<Page> {
  const page = await visit({ user: "tech", path: "/prior-auth", theme, width })
  await page.getByRole("heading", { name: "Prior authorisations", level: 1 }).waitFor()
  return page
}

/** A reject that the payer gave, noted by whoever read it. */
async function reject(about: typeof atorvastatin, codes: readonly string[]): Promise<string> {
  const { house } = await door()
  const reply = await house.asStaff("technician", "prior-auth.takeReject", { ...about, codes })
  assert.ok(reply.kind === "done", JSON.stringify(reply))
  return (reply.value as { priorAuth: string }).priorAuth
}

async function waitForPayer(about: typeof atorvastatin): Promise<void> {
  const { house } = await door()
  house.host.bus.publish("pms", "fillChanged", { ...about, fill: "waiting_payer" })
}

test("while there is none the page says so, and how one comes", async () => {
  const page = await openPage()
  await page.getByText("No prior authorisation is here").waitFor()
  await page.getByText("None is chosen").waitFor()
  assert.deepEqual(await violationsOn(page), [])
  await page.context().close()
})

test("a fill that waits for its payer appears by itself, and opens nothing until its codes are noted", async () => {
  const page = await openPage()
  await waitForPayer(lisinopril)
  await page.getByRole("region", { name: "Waits for the payer" }).getByRole("link").click()
  await page.getByText("It does not tell us what it said.").waitFor()
  const task = page.getByRole("button", { name: /^The pharmacy system waits for the payer/ })
  await task.waitFor()
  assert.deepEqual(await violationsOn(page), [])
  await task.click()
  await page.getByRole("button", { name: "Open its case" }).click()
  await page.getByLabel("Reject codes").fill("70")
  await press(page, "Note the answer")
  await page.getByText("The payer wants no prior authorisation.").waitFor()
  const said = page.getByRole("list", { name: "What the payer said" })
  await said.getByText("The plan does not cover this product.").waitFor()
  await said.getByText("Next: Prescriber").waitFor()
  assert.equal(await page.getByRole("region", { name: "Letter to prepare" }).count(), 0)
  await page.context().close()
})

for (const theme of ["light", "dark"] as const)
  test(`what the payer said stands with the fill, where the pharmacy system tells it (${theme})`, async () => {
    const { house } = await door()
    const body = JSON.stringify({ rx: metformin.rxNumber, codes: ["70", "ZZ9"] })
    await fetch(`${house.pmsUrl}/claims`, { method: "POST", body })
    await waitForPayer(metformin)
    const page = await openPage(theme)
    await page.getByRole("region", { name: "Waits for the payer" }).getByRole("link").click()
    await page.getByText("The payer refused the claim, as the pharmacy system tells.").waitFor()
    const said = page.getByRole("list", { name: "What the payer said" })
    await said.getByText("The plan does not cover this product.").waitFor()
    assert.equal(await page.getByLabel("Reject codes").inputValue(), "70, ZZ9")
    assert.deepEqual(await violationsOn(page), [])
    if (theme === "dark") {
      await press(page, "Note the answer")
      await page.getByText("The payer wants no prior authorisation.").waitFor()
    }
    await page.context().close()
  })

test("from reject 75 to the paid claim: drafted by rules, edited and sent by a person", async () => {
  const page = await openPage()
  await reject(atorvastatin, ["75"])
  await page.getByRole("region", { name: "Letter to prepare" }).getByRole("link").click()
  await page.getByText("by the payer's reject 75").waitFor()
  await page.getByText("Missing: What the prescriber gave").waitFor()
  assert.ok(await page.getByRole("button", { name: "I have sent it" }).isDisabled())

  await page.getByLabel("Diagnosis code").fill("e78.5")
  await page.getByLabel("Tried before").fill("simvastatin: muscle pain")
  await page.getByLabel("What the plan asks").fill("Was a generic tried?")
  await press(page, "Draft the letter")
  await page.getByText("Drafted by rules").waitFor()
  const letter = page.getByLabel("The letter, to be gone over")
  const drafted = await letter.inputValue()
  assert.match(drafted, /simvastatin: muscle pain/)
  await page.getByText(/places left to a person/).waitFor()
  assert.ok(await page.getByRole("button", { name: "I have sent it" }).isDisabled())
  assert.deepEqual(await violationsOn(page), [])

  await page.keyboard.press("Escape")
  await letter.fill(drafted.replaceAll(/DRAFT[^\n]*/g, "").replaceAll(/\[[^\]]*\]/g, "As on file."))
  await letter.press("Control+Enter")
  await page.getByText("Saved. Nothing was sent.").waitFor()
  await letter.press("Escape")
  await page.keyboard.press("s")
  const dialog = page.getByRole("dialog")
  await dialog.getByText("This sends nothing.").waitFor()
  assert.deepEqual(await violationsOn(page), [], "sent")
  await dialog.getByLabel("The plan's reference").fill("REF-1")
  await dialog.getByRole("button", { name: "Note that it was sent" }).click()
  await page.getByRole("region", { name: "With the plan" }).getByRole("link").waitFor()
  await page.getByRole("button", { name: "The plan answered" }).waitFor()

  await page.keyboard.press("a")
  await dialog.getByLabel("Number of the prior authorisation").fill("123456")
  await dialog.getByRole("button", { name: "Note the answer" }).click()
  await page.getByText("Edited by a person").waitFor()
  await page.getByText("No claim is here.").waitFor()
  assert.ok(
    await page.getByRole("button", { name: "Send the claim again", exact: true }).isDisabled(),
  )
  await page.keyboard.press("p")
  await page.getByRole("region", { name: "History" }).getByText("Claim paid").waitFor()
  await page.getByText("Over", { exact: true }).click()
  await page.getByRole("region", { name: "Over" }).getByRole("link").waitFor()
  await page.context().close()
})

test("one that nobody needs any more is closed with a reason, by one key", async () => {
  const page = await openPage()
  await reject(lisinopril, ["75"])
  await page.getByRole("region", { name: "Letter to prepare" }).getByRole("link").first().click()
  await page.locator(".decisions button:enabled").getByText("Not needed any more").waitFor()
  await page.keyboard.press("x")
  const dialog = page.getByRole("dialog")
  await dialog.getByText("Nothing more is done about it.").waitFor()
  assert.deepEqual(await violationsOn(page), [], "close")
  assert.ok(await dialog.getByRole("button", { name: "Close it" }).isDisabled())
  await dialog.getByLabel("Why").fill("Paid by another plan.")
  await dialog.getByRole("button", { name: "Close it" }).click()
  await page.getByRole("region", { name: "History" }).getByText("not needed any more").waitFor()
  await page.getByText("Paid by another plan.").waitFor()
  await page.context().close()
})

test("one is opened by hand for a patient who asks, by the keyboard from the list on", async () => {
  const page = await openPage()
  await page.keyboard.press("n")
  await page.getByLabel("Last name").fill("Carter")
  await page.getByLabel("Date of birth").fill("1958-03-14")
  await press(page, "Find")
  await page.getByRole("list", { name: "Patients found" }).getByRole("button").first().click()
  await page.getByRole("radio", { name: /7001235/ }).check()
  assert.deepEqual(await violationsOn(page), [])
  await press(page, "Open it")
  await page.getByText("asked for", { exact: true }).waitFor()
  await page.context().close()
})

for (const theme of ["light", "dark"] as const) {
  test(`what is late with the plan stands first, and the page keeps nobody out (${theme})`, async () => {
    const { house } = await door()
    const priorAuth = await reject({ patient: "1005", rxNumber: "7001273" }, ["3W"])
    const sent = { priorAuth, letter: "Dear plan, as on file.", how: "fax", dueInHours: 1 }
    await house.asStaff("technician", "prior-auth.submit", sent)
    const page = await openPage(theme)
    // So long after the plan's hour that the page tells it is late.
    await page.clock.setFixedTime(Date.now() + 7_200_000)
    await page.reload()
    const alarms = page.getByRole("region", { name: "Alarms" })
    await alarms.getByText("1 h late").waitFor()
    await alarms.getByRole("link").click()
    await page.getByText("Waits for the plan. Note what it says.").waitFor()
    assert.deepEqual(await violationsOn(page), [])
    await page.context().close()
  })
}

test("on a telephone, in Spanish, the page fits its width and leads back to the list", async () => {
  const page = await openPage("light", PHONE_WIDTH)
  await press(page, "Español")
  await page.getByRole("heading", { name: "Autorizaciones previas" }).waitFor()
  await assertFits(page)
  await page.getByRole("region", { name: "Con el plan" }).getByRole("link").click()
  await page.getByText("Espera al plan.").waitFor()
  await assertFits(page)
  await page.locator(".item-head").getByRole("button", { name: "Autorizaciones previas" }).click()
  await page.getByRole("region", { name: "Con el plan" }).waitFor()
  await page.context().close()
})
