/** What the fuzzer does, in little: the same seed gives the same bytes, and no codec breaks. */
import assert from "node:assert/strict"
import { test } from "node:test"
import { codecs } from "./codecs.ts"
import { chanceOf, spoilt } from "./spoil.ts"

const MESSAGES = 2_000

for (const [name, { samples, read, isRefusal }] of Object.entries(codecs)) {
  test(`${name}: every sample is read, and what was spoilt is read or refused with a code`, () => {
    let refused = 0
    for (let seed = 0; seed < MESSAGES; seed++) {
      try {
        read(spoilt(samples, chanceOf(seed)))
      } catch (error) {
        assert.ok(isRefusal(error), `seed ${seed}: ${error}`)
        refused++
      }
    }
    assert.ok(refused > 0 && refused < MESSAGES)
  })

  test(`${name}: a seed brings its message back`, () => {
    const [one, two] = [spoilt(samples, chanceOf(7)), spoilt(samples, chanceOf(7))]
    assert.deepEqual(one, two)
  })
}
