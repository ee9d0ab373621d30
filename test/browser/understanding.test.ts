/** What nothing understood, in Chromium: words on asking only, alike together, the call behind. */
import assert from "node:assert/strict"
import { test } from "node:test"
import type { Page } from "playwright-core"
import { sharedDoor } from "../../dashboard/fixtures/door.ts"
import { say, type Theme } from "./staff-room.ts"
import { violationsOn } from "./violations.ts"
import { assertFits, PHONE_WIDTH, press, visitsTo } from "./visits.ts"

const RIDDLE = "The purple ladder sings at noon"
const door = sharedDoor()
const visit = visitsTo(door)

interface Who {
  readonly person?: string
}

/** Somebody who says a riddle, and the second time around what they want. */
async function riddle(call: string): Promise<void> {
  const { house } = await door()
  await house.ask("calls.begin", { call, from: "+15125550101" })
  const opened = { conversation: call, channel: "phone" }
  let { turn } = (await house.ask<{ turn: number }>("conversations.open", opened)).value
  const texts = [RIDDLE, "what are your hours"]
  for (const [at, text] of texts.entries()) {
    const line = { who: "caller", text, atMs: 1_000 * (at + 1), source: "speech", turn }
    await say(house, call, line)
    const heard = { conversation: call, turn, source: "speech", text, confidence: 1 }
    turn = (await house.ask<{ turn: number }>("conversations.hear", heard)).value.turn
  }
  await isNoted(call, texts.length)
}

async function isNoted(conversation: string, turns: number): Promise<void> {
  const { house } = await door()
  for (;;) {
    const { value } = await house.ask<{ turns?: unknown[] }>("transcripts.get", { conversation })
    if (value.turns?.length === turns) return
  }
}

/** What was told to the modules has arrived when they answer with it. */
async function isCounted(times: number): Promise<void> {
  const { house } = await door()
  for (;;) {
    const { value } = await house.ask<{ missed: unknown[] }>("analytics.missed")
    if (value.missed.length === times) return
  }
}

function openPage(theme: Theme = "light", width = 1_280): Promise<Page> {
  return visit({ user: "tech", path: "/understanding", theme, width })
}

test("while everything was understood the page says so", async () => {
  const page = await openPage()
  await page.getByText("Everything was understood").waitFor()
  assert.deepEqual(await violationsOn(page), [])
  await page.context().close()
})

test("the same words are told once with their calls, what followed, and who read them is written down", async () => {
  const { house } = await door()
  await riddle("CA00000000000000000000000000000011")
  await riddle("CA00000000000000000000000000000012")
  await isCounted(2)
  for (const theme of ["light", "dark"] as const) {
    const page = await openPage(theme)
    await page.getByText("2 times, in 2 conversations").waitFor()
    assert.equal(await page.getByText(RIDDLE).count(), 0)
    assert.deepEqual(await violationsOn(page), [], `before asking (${theme})`)
    await press(page, "Read what they said")
    await page.getByText(RIDDLE).waitFor()
    assert.equal(await page.getByText(RIDDLE).count(), 1)
    await page.getByText("2 ×").waitFor()
    assert.equal(await page.getByText(/^in the end: (?!nothing)/).count(), 2)
    assert.deepEqual(await violationsOn(page), [], `after asking (${theme})`)
    await page
      .getByRole("button", { name: /^The call of/ })
      .first()
      .click()
    await page.waitForURL(/\/calls\/CA0+1[12]$/)
    await page.context().close()
  }
  const reply = await house.asStaff("manager", "dashboard.auditLog", { what: "transcripts.get" })
  assert.ok(reply.kind === "done")
  const { entries } = reply.value as { readonly entries: readonly { readonly actor: Who }[] }
  assert.ok(entries.filter(({ actor }) => actor.person === "tech").length >= 4)
})

test("on a telephone, in Spanish, the page fits its width", async () => {
  const page = await openPage("light", PHONE_WIDTH)
  await press(page, "Español")
  await page.getByRole("heading", { name: "No entendido" }).waitFor()
  await assertFits(page)
  await page.context().close()
})

test("an operator is not shown the page", async () => {
  const page = await visit({ user: "operator", path: "/understanding" })
  await page.getByRole("navigation", { name: "Pages" }).waitFor()
  assert.equal(await page.getByRole("heading", { name: "Not understood" }).count(), 0)
  await page.context().close()
})
