/** Intent: words to an understanding, facts to a sentence. It acts on nothing and knows nobody. */
import { Type as t } from "typebox"
import { assert } from "#core/fault.ts"
import { defineModule, nothing } from "#core/module.ts"
import { Fact } from "#core/site.ts"
import { cascade, type Step } from "./cascade.ts"
import { loadClassifiers } from "./classifier/load.ts"
import { CloudAtHand, cloudNeeds } from "./cloud/at-hand.ts"
import { templateLetter } from "./cloud/prior-auth-letter.ts"
import { intent } from "./contract.ts"
import { LanguageModelSettings, LocalModels } from "./local-model/at-hand.ts"
import { fixedSentences, phraseLine } from "./replies/phrase.ts"
import type { Facts } from "./replies/placeholders.ts"
import { factsOf, topicsInVain } from "./replies/site-facts.ts"
import { understandUtterance, withDetails } from "./understand.ts"

const needs = {
  ...nothing,
  collections: cloudNeeds.collections,
  ports: cloudNeeds.ports,
  config: t.Object({
    ...cloudNeeds.config,
    /** What the pharmacy says of itself: these sentences may be said, and none like them. */
    facts: t.Array(Fact, { default: [] }),
    /** Where models lie; without it, or without the sentence model in it, words alone decide. */
    modelsFolder: t.Optional(t.String({ minLength: 1 })),
    /** The local language models for hard turns; none unless the site names one. */
    languageModel: t.Optional(LanguageModelSettings),
    /** The program that runs one. */
    languageEntry: t.Optional(t.String({ minLength: 1 })),
  }),
  memoryMiB: 192,
  // The sentence model and what it computes with.
  nativeMiB: 512,
} as const

/** Set once at the start and never changed while commands run. */
const running: {
  steps?: readonly Step[]
  local?: LocalModels
  cloud?: CloudAtHand
  facts?: Facts
} = {}

export default defineModule(intent, needs, {
  async start(context) {
    const { config, log } = context
    running.facts = factsOf(config.facts)
    const [topic] = topicsInVain(config.facts)
    if (topic !== undefined) log.warn("a fact of the site can never be told", { topic })
    const { classifiers, usesMeaning } = await loadClassifiers(config.modelsFolder)
    const local = LocalModels.open(context)
    if (local) running.local = local
    const cloud = await CloudAtHand.open(context)
    if (cloud) running.cloud = cloud
    running.steps = cascade(classifiers, ...(local?.steps ?? []))
    log.info("the classifiers are ready", { usesMeaning })
  },

  async stop() {
    running.local?.close()
  },

  commands: {
    async understand({ about, isEmergency, ...input }, context) {
      assert(running.steps)
      const { clock } = context
      const asked = { ...(about && { about }), ...(isEmergency && { isEmergency }) }
      const cloud = running.cloud?.stepFor(asked, context)
      const steps = cloud ? [...running.steps, cloud] : running.steps
      const today = new Date(clock.nowMs()).toISOString().slice(0, 10)
      const understood = await understandUtterance({ ...input, today }, { steps, clock })
      const isTelling = input.expect === "which_drug" && understood.slots.described === undefined
      const details = isTelling ? await running.local?.details(input.text) : undefined
      return details ? withDetails(understood, details) : understood
    },

    async summarise({ text }) {
      const summary = await running.local?.summary(text)
      return summary === undefined ? {} : { summary }
    },

    async asksOutside() {
      return { isOn: running.cloud !== undefined }
    },

    async draft(input, context) {
      const draft = await running.cloud?.draft(input, context)
      return draft === undefined ? {} : { draft }
    },

    async draftPriorAuth(input, context) {
      const worded = await running.cloud?.letter(input, context)
      return worded ?? templateLetter(input.packet, input.about)
    },

    async phrase({ lines, language }, { fail }) {
      const sentences = lines.map((line) => {
        const phrased = phraseLine(line, language, running.facts)
        return phrased.ok ? phrased.sentence : fail(phrased.fault)
      })
      return { sentences }
    },

    async fixedReplies({ language }) {
      return { sentences: fixedSentences(language) }
    },
  },
})
