/** Picks the best classifier this machine has: meaning and words, or words alone. */
import type { Classifier } from "./classifier.ts"
import { wordClassifier } from "./classifier.ts"
import { readCorpus } from "./corpus.ts"
import { loadEmbedder } from "./embedder.ts"
import { meaningClassifier, meaningFile, readMeaning } from "./meaning.ts"

/** The classifier, and whether it reads meaning as well as words. */
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
