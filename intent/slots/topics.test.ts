import assert from "node:assert/strict"
import { readFileSync } from "node:fs"
import { test } from "node:test"
import { Type as t } from "typebox"
import { parseYaml } from "#core/json.ts"
import { Fact } from "#core/site.ts"
import { readCorpus } from "../classifier/corpus.ts"
import { topicsInVain } from "../replies/site-facts.ts"
import { topicsIn } from "./topics.ts"

for (const language of ["en", "es"] as const)
  test(`what callers ask of the pharmacy has a topic (${language})`, () => {
    const { labels, says } = readCorpus(language)
    const asked = says.filter(({ label }) => labels[label] === "store_fact")
    const without = asked.filter(({ text }) => topicsIn(text).length === 0)
    assert.deepEqual(without, [])
  })

for (const [said, topics] of [
  ["How much is a flu shot?", ["flu_shot_price"]],
  ["what's a shingles shot going to cost", ["vaccine_price"]],
  ["do I need an appointment for a flu shot", ["walk_ins"]],
  ["do you deliver, and is there parking", ["delivery", "parking"]],
  ["¿Entregan a domicilio?", ["delivery"]],
  ["¿cuánto cuesta la vacuna de la gripe?", ["flu_shot_price"]],
  ["can I check my blood pressure there", ["blood_pressure"]],
  ["I need a refill of my metformin", []],
  ["what time do you close", []],
  ["necesito un refill de mi metformina", []],
] as const)
  test(`"${said}" asks about ${topics.join(" and ") || "nothing of the pharmacy"}`, () => {
    assert.deepEqual(topicsIn(said), topics)
  })

test("every fact of the site's own file can be asked for and said, in both languages", () => {
  const file = new URL("../../config/site.yaml", import.meta.url)
  const Site = t.Object({ facts: t.Array(Fact, { minItems: 5 }) })
  const { facts } = parseYaml({ text: readFileSync(file, "utf8"), file: "site.yaml" }, Site)
  assert.deepEqual(topicsInVain(facts), [])
})
