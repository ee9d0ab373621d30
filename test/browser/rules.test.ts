/** The tier rules in Chromium: put in order, tried out, put in force, and two editors at once. */
import assert from "node:assert/strict"
import { test } from "node:test"
import type { Page } from "playwright-core"
import type { Rule } from "#core/rule.ts"
import { sharedDoor } from "../../dashboard/fixtures/door.ts"
import type { Theme } from "./staff-room.ts"
import { violationsOn } from "./violations.ts"
import { assertFits, PHONE_WIDTH, press, visitsTo } from "./visits.ts"

const door = sharedDoor()
const visit = visitsTo(door)

async function openRules(theme: Theme = "light", width = 1_280): Promise<Page> {
  const page = await visit({ user: "manager", path: "/rules", theme, width })
  await verdict(page, "It would be done at once").waitFor()
  return page
}

const region = (page: Page, name: string) => page.getByRole("region", { name, exact: true })
const verdict = (page: Page, words: string) => region(page, "What if").getByText(words)
const switchOf = (page: Page, rule: string) =>
  page.getByRole("switch", { name: `${rule} is on`, exact: true })

async function names(page: Page): Promise<readonly string[]> {
  const list = page.getByRole("list", { name: "Rules in the order they speak" })
  const heads = await list.getByRole("heading").allInnerTexts()
  return heads.map((text) => text.replace(/^\d+\. /, ""))
}

async function putInForce(page: Page, reason: string): Promise<void> {
  await press(page, "Put in force")
  const dialog = page.getByRole("dialog")
  await dialog.getByLabel("Reason").fill(reason)
  await dialog.getByRole("button", { name: "Put in force" }).click()
  await region(page, "Not saved yet").waitFor({ state: "detached" })
}

/** What the server says is in force. */
async function inForce() {
  const { house } = await door()
  const reply = await house.asStaff("manager", "tier-rules.list")
  assert.ok(reply.kind === "done")
  return reply.value as { readonly rules: readonly Rule[]; readonly revision: number }
}

for (const theme of ["light", "dark"] as const) {
  test(`the rules keep nobody out, nor does the question for a new one (${theme})`, async () => {
    const page = await openRules(theme)
    assert.deepEqual(await violationsOn(page), [])
    await press(page, "New rule")
    await page.getByRole("dialog").getByLabel("What it is called").waitFor()
    assert.deepEqual(await violationsOn(page), [], "new rule")
    await page.context().close()
  })
}

test("a rule can be switched off on the page exactly when the server would take it", async () => {
  const { house } = await door()
  const { rules, revision } = await inForce()
  const page = await openRules()
  const switches = await page.getByRole("switch").all()
  assert.equal(switches.length, rules.length)
  const taken: boolean[] = []
  for (const [at, rule] of rules.entries()) {
    const off = rules.with(at, { ...rule, enabled: false })
    const now = revision + taken.filter(Boolean).length
    const change = { rules: off, revision: now, reason: "Trying." }
    taken.push((await house.asStaff("manager", "tier-rules.replace", change)).kind === "done")
  }
  const shown = await Promise.all(switches.map((one) => one.isEnabled()))
  assert.deepEqual(shown, taken)
  assert.equal(shown.filter((isFree) => !isFree).length, 3)
  await page.getByText("the law wants a pharmacist").first().waitFor()
  await page.context().close()
  const back = { rules, revision: (await inForce()).revision, reason: "As it was." }
  assert.equal((await house.asStaff("manager", "tier-rules.replace", back)).kind, "done")
})

test("what an edited set would do is seen before it is saved, and is so once it is", async () => {
  const page = await openRules()
  const unsure = region(page, "What if").getByRole("combobox", { name: "How sure it was" })
  await unsure.click()
  await page.getByRole("option", { name: "60 %" }).click()
  await verdict(page, "It would wait for this person: Technician.").waitFor()
  await switchOf(page, "Low confidence").uncheck({ force: true })
  await verdict(page, "It would be done at once").waitFor()
  await verdict(page, "With the rules in force").waitFor()
  await region(page, "Not saved yet").getByText("Switched off: Low confidence.").waitFor()
  await putInForce(page, "Too many questions.")
  const history = region(page, "History")
  await history.getByText("Too many questions.").waitFor()
  await history.getByText("Switched off: Low confidence.").first().waitFor()
  const { rules } = await inForce()
  assert.equal(rules.find(({ name }) => name === "low_confidence")?.enabled, false)
  assert.deepEqual(await violationsOn(page), [], "history")
  await page.context().close()
})

test("a rule is moved by the keyboard and by the pointer, and only it is named as moved", async () => {
  const page = await openRules()
  await page.getByRole("button", { name: "Move Money up" }).focus()
  await page.keyboard.press("Enter")
  const pending = region(page, "Not saved yet")
  await pending.getByText("Moved: ").waitFor()
  assert.equal((await names(page))[7], "Money")
  await press(page, "Forget the changes")
  await pending.waitFor({ state: "detached" })
  const before = await names(page)
  const rows = page.locator("li.rule")
  await rows.nth(4).scrollIntoViewIfNeeded()
  await rows.nth(4).dragTo(rows.nth(2))
  const wanted = before.toSpliced(4, 1).toSpliced(2, 0, before[4] ?? "")
  await pending.getByText("speaks at place 3 now.").waitFor()
  assert.deepEqual(await names(page), wanted)
  await press(page, "Forget the changes")
  await pending.waitFor({ state: "detached" })
  await page.context().close()
})

test("a rule of the site's own is added, counts, and can be taken out again", async () => {
  const page = await openRules()
  await press(page, "New rule")
  const dialog = page.getByRole("dialog")
  await dialog.getByLabel("What it is called").fill("Hours by hand!")
  await dialog.getByRole("combobox", { name: "Requests" }).press("ArrowDown")
  await page.getByRole("option", { name: "Store hours" }).click()
  await dialog.getByLabel("Because").fill("We are rebuilding; somebody should say so.")
  await dialog.getByRole("button", { name: "Add it to the list" }).click()
  await region(page, "What if").getByRole("combobox", { name: "What for" }).click()
  await page.getByRole("option", { name: "Store hours" }).click()
  await verdict(page, "We are rebuilding").waitFor()
  await putInForce(page, "Until the new counter stands.")
  assert.ok((await inForce()).rules.some(({ name }) => name === "hours_by_hand"))
  await press(page, "Take Hours by hand out")
  await putInForce(page, "It stands.")
  assert.ok(!(await inForce()).rules.some(({ name }) => name === "hours_by_hand"))
  await page.context().close()
})

test("of two editors the second is told who was first and why, and decides knowing it", async () => {
  const [one, other] = [await openRules(), await openRules()]
  await switchOf(other, "High alert drug").uncheck({ force: true })
  await switchOf(one, "Money").uncheck({ force: true })
  await putInForce(one, "The till asks by itself.")
  await other.getByText("while you edited: The till asks by itself.").waitFor()
  const pending = region(other, "Not saved yet")
  await pending.getByText("Switched on: Money.").waitFor()
  assert.ok(await pending.getByRole("button", { name: "Put in force" }).isDisabled())
  assert.deepEqual(await violationsOn(other), [], "two editors")
  await press(other, "Start from theirs")
  assert.ok(!(await switchOf(other, "Money").isChecked()))
  await region(other, "History").getByText("The till asks by itself.").waitFor()
  for (const page of [one, other]) await page.context().close()
})

test("on a telephone, in Spanish, the page fits its width", async () => {
  const page = await openRules("light", PHONE_WIDTH)
  await press(page, "Español")
  await page.getByRole("heading", { name: "Reglas de niveles" }).waitFor()
  await assertFits(page)
  await page.context().close()
})
