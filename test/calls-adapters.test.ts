/** The same golden calls, typed, on every pharmacy system that has an adapter. One test a call. */
import assert from "node:assert/strict"
import { test } from "node:test"
import { adapterFolders } from "../scripts/fuzz/worlds.ts"
import { differencesOf, onEveryVendor } from "./calls/by-vendor.ts"
import { openOn, problemsOn } from "./calls/vendor.ts"

for (const vendor of adapterFolders())
  test(`calls on ${vendor}`, async (t) => {
    const on = await openOn(t, vendor)
    const differences = differencesOf(vendor)
    for (const script of onEveryVendor)
      await t.test(script.about, async () => {
        const problems = await problemsOn(on, script, differences[script.name])
        if (problems.length > 0) assert.fail(`${script.name}:\n${problems.join("\n")}\n`)
      })
  })
