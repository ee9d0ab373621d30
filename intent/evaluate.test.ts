import assert from "node:assert/strict"
import { test } from "node:test"
import { WORDS_TEMPERATURE } from "./classifier/classifier.ts"
import { readCorpus } from "./classifier/corpus.ts"
import { loadClassifier } from "./classifier/load.ts"
import { wishesIn } from "./classifier/wishes.ts"
import { evaluate, fitWordsTemperature, printable, tiers } from "./evaluate.ts"

/** What was reached, less two points. */
const WORDS_FLOOR = 0.862

const corpus = readCorpus()
const { classifier: words } = await loadClassifier(undefined)
const plain = (text: string) =>
  text
    .toLowerCase()
    .replace(/[^a-z0-9 ]/g, "")
    .trim()

test("every intent has at least fifty examples and twenty tests of its own", () => {
  for (const [label, name] of corpus.labels.entries()) {
    const count = (list: typeof corpus.says) => list.filter((one) => one.label === label).length
    assert.ok(count(corpus.says) >= 50, `${name} says ${count(corpus.says)}`)
    assert.ok(count(corpus.tests) >= 20, `${name} tests ${count(corpus.tests)}`)
  }
})

test("no utterance stands twice, so that no test was learnt", () => {
  const seen = new Set<string>()
  for (const { text } of [...corpus.says, ...corpus.tests]) {
    assert.ok(!seen.has(plain(text)), text)
    seen.add(plain(text))
  }
})

test("held-out utterances are understood as well as they were when this was written", async () => {
  const report = await evaluate(corpus, words)
  assert.ok(report.accuracy >= WORDS_FLOOR, printable(report))
  assert.ok(report.calibrationError <= 0.08, `calibration error ${report.calibrationError}`)
  assert.ok(report.noneRecall >= 0.75, `none recall ${report.noneRecall}`)
})

test("a wish that needs a pharmacist or a manager is hardly ever taken for a free one", async () => {
  const { underEscalated } = await evaluate(corpus, words)
  const grave = corpus.tests.filter(({ label }) => tiers[corpus.labels[label] ?? "none"] >= 2)
  assert.ok(underEscalated.length / grave.length <= 0.04, `${underEscalated.length}`)
})

test("training twice gives the same answers", async () => {
  const again = (await loadClassifier(undefined)).classifier
  for (const { text } of corpus.tests.slice(0, 50)) {
    assert.deepEqual(await again.classify(text), await words.classify(text))
  }
})

test("the temperature in use is the one the examples ask for", () => {
  assert.ok(Math.abs(fitWordsTemperature(corpus) - WORDS_TEMPERATURE) <= 0.1)
})

const several: readonly (readonly [string, readonly string[]])[] = [
  ["refill my lisinopril and what are your hours", ["refill", "hours"]],
  ["I need a refill. Also, when do you close?", ["refill", "hours"]],
  ["is my prescription ready and how much does it cost", ["status", "price"]],
  ["refill my lisinopril and my metformin", ["refill"]],
  ["what's the weather today", []],
]
for (const [said, wishes] of several) {
  test(`"${said}" holds ${wishes.length} wishes`, async () => {
    const heard = await wishesIn(said, words)
    assert.deepEqual(
      heard.map((wish) => wish.intent),
      wishes,
    )
  })
}
