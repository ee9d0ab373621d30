/** Intent: words to an understanding, facts to a sentence. It acts on nothing and knows nobody. */
import { Type as t } from "typebox"
import { defineModule, nothing } from "#core/module.ts"
import { cascade } from "./cascade.ts"
import { trainClassifier } from "./classifier/classifier.ts"
import { readCorpus } from "./classifier/corpus.ts"
import { intent } from "./contract.ts"
import { fixedSentences, phraseLine } from "./replies/phrase.ts"
import { understandUtterance } from "./understand.ts"

const needs = { ...nothing, config: t.Object({}) } as const

const steps = cascade(trainClassifier(readCorpus()))

export default defineModule(intent, needs, {
  commands: {
    async understand(input, { clock }) {
      const today = new Date(clock.nowMs()).toISOString().slice(0, 10)
      return understandUtterance({ ...input, today }, steps)
    },

    async phrase({ lines, language }, { fail }) {
      const sentences = lines.map((line) => {
        const phrased = phraseLine(line, language)
        return phrased.ok ? phrased.sentence : fail(phrased.fault)
      })
      return { sentences }
    },

    async fixedReplies({ language }) {
      return { sentences: fixedSentences(language) }
    },
  },
})
