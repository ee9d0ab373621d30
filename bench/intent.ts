/**
 * Understanding beside nlp.js: the same examples to learn from, the same held-out utterances to
 * judge by, one process, turn by turn. Accuracy is the share of utterances given their own intent.
 */
import { containerBootstrap, LangEn, Nlp } from "@nlpjs/basic"
import { wordClassifier } from "../intent/classifier/classifier.ts"
import { type Corpus, readCorpus } from "../intent/classifier/corpus.ts"
import { loadClassifier } from "../intent/classifier/load.ts"
import { type BenchResult, type BenchRow, quantile, rowOf } from "./contest.ts"

/** The name of the intent heard. */
type Hears = (text: string) => Promise<string>

interface Measured {
  readonly accuracy: number
  readonly perSecond: number
}

const ROUNDS = 5

/** Both engines, words against words; with a models folder also what meaning adds. */
export async function bench(
  modelsFolder: string | undefined = process.env.MORTAR_MODELS,
): Promise<BenchResult> {
  const corpus = readCorpus()
  const words = wordClassifier(corpus)
  const { classifier, usesMeaning } = await loadClassifier(modelsFolder)
  const reference = await measure(corpus, await nlpjs(corpus))
  const plain = await measure(corpus, async (text) => (await words.classify(text)).label)
  const rows = rowsOf("words alone", plain, reference)
  if (usesMeaning) {
    const full = await measure(corpus, async (text) => (await classifier.classify(text)).label)
    rows.push(...rowsOf("words and meaning", full, reference))
  }
  return { name: "understanding beside nlp.js", rows }
}

function rowsOf(what: string, ours: Measured, reference: Measured): BenchRow[] {
  return [
    rowOf({
      what: `${what}: held-out accuracy`,
      ours: ours.accuracy * 100,
      reference: reference.accuracy * 100,
      unit: "%",
    }),
    rowOf({
      what: `${what}: utterances`,
      ours: ours.perSecond,
      reference: reference.perSecond,
      unit: "per second",
    }),
  ]
}

async function measure(corpus: Corpus, hears: Hears): Promise<Measured> {
  let right = 0
  const rates: number[] = []
  for (let round = 0; round < ROUNDS; round += 1) {
    const startMs = performance.now()
    right = 0
    for (const { text, label } of corpus.tests) {
      if ((await hears(text)) === corpus.labels[label]) right += 1
    }
    rates.push((corpus.tests.length * 1_000) / (performance.now() - startMs))
  }
  return { accuracy: right / corpus.tests.length, perSecond: quantile(rates, 0.5) }
}

async function nlpjs(corpus: Corpus): Promise<Hears> {
  const container = await containerBootstrap()
  container.use(LangEn)
  const nlp = new Nlp({
    container,
    autoSave: false,
    forceNER: false,
    languages: ["en"],
    nlu: { useNoneFeature: true, log: false },
  })
  nlp.settings.log = false
  nlp.addLanguage("en")
  for (const { text, label } of corpus.says) nlp.addDocument("en", text, corpus.labels[label])
  await nlp.train()
  return async (text) => {
    const { intent } = await nlp.process("en", text)
    return intent === "None" ? "none" : intent
  }
}

if (import.meta.main) {
  const { rows } = await bench(process.argv[2])
  console.table(rows)
}
