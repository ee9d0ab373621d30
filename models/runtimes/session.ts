/** Opens an ONNX model on the CPU. A run blocks the thread it is called on: own process, always. */
import { createRequire } from "node:module"
import type * as Ort from "onnxruntime-node"
import { ModelError } from "../model-error.ts"

/** The package is CommonJS. Nothing but this file loads the native library. */
export const ort: typeof Ort = createRequire(import.meta.url)("onnxruntime-node")

export async function openSession(path: string, threads: number): Promise<Ort.InferenceSession> {
  try {
    return await ort.InferenceSession.create(path, {
      executionProviders: ["cpu"],
      intraOpNumThreads: threads,
      interOpNumThreads: 1,
      logSeverityLevel: 3,
      // A thread that spins while it waits takes the core from the other engines.
      extra: { session: { intra_op: { allow_spinning: "0" } } },
    })
  } catch {
    throw new ModelError("model_unreadable", `${path} could not be loaded.`)
  }
}

/** An output as floats; the models here give nothing else. */
export function floatsOf(tensor: Ort.Tensor | undefined): Float32Array {
  const values = tensor?.data
  if (!(values instanceof Float32Array)) throw new Error("The model gave no float output.")
  return values
}
