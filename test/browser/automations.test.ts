/** Automations in Chromium: made, tried, switched on, and run by a real event. */
import assert from "node:assert/strict"
import { afterEach, test } from "node:test"
import type { Page } from "playwright-core"
import { sharedDoor } from "../../dashboard/fixtures/door.ts"
import type { Automation, Run } from "../../modules/automations/contract.ts"
import type { Item } from "../../modules/work-queue/contract.ts"
import type { Theme } from "./staff-room.ts"
import { violationsOn } from "./violations.ts"
import { assertFits, PHONE_WIDTH, press, visitsTo } from "./visits.ts"

const door = sharedDoor({}, {}, ["automations", "renewals"])
const visit = visitsTo(door)
const EXAMPLE = "Ring back after a complaint"

async function openAutomations(theme: Theme = "light", width = 1_280): Promise<Page> {
  const page = await visit({ user: "manager", path: "/automations", theme, width })
  await page.getByText("What no automation does, and why").waitFor()
  return page
}

const region = (page: Page, name: string) => page.getByRole("region", { name, exact: true })

async function choose(page: Page, field: string, option: string): Promise<void> {
  await page.getByRole("combobox", { name: field, exact: true }).click()
  await page.getByRole("option", { name: option, exact: true }).click()
}

/** What the server has. */
async function automations(): Promise<readonly Automation[]> {
  const reply = await (await door()).house.asStaff("manager", "automations.list")
  assert.ok(reply.kind === "done")
  return (reply.value as { automations: Automation[] }).automations
}

async function file(): Promise<void> {
  const { house } = await door()
  const words = "I waited for forty minutes."
  const input = { conversation: "call-1", patient: "1001", words, concernsSafety: false }
  assert.equal((await house.asStaff("manager", "complaints.file", input)).kind, "done")
}

async function fromExample(page: Page): Promise<void> {
  await press(page, `Start from: ${EXAMPLE}`)
  await press(page, "Save")
  await page.getByText("Make a test run below").waitFor()
}

afterEach(async () => {
  const { house } = await door()
  for (const { automation, revision } of await automations())
    await house.asStaff("manager", "automations.remove", { automation, revision })
})

for (const theme of ["light", "dark"] as const) {
  test(`nobody is kept out: not with none yet, not making one, not trying it (${theme})`, async () => {
    const page = await openAutomations(theme)
    await page.getByText("No automation yet").waitFor()
    assert.deepEqual(await violationsOn(page), [], "none yet")
    await press(page, "Start from: A renewal was denied")
    await page.getByText("In plain words").waitFor()
    assert.deepEqual(await violationsOn(page), [], "making one")
    await press(page, "Save")
    await press(page, "Try it on an example")
    await choose(page, "The outcome", "Denied")
    await page.getByLabel("The renewal").fill("an-example")
    await page.getByLabel("The patient").fill("1001")
    await press(page, "Try the example")
    await page.getByText("It would be done at once; nobody is asked.").waitFor()
    assert.deepEqual(await violationsOn(page), [], "tried")
    await page.context().close()
  })
}

test("it is made from an example, tried on a real event, switched on, run by the next, and shown", async () => {
  await file()
  const page = await openAutomations()
  await fromExample(page)
  await page.getByText("When a complaint is filed: put a task before somebody").waitFor()
  const on = page.getByRole("button", { name: "Switch it on", exact: true })
  assert.ok(await on.isDisabled())
  await press(page, "Try it on the last events")
  const trial = region(page, "Test run")
  await trial.getByText("It would run").first().waitFor()
  await trial.getByText("It would be done at once; nobody is asked.").first().waitFor()
  assert.equal((await automations())[0]?.isOn, false)
  await on.click()
  await page.getByText("It is on.").waitFor()
  await file()
  const runs = region(page, "What it did")
  await runs.getByRole("cell", { name: "done" }).waitFor()
  const { value } = await (await door()).house.ask<{ items: Item[] }>("work-queue.list")
  const tasks = value.items.filter(({ row }) => row === "task")
  assert.equal(tasks.length, 1)
  assert.match(tasks[0]?.context.willHappen ?? "", /^Ring the patient back/)
  await press(page, "Switch it off")
  await page.getByText("It is off.").waitFor()
  await region(page, "History").getByText(`switched “${EXAMPLE}” off.`).waitFor()
  await page.context().close()
})

test("what the gate would ask of a person is told in the test run, with whom and by which row", async () => {
  const page = await openAutomations()
  await press(page, "New automation")
  await page.getByLabel("What it is called").fill("Ask about a lost transfer")
  await choose(page, "What sets it off", "A transfer ends")
  await press(page, "Add a condition")
  await choose(page, "Field of the event", "It has moved")
  await choose(page, "Wanted", "no")
  await choose(page, "What it does", "Put a clinical question before the pharmacist")
  await page.getByLabel("What it is about", { exact: true }).fill("Does the patient have enough?")
  await choose(page, "The patient: where from", "from the event: the patient")
  await page.getByText("and only if it has moved: no").waitFor()
  await press(page, "Save")
  await press(page, "Try it on an example")
  await page.getByLabel("The patient").fill("1001")
  await page.getByLabel("The transfer").fill("an-example")
  await choose(page, "It has moved", "yes")
  await press(page, "Try the example")
  const trial = region(page, "Test run")
  await trial.getByText("It would not run").waitFor()
  await trial.getByText("(it was: yes)").waitFor()
  await trial.getByText("It would wait for this person: Pharmacist.").waitFor()
  await trial.getByText("Clinical consultation").waitFor()
  await page.context().close()
})

/** Switched on, set off, and put before the pharmacist; answers the item. */
async function waitingForPharmacist(): Promise<{ automation: string; item: string }> {
  const { house } = await door()
  const done = async <T>(name: string, input: object): Promise<T> => {
    const reply = await house.asStaff("manager", `automations.${name}`, input)
    assert.ok(reply.kind === "done", JSON.stringify(reply))
    return reply.value as T
  }
  const one = await done<{ automation: string }>("save", {
    ...{ revision: 0, name: "Ask about it", perHour: 5, holds: [] },
    when: { event: "complaints.filed" },
    does: { command: "work-queue.askClinical", input: { about: { constant: "Is it safe?" } } },
  })
  const example = { complaint: "an-example", concernsSafety: false, patient: "1001" }
  await done("test", { ...one, on: { example } })
  await done("switchOn", one)
  await file()
  for (;;) {
    const { runs } = await done<{ runs: Run[] }>("runs", { automation: one.automation })
    if (runs[0]?.item) return { automation: one.automation, item: runs[0].item }
  }
}

test("what waits for a person leads to the item, and says what became of it once it is decided", async () => {
  const { automation, item } = await waitingForPharmacist()
  const page = await openAutomations()
  await page.goto(`/automations/${automation}`)
  const runs = region(page, "What it did")
  await runs.getByText("waits for a person").waitFor()
  const link = runs.getByRole("link", { name: "Open the work item" })
  assert.equal(await link.getAttribute("href"), `/queue/${item}`)
  const { house } = await door()
  const refusal = { item, reason: "It is in the profile." }
  assert.equal((await house.asStaff("pharmacist", "work-queue.refuse", refusal)).kind, "done")
  await runs.getByText("the-pharmacist refused it,").waitFor()
  await runs.getByText("refused", { exact: true }).waitFor()
  assert.deepEqual(await violationsOn(page), [])
  await press(page, "Español")
  await page.getByText("the-pharmacist lo rechazó,").waitFor()
  await page.context().close()
})

test("a report says which automation asked, and leads to its page, also when it is deleted", async () => {
  const { automation } = await waitingForPharmacist()
  const { house } = await door()
  await house.audit.checkpoint()
  const page = await openAutomations()
  const name = `system automations ${automation}`
  const openReport = async (): Promise<void> => {
    await page.goto("/reports")
    await choose(page, "Report", "Approvals by tier")
    await press(page, "Show the report")
    await page.getByRole("link", { name, exact: true }).first().click()
  }
  await openReport()
  await page.getByRole("heading", { name: "Ask about it" }).waitFor()
  await page.getByText(`In reports and in the audit log: ${name}`).waitFor()
  assert.deepEqual(await violationsOn(page), [])
  await house.asStaff("manager", "automations.remove", { automation, revision: 1 })
  await openReport()
  await region(page, "History").getByText("deleted “Ask about it”.").waitFor()
  assert.deepEqual(await violationsOn(page), [])
  await page.context().close()
})

test("what would set itself off again is not kept, and the page says why", async () => {
  const page = await openAutomations()
  await press(page, "New automation")
  await page.getByLabel("What it is called").fill("For ever")
  await choose(page, "What sets it off", "A call back is promised")
  await choose(page, "What it does", "Note that somebody is called back")
  await page.getByLabel("The telephone number", { exact: true }).fill("+15125550150")
  await page.getByLabel("What it is about", { exact: true }).fill("Again.")
  await choose(page, "For whom", "Technician")
  await press(page, "Save")
  await page.getByText("It would set itself off again, alone or through others.").waitFor()
  assert.deepEqual(await automations(), [])
  await page.context().close()
})

test("changing it switches it off until it is tried again, and deleting it asks first", async () => {
  const page = await openAutomations()
  await fromExample(page)
  await press(page, "Change it")
  await page.getByLabel("What it is called").fill("Another name")
  await press(page, "Save")
  await page.getByRole("heading", { name: "Another name" }).waitFor()
  assert.equal((await automations())[0]?.revision, 2)
  await press(page, "Delete it")
  await page.getByRole("dialog").getByRole("button", { name: "Delete it" }).click()
  await page.getByText("No automation yet").waitFor()
  await region(page, "History").getByText("deleted “Another name”.").waitFor()
  await page.context().close()
})

test("on a telephone, in Spanish, list, editor and test run fit their width", async () => {
  const page = await openAutomations("light", PHONE_WIDTH)
  await press(page, "Español")
  await page.getByRole("heading", { name: "Automatizaciones" }).waitFor()
  await assertFits(page)
  await press(page, "Partir de: Se negó una renovación")
  await page.getByText("En palabras sencillas").waitFor()
  await assertFits(page)
  await press(page, "Guardar")
  await press(page, "Probarla con un ejemplo")
  await page.getByText("Un aviso como podría ser").waitFor()
  await assertFits(page)
  await page.context().close()
})
