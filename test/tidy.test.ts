/** The rules of docs/STYLE.md that a program can check, over the whole tree. */
import assert from "node:assert/strict"
import { test } from "node:test"
import { tidyRules } from "./tidy/rules.ts"
import { readTree } from "./tree.ts"

const tree = readTree(`${import.meta.dirname}/..`)

for (const [name, check] of Object.entries(tidyRules)) {
  const { looked, seen, violations } = check(tree)
  test(`${name} (${looked})`, () => {
    assert.ok(seen > 0, "a check that saw nothing must not pass")
    assert.deepEqual(violations, [])
  })
}
