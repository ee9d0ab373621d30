/** Intent: words to an understanding, facts to a sentence. It acts on nothing and knows nobody. */
import { Type as t } from "typebox"
import { assert } from "#core/fault.ts"
import { defineModule, nothing } from "#core/module.ts"
import { cascade, type Step } from "./cascade.ts"
import { loadClassifiers } from "./classifier/load.ts"
import { intent } from "./contract.ts"
import { fixedSentences, phraseLine } from "./replies/phrase.ts"
import { understandUtterance } from "./understand.ts"

const needs = {
  ...nothing,
  config: t.Object({
    /** Where models lie; without it, or without the sentence model in it, words alone decide. */
    modelsFolder: t.Optional(t.String({ minLength: 1 })),
  }),
  memoryMiB: 192,
  // The sentence model and what it computes with.
  nativeMiB: 512,
} as const

/** Set once at the start and never changed while commands run. */
const running: { steps?: readonly Step[] } = {}

export default defineModule(intent, needs, {
  async start({ config, log }) {
    const { classifiers, usesMeaning } = await loadClassifiers(config.modelsFolder)
    running.steps = cascade(classifiers)
    log.info("the classifiers are ready", { usesMeaning })
  },

  commands: {
    async understand(input, { clock }) {
      assert(running.steps)
      const today = new Date(clock.nowMs()).toISOString().slice(0, 10)
      return understandUtterance({ ...input, today }, running.steps)
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
