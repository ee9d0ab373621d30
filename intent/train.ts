/** Run at set-up, once a corpus: `node intent/train.ts <models folder>` teaches the sentence model
 * what callers say. Does nothing when that was done, and nothing when the model is not there. */
import { existsSync } from "node:fs"
import { readCorpus } from "./classifier/corpus.ts"
import { loadEmbedder } from "./classifier/embedder.ts"
import { meaningFile, trainMeaning, writeMeaning } from "./classifier/meaning.ts"

/** What was done: nothing was needed, nothing could be, or it is trained now. */
export async function trainIntoFolder(
  modelsFolder: string,
): Promise<"up_to_date" | "no_model" | "trained"> {
  const corpus = readCorpus()
  const file = meaningFile(modelsFolder, corpus)
  if (existsSync(file)) return "up_to_date"
  const embed = await loadEmbedder(modelsFolder)
  if (!embed) return "no_model"
  writeMeaning(file, await trainMeaning(corpus, embed))
  return "trained"
}

if (import.meta.main) {
  const [folder] = process.argv.slice(2)
  const says = {
    up_to_date: "The intent classifier is trained for this corpus.",
    no_model: "No sentence model there: the intent classifier will use words alone.",
    trained: "The intent classifier is trained.",
  }
  process.stdout.write(`${folder ? says[await trainIntoFolder(folder)] : "Which folder?"}\n`)
}
