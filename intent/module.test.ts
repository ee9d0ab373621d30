import assert from "node:assert/strict"
import { test } from "node:test"
import { VirtualClock } from "#core/clock.ts"
import type { Context } from "#core/module.ts"
import { memoryStore } from "../test/memory-store.ts"
import type { intent } from "./contract.ts"
import definition from "./module.ts"

type ModuleContext = Context<typeof intent, typeof definition.needs>
const silent = { debug() {}, info() {}, warn() {}, error() {}, child: () => silent }

/** Only what this module may touch: a clock, a log, its documents and its configuration. */
const context = {
  config: { facts: [] },
  store: memoryStore(definition.needs.collections),
  clock: new VirtualClock(Date.UTC(2026, 10, 20, 12)),
  log: silent,
  fail(code: string): never {
    throw new Error(code)
  },
} as unknown as ModuleContext & { fail(code: string): never }

test("the module understands and phrases what its contract promises", async () => {
  await definition.parts.start?.(context)
  const { understand, phrase, fixedReplies } = definition.parts.commands
  const heard = await understand(
    { text: "refill my lisinopril", source: "speech", expect: "request", language: "en" },
    context,
  )
  assert.equal(heard.wishes[0]?.intent, "refill")
  const { sentences } = await phrase(
    { lines: [{ reply: "greeting.open", values: { pharmacy: "Willow" } }], language: "en" },
    context,
  )
  assert.equal(sentences[0]?.text, "Thank you for calling Willow.")
  assert.ok((await fixedReplies({ language: "es" }, context)).sentences.length > 60)
  await assert.rejects(
    phrase({ lines: [{ reply: "no.such_reply" }], language: "en" }, context),
    /unknown_reply/,
  )
})

test("a sentence that a pharmacy wrote is read back as spoken, or refused with why", async () => {
  await definition.parts.start?.(context)
  const { review, siteWords } = definition.parts.commands
  const of = (kind: "fact" | "greeting", words: string) =>
    review({ kind, language: "en", words }, context)
  assert.deepEqual(await of("fact", "A delivery costs $4."), {
    spoken: "A delivery costs four dollars.",
  })
  assert.equal((await of("fact", "Your insurance will pay for it.")).trouble, "never_say")
  assert.equal((await of("greeting", "A delivery costs $4.")).trouble, "number")
  const { always, topics } = await siteWords({}, context)
  assert.match(always.en.join(" "), /automated assistant.*recorded/)
  assert.match(always.es.join(" "), /asistente autom.*graba/)
  assert.ok(topics.includes("parking"))
})
