/**
 * Whether an edited set of rules may take effect. Three rules are demanded by law or by safety: a
 * site may move them in the list and reword their reason, and may not switch off or narrow them.
 */
import { isDeepStrictEqual } from "node:util"
import { Type as t } from "typebox"
import { Value } from "typebox/value"
import { Rule } from "#core/rule.ts"
import { type Matrix, rowOf } from "./matrix.ts"
import { defaultRules } from "./rules.ts"

export const RULES_MAX = 200

const demanded = ["emergency", "controlled_substance", "unverified_caller"] as const

const RuleSet = t.Array(Rule, { maxItems: RULES_MAX })

const sentences = {
  not_a_rule_set: "This is not a list of rules.",
  duplicate_name: "Two rules have the same name.",
  duplicate_priority: "Two rules have the same priority, so their order is not settled.",
  unknown_action: "A rule names an action that is not in the matrix.",
  demanded_missing: "This rule cannot be removed.",
  demanded_disabled: "This rule cannot be switched off.",
  demanded_changed: "What this rule looks for and what it asks cannot be changed.",
} as const

export interface RuleProblem {
  readonly code: keyof typeof sentences
  /** The rule it is about, when it is about one. */
  readonly rule?: string
  readonly says: string
}

/** Everything that is wrong with a set of rules; nothing when it may take effect. */
export function checkRules(candidate: unknown, matrix: Matrix): readonly RuleProblem[] {
  if (!Value.Check(RuleSet, candidate)) return [problem("not_a_rule_set")]
  return [
    ...repeated(candidate, (rule) => rule.name).map((name) => problem("duplicate_name", name)),
    ...repeated(candidate, (rule) => rule.priority).map((name) =>
      problem("duplicate_priority", name),
    ),
    ...candidate
      .filter((rule) => rule.when.actions?.some((action) => !rowOf(matrix, action)))
      .map((rule) => problem("unknown_action", rule.name)),
    ...demanded.flatMap((name) => demandedProblems(name, candidate)),
  ]
}

function demandedProblems(name: string, rules: readonly Rule[]): readonly RuleProblem[] {
  const rule = rules.find((each) => each.name === name)
  if (!rule) return [problem("demanded_missing", name)]
  const original = defaultRules.find((each) => each.name === name)
  const isChanged =
    !isDeepStrictEqual(rule.when, original?.when) ||
    !isDeepStrictEqual(rule.raises, original?.raises)
  return [
    ...(rule.enabled ? [] : [problem("demanded_disabled", name)]),
    ...(isChanged ? [problem("demanded_changed", name)] : []),
  ]
}

/** Names of the rules that repeat something an earlier rule already has. */
function repeated(rules: readonly Rule[], of: (rule: Rule) => string | number): readonly string[] {
  return rules
    .filter((rule, index) => rules.findIndex((other) => of(other) === of(rule)) < index)
    .map((rule) => rule.name)
}

function problem(code: keyof typeof sentences, rule?: string): RuleProblem {
  return { code, says: sentences[code], ...(rule === undefined ? {} : { rule }) }
}
