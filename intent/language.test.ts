import assert from "node:assert/strict"
import { test } from "node:test"
import { readCorpus } from "./classifier/corpus.ts"
import { languageOf } from "./language.ts"

test("Spanish is heard in the first words", () => {
  for (const said of [
    "hola necesito hablar con una persona por favor",
    "buenos días",
    "necesito un refill de mi medicina",
    "ya está ready mi prescripción",
    "me duele el pecho",
    "español por favor",
    "no hablo inglés",
    "do you speak Spanish",
    "I don't speak English, español",
  ]) {
    assert.equal(languageOf(said, "en"), "es", said)
  }
})

test("a Spanish name, a thank you or a drug changes nothing", () => {
  for (const said of [
    "refill for mister de la cruz",
    "María de los Santos",
    "gracias",
    "a refill por favor",
    "uno",
    "losartan",
    "no, the other one",
    "l o p e z",
    "",
  ]) {
    assert.equal(languageOf(said, "en"), "en", said)
  }
})

test("English comes back when it is asked for or clearly spoken, not for a borrowed word", () => {
  for (const said of ["English please", "en inglés", "no hablo español", "what are your hours"]) {
    assert.equal(languageOf(said, "es"), "en", said)
  }
  for (const said of ["yes", "refill", "ok", "mi insurance es blue cross", "John Smith", "mande"]) {
    assert.equal(languageOf(said, "es"), "es", said)
  }
})

/** The English examples know a few Spanish sentences, from before there were Spanish ones. */
const spanishAmongEnglish = new Set([
  "quiero hablar con una persona",
  "puedo hablar con el farmacéutico",
  "sí claro",
])

test("what English callers say is hardly ever taken for Spanish, and the other way round", (t) => {
  const rows = [["en", "es", 0.55] as const, ["es", "en", 0.8] as const]
  for (const [language, other, least] of rows) {
    const { says, tests } = readCorpus(language)
    const all = [...says, ...tests].map(({ text }) => text)
    const taken = all
      .filter((text) => languageOf(text, language) !== language)
      .filter((text) => !spanishAmongEnglish.has(text))
    const noticed = all.filter((text) => languageOf(text, other) === language)
    t.diagnostic(`${language}: ${all.length} utterances, ${taken.length} taken for ${other}`)
    t.diagnostic(`${language}: ${noticed.length} noticed by who expected ${other}`)
    assert.deepEqual(taken, [])
    assert.ok(noticed.length / all.length > least, `${noticed.length} of ${all.length}`)
  }
})
