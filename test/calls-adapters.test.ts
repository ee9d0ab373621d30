/** The same golden calls, typed, on every pharmacy system that has an adapter. One test a call. */
import assert from "node:assert/strict"
import { test } from "node:test"
import { adapterFolders } from "../scripts/fuzz/worlds.ts"
import { type Difference, differencesOf, onEveryVendor } from "./calls/by-vendor.ts"
import { openOn, problemsOn } from "./calls/vendor.ts"

interface Plant {
  readonly vendor: string
  readonly call: string
  readonly difference?: Difference
  readonly says: RegExp
}

/** What must be seen: that nothing differs, that something does, and how it does. */
const plants: Readonly<Record<string, Plant>> = {
  "a difference that is not needed": {
    vendor: "demo",
    call: "refill-transferred",
    difference: {
      why: "None.",
      dialogue: [{ hear: "was transferred to another pharmacy, so it can't be refilled here." }],
    },
    says: /not needed/,
  },
  "a difference that nobody wrote down": {
    vendor: "liberty",
    call: "refill-transferred",
    says: /never heard.*transferred/,
  },
  "a sentence that is not the one that is heard": {
    vendor: "liberty",
    call: "refill-transferred",
    difference: { why: "None.", dialogue: [{ hear: "Montelukast is on hold. Good luck." }] },
    says: /never heard.*Good luck/,
  },
  "a task that staff do not get": {
    vendor: "liberty",
    call: "refill-transferred",
    difference: { why: "None.", dialogue: [{ hear: "Montelukast is on hold." }] },
    says: /work items: wanted \[\], found \["T2/,
  },
}

const callNamed = (wanted: string) => onEveryVendor.find(({ name }) => name === wanted)!

for (const vendor of adapterFolders())
  test(`calls on ${vendor}`, async (t) => {
    const on = await openOn(t, vendor)
    const differences = differencesOf(vendor)
    for (const script of onEveryVendor)
      await t.test(script.about, async () => {
        const problems = await problemsOn(on, script, differences[script.name])
        if (problems.length > 0) assert.fail(`${script.name}:\n${problems.join("\n")}\n`)
      })
    const planted = Object.entries(plants).filter(([, plant]) => plant.vendor === vendor)
    for (const [what, { call, difference, says }] of planted)
      await t.test(`${what} is seen`, async () => {
        const problems = await problemsOn(on, callNamed(call), difference)
        assert.match(problems.join("\n"), says)
      })
  })
