/** The tier rules in force, kept in the store: what a site changed still counts after a restart. */
import { Type as t } from "typebox"
import type { Decision, Question } from "./decision.ts"
import { defineCollection } from "./documents.ts"
import type { RulesPort } from "./ports.ts"
import { Rule } from "./rule.ts"
import type { Store } from "./store.ts"

const RuleSet = t.Object({ rules: t.Array(Rule) })

export interface RuleBookOptions {
  readonly store: Store
  readonly defaults: readonly Rule[]
  readonly decide: (question: Question, rules: readonly Rule[]) => Decision
  /** True when a set may be put in force. */
  readonly isLawful: (rules: readonly Rule[]) => boolean
}

export class RuleBook implements RulesPort {
  readonly #options: RuleBookOptions
  #rules: readonly Rule[]

  constructor(options: RuleBookOptions) {
    const { store, defaults } = options
    this.#options = options
    store.declare("tiers", { rules: defineCollection({ schema: RuleSet }) })
    const kept = store.collection("tiers.rules").get("in-force")?.doc as
      | { rules: Rule[] }
      | undefined
    this.#rules = kept?.rules ?? defaults
  }

  async read(): Promise<readonly Rule[]> {
    return this.#rules
  }

  async replace(rules: readonly Rule[]): Promise<boolean> {
    if (!this.#options.isLawful(rules)) return false
    await this.#options.store.write("tiers", [{ put: "rules", id: "in-force", doc: { rules } }])
    this.#rules = rules
    return true
  }

  async decide(question: Question, rules = this.#rules): Promise<Decision> {
    return this.#options.decide(question, rules)
  }

  decideNow(question: Question): Decision {
    return this.#options.decide(question, this.#rules)
  }
}
