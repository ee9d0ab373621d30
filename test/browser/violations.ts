/** What keeps somebody out of a page, as axe-core finds it. The page needs `bypassCSP`. */
import { createRequire } from "node:module"
import type { Page } from "playwright-core"

const axe = createRequire(import.meta.url).resolve("axe-core/axe.min.js")

interface Found {
  readonly violations: readonly { id: string; nodes: readonly { html: string }[] }[]
}

export async function violationsOn(page: Page): Promise<readonly string[]> {
  await page.addScriptTag({ path: axe }).catch(() => undefined)
  return page.evaluate(async () => {
    const { axe: checker } = globalThis as unknown as { axe: { run(): Promise<Found> } }
    const { violations } = await checker.run()
    return violations.map(({ id, nodes }) => `${id}: ${nodes[0]?.html}`)
  })
}
