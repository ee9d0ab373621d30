/** Who may import whom: the table is test/boundaries/table.ts, and what it lacks is denied. */
import assert from "node:assert/strict"
import { test } from "node:test"
import { boundaryRules } from "./boundaries/rules.ts"
import { readTree } from "./tree.ts"

const tree = readTree(`${import.meta.dirname}/..`)

for (const rule of boundaryRules) {
  const { looked, seen, violations } = rule.check(tree)
  test(`${rule.name} (${looked})`, () => {
    assert.ok(tree.code.length > 0, "a check that saw no code must not pass")
    assert.ok(seen > 0 || rule.name.startsWith("a module imports"), "a check saw nothing")
    assert.deepEqual(violations, [])
  })
}
