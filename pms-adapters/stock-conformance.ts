/** What an adapter must do whose vendor tells what is on hand. Part of the conformance suite. */
import assert from "node:assert/strict"
import { test } from "node:test"
import type { StockLevel } from "#core/pms.ts"
import type { Running } from "./test-context.ts"
import { NOON_MS } from "./vendor-bench.ts"

const PAGES_MAX = 100
/** A labeler that nobody is, with a product it never made. */
const ABSENT_NDC = "99999999999"

/** Declares the tests; the bench opens the adapter while time stands still at noon. */
export function tryStock(bench: { open(): Promise<Running> }): void {
  test("each product is on one page, and reads the same alone", async () => {
    const running = await bench.open()
    if (!running.offers("readStock")) return
    const all = await readAll(running)
    assert.ok(all.length > 0)
    assert.equal(new Set(all.map(({ ndc }) => ndc)).size, all.length)
    for (const listed of all) {
      assert.equal(listed.readAtMs, NOON_MS)
      const alone = await running.ask("readStock", { ndc: listed.ndc })
      assert.deepEqual(alone.ok && alone.value, { stock: [listed] })
    }
  })

  test("what is not stocked is left out, and is not called none", async () => {
    const running = await bench.open()
    if (!running.offers("readStock")) return
    const absent = await running.ask("readStock", { ndc: ABSENT_NDC })
    assert.deepEqual(absent.ok && absent.value, { stock: [] })
  })
}

async function readAll(running: Running): Promise<readonly StockLevel[]> {
  const all: StockLevel[] = []
  let after: string | undefined
  for (let page = 0; page < PAGES_MAX; page++) {
    const read = await running.ask("readStock", after === undefined ? {} : { after })
    assert.ok(read.ok)
    all.push(...read.value.stock)
    after = read.value.next
    if (after === undefined) return all
  }
  assert.fail("the pages never end")
}
