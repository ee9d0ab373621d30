/** What keeps somebody out of a page, as axe-core finds it, under the page's own rules. */
import { readFileSync } from "node:fs"
import { createRequire } from "node:module"
import type { Page } from "playwright-core"

const axe = readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8")

interface Found {
  readonly violations: readonly { id: string; nodes: readonly { html: string }[] }[]
}
interface Moving {
  readonly finished: Promise<unknown>
  readonly effect: { getComputedTiming(): { readonly endTime: number } } | null
}
interface Shown {
  readonly axe: { run(): Promise<Found> }
  readonly document: { getAnimations(): readonly Moving[] }
}

/** Each violation: its rule, and the first place it was found in. Zero is the only good number. */
export async function violationsOn(page: Page): Promise<readonly string[]> {
  const debug = await page.context().newCDPSession(page)
  // The page forbids foreign scripts; who debugs it may bring one in.
  await debug.send("Runtime.evaluate", { expression: axe })
  const found = await page.evaluate(async () => {
    const { axe: checker, document } = globalThis as unknown as Shown
    // Half-faded words have half their contrast; what turns for ever is not waited for.
    const ending = document
      .getAnimations()
      .filter(({ effect }) => Number.isFinite(effect?.getComputedTiming().endTime))
    await Promise.all(ending.map(({ finished }) => finished))
    return (await checker.run()).violations.map(({ id, nodes }) => `${id}: ${nodes[0]?.html}`)
  })
  await debug.detach()
  return found
}
