import assert from "node:assert/strict"
import { test } from "node:test"
import { WORDS_TEMPERATURE } from "./classifier/classifier.ts"
import { readCorpus } from "./classifier/corpus.ts"
import { loadClassifiers } from "./classifier/load.ts"
import { wishesIn } from "./classifier/wishes.ts"
import { evaluate, fitWordsTemperature, printable, tiers } from "./evaluate.ts"
import { plain } from "./words.ts"

/** What was reached, less two points, and how many examples each intent has at least. */
const floors = {
  en: { accuracy: 0.862, says: 50, mostUnderEscalated: 0.04 },
  es: { accuracy: 0.921, says: 30, mostUnderEscalated: 0.02 },
} as const
const TESTS_MIN = 20

const { classifiers } = await loadClassifiers(undefined)
const again = (await loadClassifiers(undefined)).classifiers
const plainly = (text: string) =>
  plain(text)
    .replace(/[^a-z0-9 ]/g, "")
    .trim()

test("both languages know the same intents, in the same order", () => {
  assert.deepEqual(readCorpus("es").labels, readCorpus("en").labels)
})

for (const language of ["en", "es"] as const) {
  const corpus = readCorpus(language)
  const words = classifiers[language]
  const floor = floors[language]

  test(`every intent has examples enough and tests of its own (${language})`, () => {
    for (const [label, name] of corpus.labels.entries()) {
      const count = (list: typeof corpus.says) => list.filter((one) => one.label === label).length
      assert.ok(count(corpus.says) >= floor.says, `${name} says ${count(corpus.says)}`)
      assert.ok(count(corpus.tests) >= TESTS_MIN, `${name} tests ${count(corpus.tests)}`)
    }
  })

  test(`no utterance stands twice, so that no test was learnt (${language})`, () => {
    const seen = new Set<string>()
    for (const { text } of [...corpus.says, ...corpus.tests]) {
      assert.ok(!seen.has(plainly(text)), text)
      seen.add(plainly(text))
    }
  })

  test(`held-out utterances are understood as well as when this was written (${language})`, async (t) => {
    const report = await evaluate(corpus, words)
    t.diagnostic(`${corpus.tests.length} utterances, accuracy ${report.accuracy.toFixed(3)}`)
    assert.ok(report.accuracy >= floor.accuracy, printable(report))
    assert.ok(report.calibrationError <= 0.08, `calibration error ${report.calibrationError}`)
    assert.ok(report.noneRecall >= 0.75, `none recall ${report.noneRecall}`)
  })

  test(`what needs a pharmacist or a manager is hardly ever taken for a free wish (${language})`, async () => {
    const { underEscalated } = await evaluate(corpus, words)
    const grave = corpus.tests.filter(({ label }) => tiers[corpus.labels[label] ?? "none"] >= 2)
    const share = underEscalated.length / grave.length
    assert.ok(share <= floor.mostUnderEscalated, `${underEscalated.length}`)
  })

  test(`training twice gives the same answers (${language})`, async () => {
    for (const { text } of corpus.tests.slice(0, 50)) {
      assert.deepEqual(await again[language].classify(text), await words.classify(text))
    }
  })

  test(`the temperature in use is the one the examples ask for (${language})`, () => {
    assert.ok(Math.abs(fitWordsTemperature(corpus) - WORDS_TEMPERATURE[language]) <= 0.1)
  })
}

const several: readonly (readonly [string, readonly string[], "es"?])[] = [
  ["refill my lisinopril and what are your hours", ["refill", "hours"]],
  ["I need a refill. Also, when do you close?", ["refill", "hours"]],
  ["is my prescription ready and how much does it cost", ["status", "price"]],
  ["refill my lisinopril and my metformin", ["refill"]],
  [
    "I have a question on my insurance card. Oh, and, is it fine to cut Listen Opera in half?",
    ["insurance", "clinical"],
  ],
  ["what's the weather today", []],
  ["un refill de la losartán y a qué hora cierran", ["refill", "hours"], "es"],
  ["quiero resurtir mi receta. también quiero saber cuánto cuesta", ["refill", "price"], "es"],
  ["un refill de la losartán y de la metformina", ["refill"], "es"],
  ["I want a refill, my copay, and your hours", ["refill", "price", "hours"]],
  [
    "is my lisinopril ready does my new insurance card work and how late are you open",
    ["status", "insurance", "hours"],
  ],
  ["I take one a day, and I'm out, so can you refill it", ["refill"]],
  ["how much does my insurance pay", ["insurance"]],
  [
    "necesito que me surtan la pastillita blanca, la del agua, la que me recetó el doctor",
    ["refill"],
    "es",
  ],
  [
    "quiero un resurtido, preguntar por mi copago y saber si hacen entregas",
    ["refill", "insurance", "store_fact"],
    "es",
  ],
  [
    "necesito un refill, quiero pasar una receta a ustedes, y tengo una pregunta del seguro",
    ["refill", "transfer_in", "insurance"],
    "es",
  ],
  ["Not that, Gabby Penton refill", ["refill"]],
  ["No, not that one, I need to transfer my prescriptions to you", ["transfer_in"]],
  ["No, I don't want a refill", ["no"]],
  ["no, eso no, quiero un resurtido de mi receta", ["refill"], "es"],
  ["hola, ¿hablan español? necesito saber a qué hora cierran hoy", ["hours"], "es"],
]
for (const [said, wishes, language = "en"] of several) {
  test(`"${said}" holds ${wishes.length} wishes`, async () => {
    const heard = await wishesIn(said, classifiers[language])
    assert.deepEqual(
      heard.map((wish) => wish.intent),
      wishes,
    )
  })
}

test("what is told before a wish does not hide it", async () => {
  const told = "Hi, how are you, I look after things at home so I'm calling to get"
  const [wish] = await wishesIn(`${told} my mother's donepezil refilled.`, classifiers.en)
  assert.equal(wish?.intent, "refill")
  assert.ok(wish.confidence > 0.9, String(wish.confidence))
})
