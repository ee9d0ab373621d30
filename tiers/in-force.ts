/** The matrix and the rules that are in force at a site, as the host asks them. */
import { RuleBook } from "#core/rule-book.ts"
import type { Store } from "#core/store.ts"
import { decide } from "./decide.ts"
import { matrix, rowOf } from "./matrix.ts"
import { defaultRules } from "./rules.ts"
import { checkRules } from "./rules-check.ts"

/** The rules a site changed, or the default ones; with the decision they lead to. */
export function rulesInForce(store: Store): RuleBook {
  return new RuleBook({
    store,
    defaults: defaultRules,
    decide: (question, rules) => decide(question, { matrix, rules }),
    isLawful: (candidate) => checkRules(candidate, matrix).length === 0,
  })
}

/** False stops the boot of whoever asks for it. */
export function hasRow(action: string): boolean {
  return rowOf(matrix, action) !== undefined
}
