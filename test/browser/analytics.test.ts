/** The page of numbers in a real browser: plots, the same in numbers, a file, and two languages. */
import assert from "node:assert/strict"
import { readFile } from "node:fs/promises"
import { after, before, test } from "node:test"
import type { Browser } from "playwright-core"
import { sharedDoor } from "../../dashboard/fixtures/door.ts"
import { openBrowser, ring, signIn } from "./staff-room.ts"
import { violationsOn } from "./violations.ts"

const door = sharedDoor()
let browser: Browser

before(async () => {
  browser = await openBrowser()
})
after(() => browser.close())

async function countedDay(): Promise<void> {
  const { house } = await door()
  for (const call of ["CA1", "CA2"]) {
    await ring(await door(), call)
    await house.ask("conversations.close", { conversation: call, reason: "caller_left" })
  }
  for (;;) {
    const reply = await house.asStaff("manager", "analytics.today")
    assert.ok(reply.kind === "done")
    if ((reply.value as { calls: number }).calls === 2) return
    await new Promise(setImmediate)
  }
}

for (const theme of ["light", "dark"] as const)
  test(`days are plotted, told in numbers and saved, in ${theme} colours`, async () => {
    const { url } = await door()
    const context = await browser.newContext({
      ...{ baseURL: url, colorScheme: theme, reducedMotion: "reduce" },
    })
    const page = await context.newPage()
    await signIn(page, "manager")
    await page.goto("/analytics")
    if (theme === "light") {
      await page.getByText("Nothing was counted on these days").waitFor()
      await countedDay()
      await page.reload()
    }
    await page.getByRole("img", { name: "By day" }).locator("svg").first().waitFor()
    await page.getByText("The same in numbers").first().click()
    assert.deepEqual(await violationsOn(page), [])
    const saved = page.waitForEvent("download")
    await page.getByRole("button", { name: "Save as CSV" }).click()
    const rows = (await readFile(await (await saved).path(), "utf8")).trim().split("\r\n")
    assert.equal(rows.length, 8)
    assert.match(rows.at(-1) ?? "", /^\d{4}-\d{2}-\d{2},2,0,/)
    await context.close()
  })
