/** How the house fares, in Chromium: the machine, and a module that was set aside. */
import assert from "node:assert/strict"
import { test } from "node:test"
import type { Page } from "playwright-core"
import { sharedDoor } from "../../dashboard/fixtures/door.ts"
import type { Theme } from "./staff-room.ts"
import { violationsOn } from "./violations.ts"
import { assertFits, PHONE_WIDTH, visitsTo } from "./visits.ts"

const door = sharedDoor()
const visit = visitsTo(door)
type Host = Awaited<ReturnType<typeof door>>["house"]["host"]

/** Each process of a module is ended as soon as it runs, until the host has had enough. */
async function keepsDying(host: Host, name: string): Promise<void> {
  const stateOf = () => host.health().find(({ module }) => module === name)?.state
  let ended: number | undefined
  while (stateOf() !== "quarantined") {
    const pid = host.pidOf(name)
    if (stateOf() === "running" && pid !== undefined && pid !== ended) {
      ended = pid
      process.kill(pid, "SIGKILL")
    }
    await new Promise((resolve) => setImmediate(resolve))
  }
}

async function openSystem(theme: Theme = "light", width = 1_280): Promise<Page> {
  const page = await visit({ user: "operator", path: "/system", theme, width })
  await page.getByRole("row", { name: /^sessions Running/ }).waitFor()
  return page
}

for (const theme of ["light", "dark"] as const) {
  test(`an operator sees the machine and every module, and is kept out of nothing (${theme})`, async () => {
    const page = await openSystem(theme)
    const machine = page.getByRole("region", { name: "This machine" })
    await machine.getByText("agrees with this screen's").waitFor()
    const { house } = await door()
    const rows = page.getByRole("region", { name: "Modules, one a line" }).getByRole("row")
    assert.equal(await rows.count(), house.host.health().length + 1)
    assert.deepEqual(await violationsOn(page), [])
    await page.context().close()
  })
}

test("a module that was set aside stands first with what to do, and is released", async () => {
  const { house } = await door()
  await keepsDying(house.host, "complaints")
  const page = await openSystem()
  const first = page.getByRole("region", { name: "Modules, one a line" }).getByRole("row").nth(1)
  await first.getByText("Fix or roll back, then release it.").waitFor()
  assert.deepEqual(await violationsOn(page), [])
  await page.getByRole("button", { name: "Release complaints" }).click()
  await page.getByRole("row", { name: /^complaints Running/ }).waitFor()
  await page.context().close()
})

test("on a telephone, in Spanish, the page fits its width", async () => {
  const page = await visit({ user: "manager", path: "/system", width: PHONE_WIDTH })
  await page.getByRole("button", { name: "Español" }).click()
  await page.getByRole("heading", { name: "Sistema", exact: true }).waitFor()
  await assertFits(page)
  await page.context().close()
})

test("a technician is not shown the page", async () => {
  const page = await visit({ user: "tech", path: "/system" })
  await page.getByRole("navigation", { name: "Pages" }).waitFor()
  assert.equal(await page.getByRole("heading", { name: "This machine" }).count(), 0)
  await page.context().close()
})
