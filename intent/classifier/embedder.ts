/** Sentences as vectors by a small local model (gte-small). It blocks while it computes, a few
 * milliseconds a sentence: it belongs in a process of its own, never in the voice pipeline. */
import { existsSync } from "node:fs"
import { join } from "node:path"
import type { InferenceSession } from "onnxruntime-node"
import { readTokenizer, type Tokenizer } from "./word-pieces.ts"

export const EMBEDDING_SIZE = 384

/** A vector of length one for a text. */
export type Embedder = (text: string) => Promise<Float32Array>

/** The embedder in a folder of models, or undefined when its files are not there. */
export async function loadEmbedder(modelsFolder: string): Promise<Embedder | undefined> {
  const model = join(modelsFolder, "gte-small/model.onnx")
  const tokenizer = join(modelsFolder, "gte-small/tokenizer.json")
  if (!existsSync(model) || !existsSync(tokenizer)) return undefined
  const { InferenceSession: Session, Tensor } = await import("onnxruntime-node")
  const session = await Session.create(model, { intraOpNumThreads: 1, interOpNumThreads: 1 })
  const tokensOf = readTokenizer(tokenizer)
  return (text) => embed(text, { session, tokensOf, Tensor })
}

interface Runtime {
  readonly session: InferenceSession
  readonly tokensOf: Tokenizer
  readonly Tensor: typeof import("onnxruntime-node").Tensor
}

async function embed(text: string, { session, tokensOf, Tensor }: Runtime): Promise<Float32Array> {
  const ids = BigInt64Array.from(tokensOf(text), BigInt)
  const shape = [1, ids.length]
  const output = await session.run({
    input_ids: new Tensor("int64", ids, shape),
    attention_mask: new Tensor(
      "int64",
      ids.map(() => 1n),
      shape,
    ),
    token_type_ids: new Tensor(
      "int64",
      ids.map(() => 0n),
      shape,
    ),
  })
  const hidden = output.last_hidden_state?.data
  return hidden instanceof Float32Array ? meanOf(hidden) : new Float32Array(EMBEDDING_SIZE)
}

/** The mean of the token vectors, scaled to length one. */
function meanOf(hidden: Float32Array): Float32Array {
  const mean = new Float32Array(EMBEDDING_SIZE)
  for (let k = 0; k < hidden.length; k += 1) {
    const at = k % EMBEDDING_SIZE
    mean[at] = (mean[at] ?? 0) + (hidden[k] ?? 0)
  }
  const length = Math.hypot(...mean)
  return length === 0 ? mean : mean.map((value) => value / length)
}
