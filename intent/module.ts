/** Intent: words to an understanding, facts to a sentence. It acts on nothing and knows nobody. */
import { Type as t } from "typebox"
import { defineCollection } from "#core/documents.ts"
import { assert } from "#core/fault.ts"
import { defineModule, nothing } from "#core/module.ts"
import { Fact, Greeting } from "#core/site.ts"
import { storeInfo } from "../modules/store-info/contract.ts"
import { cascade, type Step } from "./cascade.ts"
import { loadClassifiers } from "./classifier/load.ts"
import { CloudAtHand, cloudNeeds } from "./cloud/at-hand.ts"
import { templateLetter } from "./cloud/prior-auth-letter.ts"
import { intent } from "./contract.ts"
import { healthOf } from "./health.ts"
import { LanguageModelSettings, LocalModels } from "./local-model/at-hand.ts"
import { mustNeverBeSaid } from "./replies/never-say.ts"
import { troubleWithGreeting } from "./replies/own-greeting.ts"
import { fixedSentences, phraseLine } from "./replies/phrase.ts"
import type { Facts } from "./replies/placeholders.ts"
import { allOf, factsOf, greetingsOf, topicsInVain } from "./replies/site-facts.ts"
import { spokenForm } from "./replies/spoken.ts"
import { knownTopics } from "./slots/topics.ts"
import { understandUtterance, withDetails } from "./understand.ts"

/** What was changed while the house ran: settings are those of its start. */
const siteWords = defineCollection({
  schema: t.Object({ facts: t.Array(Fact), greeting: Greeting }),
} as const)
const NEWEST = "newest"

const needs = {
  ...nothing,
  // What the pharmacy says of itself may be said from the moment it was changed.
  hears: [storeInfo],
  collections: { ...cloudNeeds.collections, siteWords },
  ports: cloudNeeds.ports,
  config: t.Object({
    ...cloudNeeds.config,
    /** What the pharmacy says of itself: these sentences may be said, and none like them. */
    facts: t.Array(Fact, { default: [] }),
    greeting: Greeting,
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
  usesMeaning?: boolean
} = {}

export default defineModule(intent, needs, {
  async start(context) {
    const { config, log, store } = context
    const changed = (await store.siteWords.get(NEWEST))?.doc
    running.facts = allOf(wordsOf(config), wordsOf(changed ?? {}))
    const [topic] = topicsInVain(config.facts)
    if (topic !== undefined) log.warn("a fact of the site can never be told", { topic })
    const { classifiers, usesMeaning } = await loadClassifiers(config.modelsFolder)
    const local = LocalModels.open(context)
    if (local) running.local = local
    const cloud = await CloudAtHand.open(context)
    if (cloud) running.cloud = cloud
    running.steps = cascade(classifiers, ...(local?.steps ?? []))
    running.usesMeaning = usesMeaning
    log.info("the classifiers are ready", { usesMeaning })
  },

  async stop() {
    running.local?.close()
  },

  events: {
    async "store-info.changed"({ facts, greeting }, { store }) {
      if (!facts && !greeting) return
      const kept = (await store.siteWords.get(NEWEST))?.doc ?? { facts: [], greeting: {} }
      const changed = { ...kept, ...(facts && { facts }), ...(greeting && { greeting }) }
      await store.siteWords.put(NEWEST, changed)
      assert(running.facts)
      running.facts = allOf(running.facts, wordsOf(changed))
    },
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

    async health(_, { config }) {
      const { usesMeaning = false, local, cloud } = running
      return await healthOf({ usesMeaning, local, cloud }, config.cloud)
    },

    async siteWords() {
      const always = (language: "en" | "es") => {
        const said = phraseLine({ reply: "disclosure.recording" }, language)
        return said.ok ? [said.sentence.text] : []
      }
      return { topics: [...knownTopics], always: { en: always("en"), es: always("es") } }
    },

    async review({ kind, language, words }) {
      const spoken = spokenForm(words, language)
      const forbidden = mustNeverBeSaid(words) ? "never_say" : undefined
      const trouble = kind === "greeting" ? troubleWithGreeting(words) : forbidden
      return { spoken, ...(trouble && { trouble }) }
    },

    async fixedReplies({ language }) {
      return { sentences: fixedSentences(language) }
    },
  },
})

/** The site's own sentences that may be said. */
function wordsOf({
  facts = [],
  greeting = {},
}: {
  readonly facts?: readonly Fact[]
  readonly greeting?: Greeting
}): Facts {
  return allOf(factsOf(facts), greetingsOf(greeting))
}
