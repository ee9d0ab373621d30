/** Drugs: which of the caller's were meant, and what is known of one. Knows names, no medicine. */
import { Type as t } from "typebox"
import { defineModule, nothing } from "#core/module.ts"
import { drugs } from "./contract.ts"
import { namesControlled } from "./controlled.ts"
import { flagsOf, readLabel } from "./label.ts"
import { match } from "./match.ts"

const needs = { ...nothing, config: t.Object({}) } as const

export default defineModule(drugs, needs, {
  commands: {
    async match({ text, otherText, candidates }) {
      const labelled = candidates.map(({ rxNumber, drugName }) => ({
        rxNumber,
        label: readLabel(drugName),
      }))
      return match(text, otherText, labelled)
    },
    async namesControlled({ text }) {
      return { isNamed: namesControlled(text) }
    },
    async describe({ drugName }) {
      const label = readLabel(drugName)
      return { plainName: label.plainName, ...flagsOf(label) }
    },
  },
})
