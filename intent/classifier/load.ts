/** Picks the best classifiers this machine has: meaning and words, or words alone. The sentence
 * model was taught English, so for Spanish words alone decide. */
import type { Language } from "../contract.ts"
import type { Classifier } from "./classifier.ts"
import { wordClassifier } from "./classifier.ts"
import { readCorpus } from "./corpus.ts"
import { loadEmbedder } from "./embedder.ts"
import { meaningClassifier, meaningFile, readMeaning } from "./meaning.ts"

/** One for each language, and whether the English one reads meaning as well as words. */
export async function loadClassifiers(
  modelsFolder: string | undefined,
): Promise<{ classifiers: Readonly<Record<Language, Classifier>>; usesMeaning: boolean }> {
  const { classifier, usesMeaning } = await loadClassifier(modelsFolder)
  return { classifiers: { en: classifier, es: wordClassifier(readCorpus("es")) }, usesMeaning }
}

/** The English classifier, and whether it reads meaning as well as words. */
export async function loadClassifier(
  modelsFolder: string | undefined,
): Promise<{ classifier: Classifier; usesMeaning: boolean }> {
  const corpus = readCorpus()
  const meaning =
    modelsFolder === undefined ? undefined : readMeaning(meaningFile(modelsFolder, corpus), corpus)
  const embed = meaning && modelsFolder ? await loadEmbedder(modelsFolder) : undefined
  return meaning && embed
    ? { classifier: meaningClassifier(corpus, meaning, embed), usesMeaning: true }
    : { classifier: wordClassifier(corpus), usesMeaning: false }
}
