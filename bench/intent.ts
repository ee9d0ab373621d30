/**
 * Understanding beside nlp.js: the same examples to learn from, the same held-out utterances to
 * judge by, one process, turn by turn. Accuracy is the share of utterances given their own intent.
 */
import { containerBootstrap, LangEn, Nlp } from "@nlpjs/basic"
import { systemClock } from "#core/clock.ts"
import { pinoLog } from "#core/pino-log.ts"
import { cascade, readWishes, type Step } from "../intent/cascade.ts"
import { wordClassifier } from "../intent/classifier/classifier.ts"
import { type Corpus, readCorpus } from "../intent/classifier/corpus.ts"
import { loadClassifiers } from "../intent/classifier/load.ts"
import { LanguageProcess } from "../intent/local-model/process.ts"
import { questionOf, wishesOf, wishesTask } from "../intent/local-model/question.ts"
import { cacheFolder } from "../models/cache.ts"
import { languageProgram } from "../models/programs.ts"
import { type BenchResult, type BenchRow, quantile, rowOf } from "./contest.ts"

/** The name of the intent heard. */
type Hears = (text: string) => Promise<string>

interface Measured {
  readonly accuracyPercent: number
  readonly p50Ms: number
  readonly p95Ms: number
}

/** The one that comes with the rest. */
const MODEL = "tinyllama-1.1b"
/** A language model is slow: it is judged by an even share of the utterances. */
const MODEL_UTTERANCES = 40
const ANSWER_MS_MAX = 60_000

/** The whole way and each of its steps alone, on the same utterances. */
export async function bench(): Promise<BenchResult> {
  const corpus = readCorpus()
  const folder = cacheFolder()
  const { classifiers } = await loadClassifiers(folder)
  const steps = cascade(classifiers)
  const reference = await measure(corpus, await nlpjs(corpus))
  const words = wordClassifier(corpus)
  const engines: readonly (readonly [string, Hears])[] = [
    ["words alone", async (text) => (await words.classify(text)).label],
    ["words and meaning", async (text) => (await classifiers.en.classify(text)).label],
    ["cascade", (text) => heardBy(steps, text)],
  ]
  const rows: BenchRow[] = []
  for (const [what, hears] of engines)
    rows.push(...rowsOf(what, await measure(corpus, hears), reference))
  rows.push(...rowsOf(`${MODEL} alone`, await measureModel(corpus), reference))
  return { name: "understanding beside nlp.js", rows }
}

async function heardBy(steps: readonly Step[], text: string): Promise<string> {
  const question = { text, expect: "request", language: "en" } as const
  const { wishes } = await readWishes(steps, question, systemClock)
  return wishes[0]?.intent ?? "none"
}

async function measureModel(corpus: Corpus): Promise<Measured> {
  const log = pinoLog({ level: "silent" })
  const tasks = { wishes: wishesTask(corpus, 1) }
  const parts = { entry: languageProgram, model: MODEL, tasks }
  const language = new LanguageProcess({ ...parts, clock: systemClock, log })
  await language.whenReady()
  const every = Math.ceil(corpus.tests.length / MODEL_UTTERANCES)
  const tests = corpus.tests.filter((_, at) => at % every === 0)
  const measured = await measure({ ...corpus, tests }, async (text) => {
    const answer = await language.ask("wishes", questionOf(text), ANSWER_MS_MAX)
    return wishesOf(answer, 1)?.[0]?.intent ?? "none"
  })
  language.close()
  return measured
}

function rowsOf(what: string, ours: Measured, reference: Measured): BenchRow[] {
  const row = (name: string, key: keyof Measured, unit: string) =>
    rowOf({ what: `${what}: ${name}`, ours: ours[key], reference: reference[key], unit })
  return [
    row("held-out accuracy", "accuracyPercent", "%"),
    row("an utterance, p50", "p50Ms", "ms"),
    row("an utterance, p95", "p95Ms", "ms"),
  ]
}

async function measure(corpus: Corpus, hears: Hears): Promise<Measured> {
  const times: number[] = []
  let right = 0
  for (const { text, label } of corpus.tests) {
    const startedAtMs = performance.now()
    const heard = await hears(text)
    times.push(performance.now() - startedAtMs)
    if (heard === corpus.labels[label]) right++
  }
  const accuracyPercent = (right * 100) / corpus.tests.length
  return { accuracyPercent, p50Ms: quantile(times, 0.5), p95Ms: quantile(times, 0.95) }
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
