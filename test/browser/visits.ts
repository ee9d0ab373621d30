/** A browser for all tests of a file: people sign in, go to a page, press what it shows. */
import assert from "node:assert/strict"
import { after, before } from "node:test"
import type { Browser, Page } from "playwright-core"
import type { Role } from "#core/actor.ts"
import { tokenHash } from "#core/token.ts"
import { type Door, demoPassword } from "../../dashboard/fixtures/door.ts"
import { openBrowser, type Seat, signIn, sitDown } from "./staff-room.ts"

/** As wide as a telephone held upright. */
export const PHONE_WIDTH = 390

export interface Visit extends Seat {
  /** Who signs in first; nobody when left out. */
  readonly user?: string
  readonly path: string
}

export function visitsTo(door: () => Promise<Door>) {
  let browser: Browser | undefined
  before(async () => {
    browser = await openBrowser()
  })
  after(() => browser?.close())
  return async ({ user, path, ...seat }: Visit): Promise<Page> => {
    assert.ok(browser)
    const page = await sitDown(browser, (await door()).url, seat)
    if (user !== undefined) await signIn(page, user)
    await page.goto(path)
    return page
  }
}

export function press(page: Page, name: string): Promise<void> {
  return page.getByRole("button", { name, exact: true }).click()
}

/** Nothing has to be pushed sideways to be read. */
export async function assertFits(page: Page): Promise<void> {
  const wide = Number(await page.evaluate("document.documentElement.scrollWidth"))
  assert.ok(wide <= PHONE_WIDTH, `${wide} pixels wide`)
}

/** As if the last proof of whoever sits here were long ago. The demo's people are named for it. */
export async function growOld(page: Page, { house, url }: Door, role: Role): Promise<void> {
  const [cookie] = await page.context().cookies()
  const headers = { cookie: `${cookie?.name}=${cookie?.value}` }
  const view = (await (await fetch(`${url}/session`, { headers })).json()) as {
    session: string
    endsAtMs: number
  }
  const { session, endsAtMs: expiresAtMs } = view
  const grant = { person: role, role, session, expiresAtMs, licensedUntilMs: expiresAtMs }
  await house.host.identities.openToken(tokenHash(cookie?.value ?? ""), grant)
}

/** Answers the question who is there; what was wanted then goes on by itself. */
export async function prove(page: Page): Promise<void> {
  await page.getByText("Is it still you?").waitFor()
  await page.getByLabel("Password", { exact: true }).fill(demoPassword)
  await press(page, "It is me")
}
