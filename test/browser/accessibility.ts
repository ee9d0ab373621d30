/** What keeps somebody out of a page, as axe-core finds it. The page must have been opened so that
 * its own rules let a foreign script in (`bypassCSP`). */
import { createRequire } from "node:module"
import type { Page } from "playwright-core"

const axe = createRequire(import.meta.url).resolve("axe-core/axe.min.js")

interface AxeResult {
  readonly violations: readonly { id: string; nodes: readonly { html: string }[] }[]
}

/** Each violation: its rule, and the first place it was found in. */
export async function violationsOn(page: Page): Promise<readonly string[]> {
  await page.addScriptTag({ path: axe })
  return page.evaluate(async () => {
    const { axe: checker } = globalThis as unknown as { axe: { run(): Promise<AxeResult> } }
    return (await checker.run()).violations.map(({ id, nodes }) => `${id}: ${nodes[0]?.html}`)
  })
}
