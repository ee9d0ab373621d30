/** Which edited rule sets may take effect, and that every problem is named at once. */
import assert from "node:assert/strict"
import { test } from "node:test"
import type { Rule } from "#core/rule.ts"
import { matrix } from "./matrix.ts"
import { tierReference } from "./reference.ts"
import { defaultRules } from "./rules.ts"
import { checkRules, RULES_MAX } from "./rules-check.ts"

const found = (rules: unknown): readonly string[] =>
  checkRules(rules, matrix).map(({ code, rule }) => (rule === undefined ? code : `${code} ${rule}`))

function edited(name: string, edit: Partial<Rule>): readonly Rule[] {
  return defaultRules.map((rule) => (rule.name === name ? { ...rule, ...edit } : rule))
}

test("the default rules may take effect, and there are ten", () => {
  assert.deepEqual(found(defaultRules), [])
  assert.equal(defaultRules.length, 10)
})

test("a site may switch off, reorder and add rules that the law does not demand", () => {
  assert.deepEqual(found(edited("high_alert_drug", { enabled: false })), [])
  assert.deepEqual(found(edited("controlled_substance", { priority: 1 })), [])
  const late: Rule = { ...defaultRules[9]!, name: "late_night", priority: 7 }
  assert.deepEqual(found([...defaultRules, late]), [])
})

test("a demanded rule can be neither removed, switched off, narrowed nor softened", () => {
  for (const name of ["emergency", "controlled_substance", "unverified_caller"]) {
    const without = defaultRules.filter((rule) => rule.name !== name)
    assert.deepEqual(found(without), [`demanded_missing ${name}`])
    assert.deepEqual(found(edited(name, { enabled: false })), [`demanded_disabled ${name}`])
    const narrowed = { when: { actions: ["refund"] } }
    assert.deepEqual(found(edited(name, narrowed)), [`demanded_changed ${name}`])
  }
  const softened: Partial<Rule> = { raises: { tier: 1 } }
  assert.deepEqual(found(edited("controlled_substance", softened)), [
    "demanded_changed controlled_substance",
  ])
})

test("repeated names and priorities and unknown actions are all reported at once", () => {
  const twin: Rule = { ...defaultRules[9]!, when: { actions: ["teleport"] } }
  assert.deepEqual(found([...defaultRules, twin]), [
    "duplicate_name low_confidence",
    "duplicate_priority low_confidence",
    "unknown_action low_confidence",
  ])
})

test("what is not a list of rules, or is too long a list, is not taken", () => {
  const endless = Array.from({ length: RULES_MAX + 1 }, () => defaultRules[0])
  for (const candidate of [undefined, {}, [{ name: "half" }], endless]) {
    assert.deepEqual(found(candidate), ["not_a_rule_set"])
  }
})

test("the reference page holds every row and every rule", () => {
  const page = tierReference(matrix, defaultRules)
  for (const { action } of matrix) assert.ok(page.includes(`| \`${action}\` |`))
  for (const { name, because } of defaultRules) {
    assert.ok(page.includes(`| \`${name}\` |`) && page.includes(because))
  }
})
