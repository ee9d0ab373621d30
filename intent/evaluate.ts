/** How good the understanding is on utterances it was never taught. Run alone it prints figures:
 * `node intent/evaluate.ts [models folder]`; with a folder also what meaning adds to words. */
import { join } from "node:path"
import { expectedCalibrationError, fitTemperature, type Scored } from "./classifier/calibration.ts"
import { type Classifier, wordClassifier, wordScores } from "./classifier/classifier.ts"
import { type Corpus, type Label, readCorpus } from "./classifier/corpus.ts"
import { loadEmbedder } from "./classifier/embedder.ts"
import { loadClassifier } from "./classifier/load.ts"
import { meaningOf, meaningScores } from "./classifier/meaning.ts"

/** The tier a wish ends in at least (the owner's matrix); what is free to all is 0. */
export const tiers: Readonly<Record<Label, 0 | 1 | 2 | 3>> = {
  status: 0,
  refill: 0,
  hours: 0,
  store_fact: 0,
  transfer_in: 1,
  transfer_out: 1,
  insurance: 1,
  prior_auth: 1,
  new_rx: 2,
  controlled: 2,
  clinical: 2,
  interaction: 2,
  price: 3,
  refund: 3,
  complaint: 3,
  person: 0,
  repeat: 0,
  yes: 0,
  no: 0,
  goodbye: 0,
  none: 0,
}

export interface Judged {
  readonly text: string
  readonly wanted: Label
  readonly heard: Label
  readonly confidence: number
}

export interface Report {
  readonly accuracy: number
  readonly perIntent: ReadonlyMap<Label, { readonly right: number; readonly of: number }>
  readonly nonePrecision: number
  readonly noneRecall: number
  readonly calibrationError: number
  /** A wish for a T2 or T3 act taken for one that Mortar does alone. */
  readonly underEscalated: readonly Judged[]
  readonly wrong: readonly Judged[]
}

/** Acts that Mortar does alone; to ask again or to connect a person is never too little. */
const doneAlone: ReadonlySet<Label> = new Set(["status", "refill", "hours", "store_fact"])

/** Classifies every held-out test and compares. */
export async function evaluate(corpus: Corpus, classifier: Classifier): Promise<Report> {
  const judged: Judged[] = []
  for (const { text, label } of corpus.tests) {
    const guess = await classifier.classify(text)
    const wanted = corpus.labels[label] ?? "none"
    judged.push({ text, wanted, heard: guess.label, confidence: guess.confidence })
  }
  return reportOf(judged)
}

function reportOf(judged: readonly Judged[]): Report {
  const isRight = (one: Judged) => one.wanted === one.heard
  const saidNone = judged.filter((one) => one.heard === "none")
  const wasNone = judged.filter((one) => one.wanted === "none")
  const perIntent = new Map<Label, { right: number; of: number }>()
  for (const one of judged) {
    const row = perIntent.get(one.wanted) ?? { right: 0, of: 0 }
    perIntent.set(one.wanted, { right: row.right + (isRight(one) ? 1 : 0), of: row.of + 1 })
  }
  return {
    accuracy: share(judged, isRight),
    perIntent,
    nonePrecision: share(saidNone, isRight),
    noneRecall: share(wasNone, isRight),
    calibrationError: expectedCalibrationError(
      judged.map((one) => ({ confidence: one.confidence, isRight: isRight(one) })),
    ),
    underEscalated: judged.filter((one) => tiers[one.wanted] >= 2 && doneAlone.has(one.heard)),
    wrong: judged.filter((one) => !isRight(one)),
  }
}

function share(list: readonly Judged[], holds: (one: Judged) => boolean): number {
  return list.length === 0 ? 1 : list.filter(holds).length / list.length
}

/** The figures as lines to read. */
export function printable(report: Report): string {
  const percent = (part: number) => `${(part * 100).toFixed(1)} %`
  const rows = [...report.perIntent].map(
    ([label, { right, of }]) => `  ${label.padEnd(13)} ${right}/${of}`,
  )
  return [
    `accuracy ${percent(report.accuracy)}`,
    ...rows,
    `none of these: precision ${percent(report.nonePrecision)}, ` +
      `recall ${percent(report.noneRecall)}`,
    `expected calibration error ${report.calibrationError.toFixed(3)}`,
    `under-escalated ${report.underEscalated.length}`,
    ...report.wrong.map(
      (one) => `  ${one.wanted} heard as ${one.heard} ${one.confidence.toFixed(2)}: ${one.text}`,
    ),
  ].join("\n")
}

const FOLDS = 4

/** The temperature for words alone, from examples each scored by a model that has not seen it. */
export function fitWordsTemperature(corpus: Corpus): number {
  const scored: Scored[] = []
  for (let fold = 0; fold < FOLDS; fold += 1) {
    const scores = wordScores(corpus, othersOf(corpus, fold))
    for (const example of foldOf(corpus, fold)) {
      scored.push({ logits: scores(example.text), label: example.label })
    }
  }
  return fitTemperature(scored)
}

/** The same for meaning and words together. */
export async function fitMeaningTemperature(
  corpus: Corpus,
  modelsFolder: string,
): Promise<number | undefined> {
  const embed = await loadEmbedder(modelsFolder)
  if (!embed) return undefined
  const vectors: Float32Array[] = []
  for (const { text } of corpus.says) vectors.push(await embed(text))
  const scored: Scored[] = []
  const classCount = corpus.labels.length
  for (let fold = 0; fold < FOLDS; fold += 1) {
    const says = othersOf(corpus, fold)
    const known = vectors.filter((_, index) => index % FOLDS !== fold)
    const words = wordScores(corpus, says)
    const mixed = meaningScores({ says, classCount }, meaningOf(says, known, classCount))
    for (const [index, { text, label }] of corpus.says.entries()) {
      const vector = vectors[index]
      if (index % FOLDS !== fold || !vector) continue
      scored.push({ logits: mixed(vector, words(text)), label })
    }
  }
  return fitTemperature(scored)
}

function foldOf(corpus: Corpus, fold: number) {
  return corpus.says.filter((_, index) => index % FOLDS === fold)
}

function othersOf(corpus: Corpus, fold: number) {
  return corpus.says.filter((_, index) => index % FOLDS !== fold)
}

async function printAll(modelsFolder: string | undefined): Promise<void> {
  const out = (text: string) => process.stdout.write(`${text}\n`)
  const corpus = readCorpus("en")
  for (const one of [readCorpus("es"), corpus]) {
    const temperature = fitWordsTemperature(one).toFixed(2)
    out(`\nwords alone, ${one.language}: best temperature ${temperature}`)
    out(printable(await evaluate(one, wordClassifier(one))))
  }
  if (modelsFolder === undefined) return
  const temperature = await fitMeaningTemperature(corpus, modelsFolder)
  out(`\nwords and meaning, en: best temperature ${temperature?.toFixed(2) ?? "unknown"}`)
  const { classifier, usesMeaning } = await loadClassifier(modelsFolder)
  if (usesMeaning) out(printable(await evaluate(corpus, classifier)))
  else out(`Nothing is trained in ${join(modelsFolder, "gte-small")}: run intent/train.ts first.`)
}

if (import.meta.main) await printAll(process.argv[2])
