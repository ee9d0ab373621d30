/** Weights into memory through llama.cpp, and sequences on them, with a draft where one is. */
import {
  type Llama as Engine,
  getLlama,
  type LlamaContextSequence,
  LlamaLogLevel,
  type LlamaModel,
} from "node-llama-cpp"
import { Draft, speakAlike } from "./llama-draft.ts"

/** The engine without a build or a download: only what the package brought. */
export function openEngine(threads: number): Promise<Engine> {
  return getLlama({
    // Only Apple's processors have one that is always there.
    gpu: process.platform === "darwin" ? "auto" : false,
    build: "never",
    skipDownload: true,
    logLevel: LlamaLogLevel.disabled,
    maxThreads: threads,
  })
}

export interface Loaded {
  readonly model: LlamaModel
  readonly draft?: LlamaModel
}

export interface Files {
  readonly file: string
  readonly draftFile?: string
}

export async function loadModels(engine: Engine, { file, draftFile }: Files): Promise<Loaded> {
  const model = await engine.loadModel({ modelPath: file })
  if (draftFile === undefined) return { model }
  const draft = await engine.loadModel({ modelPath: draftFile })
  if (!speakAlike(model, draft)) throw new Error("The draft has another vocabulary.")
  return { model, draft }
}

export interface Room {
  readonly sequences: number
  readonly threads: number
  /** Tokens of each sequence. */
  readonly contextSize: number
}

/** Sequences that share the weights; each has a drafting one beside it where there is a draft. */
export async function openSequences(
  { model, draft }: Loaded,
  room: Room,
): Promise<LlamaContextSequence[]> {
  const context = await model.createContext(room)
  const drafting = draft && (await draft.createContext(room))
  return Array.from({ length: room.sequences }, () => {
    if (!drafting) return context.getSequence()
    const tokenPredictor = new Draft(drafting.getSequence())
    return context.getSequence({ tokenPredictor })
  })
}
