/**
 * Measures what intent/thresholds.ts says: how often the classifier is right when it is this sure,
 * and how often a language model is right at all. On the utterances that nothing was taught.
 * `node scripts/measure-understanding.ts [--model ID] [--most N]`
 */
import { systemClock } from "#core/clock.ts"
import type { Log } from "#core/log.ts"
import type { Classifier } from "../intent/classifier/classifier.ts"
import { type Corpus, type Label, readCorpus } from "../intent/classifier/corpus.ts"
import { loadClassifiers } from "../intent/classifier/load.ts"
import { detailsOf, detailsTask } from "../intent/local-model/details.ts"
import { LanguageProcess } from "../intent/local-model/process.ts"
import { questionOf, wishesOf, wishesTask } from "../intent/local-model/question.ts"
import { isRight, rambling } from "../intent/local-model/rambling.ts"
import { gistOf, questionFor, summaryTask } from "../intent/local-model/summary.ts"
import { cacheFolder } from "../models/cache.ts"
import { languageProgram } from "../models/programs.ts"
import { optionsOf } from "./options.ts"

const CANDIDATES = [0.5, 0.6, 0.7, 0.75, 0.8, 0.85, 0.9]
const RIGHT_MIN = 0.95
const ANSWER_MS_MAX = 60_000

const print = (text: string) => process.stdout.write(`${text}\n`)
const percent = (share: number) => `${(share * 100).toFixed(1)} %`

/** Of the answers at least this sure: how many there are, and how many are right. */
async function measureClassifier(corpus: Corpus, classifier: Classifier): Promise<void> {
  const judged: { confidence: number; isRight: boolean }[] = []
  for (const { text, label } of corpus.tests) {
    const { label: heard, confidence } = await classifier.classify(text)
    if (heard !== "none") judged.push({ confidence, isRight: heard === corpus.labels[label] })
  }
  print(`\nclassifier, ${corpus.language}: ${judged.length} utterances given a name`)
  let chosen: number | undefined
  for (const threshold of CANDIDATES) {
    const sure = judged.filter(({ confidence }) => confidence >= threshold)
    const right = sure.filter(({ isRight }) => isRight).length / sure.length
    print(
      `  at ${threshold}: ${percent(sure.length / judged.length)} sure, ${percent(right)} right`,
    )
    if (right >= RIGHT_MIN) chosen ??= threshold
  }
  print(`  the lowest at which 19 in 20 are right: ${chosen ?? "none"}`)
}

/** An even share of the utterances: a language model is slow. */
function sampleOf({ tests }: Corpus, most: number): Corpus["tests"] {
  const every = Math.max(1, Math.ceil(tests.length / most))
  return tests.filter((_, at) => at % every === 0)
}

async function measureModel(corpus: Corpus, model: string, most: number): Promise<void> {
  const silence = () => undefined
  const log: Log = {
    ...{ debug: silence, info: silence, warn: silence, error: silence },
    child: () => log,
  }
  const language = new LanguageProcess({
    ...{ entry: languageProgram, model, clock: systemClock, log },
    tasks: { wishes: wishesTask(corpus, 1), details: detailsTask, summary: summaryTask },
  })
  await language.whenReady()
  const tests = sampleOf(corpus, most)
  const times: number[] = []
  let right = 0
  for (const { text, label } of tests) {
    const startedAtMs = systemClock.monotonicMs()
    const answer = await language.ask("wishes", questionOf(text), ANSWER_MS_MAX)
    times.push(systemClock.monotonicMs() - startedAtMs)
    const heard: Label = wishesOf(answer, 1)?.[0]?.intent ?? "none"
    if (heard === corpus.labels[label]) right++
  }
  await measureExtras(language, model)
  language.close()
  times.sort((one, other) => one - other)
  const median = times[Math.floor(times.length / 2)] ?? Number.NaN
  print(`\n${model}: ${percent(right / tests.length)} of ${tests.length} named rightly`)
  print(`  ${median.toFixed(0)} ms an answer, the median on this machine`)
}

/** What a model may be trusted with beside naming wishes. */
async function measureExtras(language: LanguageProcess, model: string): Promise<void> {
  let told = 0
  let shortened = 0
  for (const line of rambling) {
    const { says } = line
    const details = await language.ask("details", questionOf(says), ANSWER_MS_MAX)
    if (isRight(line, detailsOf(details, says) ?? {})) told++
    const gist = await language.ask("summary", questionFor(says), ANSWER_MS_MAX)
    if (gistOf(gist, says) !== undefined) shortened++
  }
  const share = (right: number) => percent(right / rambling.length)
  print(`\n${model}: details right in ${share(told)}, summaries fit in ${share(shortened)}`)
}

const { values } = optionsOf(import.meta, {
  options: { model: { type: "string" }, most: { type: "string", default: "120" } },
})
const { classifiers } = await loadClassifiers(cacheFolder())
for (const language of ["en", "es"] as const)
  await measureClassifier(readCorpus(language), classifiers[language])
if (values.model) await measureModel(readCorpus("en"), values.model, Number(values.most))
