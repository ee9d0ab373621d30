/**
 * The language models of this house while the module runs: a small one for the live turn and, where
 * the machine has room for it, a large one for what the small one is unsure of.
 */
import { type Static, Type as t } from "typebox"
import type { Clock } from "#core/clock.ts"
import type { Log } from "#core/log.ts"
import type { Step } from "../cascade.ts"
import { readCorpus } from "../classifier/corpus.ts"
import { LanguageProcess, type LanguageTask } from "./process.ts"
import { wishesTask } from "./question.ts"
import { type Asked, largeModel, localModel } from "./step.ts"

/** Ids of models/manifest.json, fetched with `mortar models pull`. */
const ModelId = t.String({ minLength: 1 })

export const LanguageModelSettings = t.Object({
  /** For the live turn. */
  model: ModelId,
  /** Hard turns at one time. */
  sequences: t.Integer({ minimum: 1, maximum: 16, default: 4 }),
  /** Asked under "let me check that" when the other one is unsure. */
  large: t.Optional(ModelId),
})

interface Start {
  readonly config: {
    readonly languageModel?: Static<typeof LanguageModelSettings>
    readonly languageEntry?: string
  }
  readonly clock: Clock
  readonly log: Log
}

/** One turn at a time: its memory is read from end to end for each token. */
const LARGE_SEQUENCES = 1

export class LocalModels {
  readonly steps: readonly Step[]
  readonly #processes: readonly LanguageProcess[]

  private constructor(steps: readonly Step[], processes: readonly LanguageProcess[]) {
    this.steps = steps
    this.#processes = processes
  }

  /** They load while calls are taken: until one is ready, hard turns are answered without it. */
  static open({ config, clock, log }: Start): LocalModels | undefined {
    const { languageEntry: entry, languageModel } = config
    if (!entry || !languageModel) return undefined
    const { model, sequences, large } = languageModel
    const start = (id: string, tasks: Readonly<Record<string, LanguageTask>>) => {
      const process = new LanguageProcess({ entry, model: id, tasks, clock, log })
      void process.whenReady().then(() => log.info("a language model is ready", { model: id }))
      return process
    }
    const corpus = readCorpus()
    const live = start(model, { wishes: wishesTask(corpus, sequences) })
    const steps = [localModel(askedOf(model, live))]
    if (large === undefined) return new LocalModels(steps, [live])
    const second = start(large, { wishes: wishesTask(corpus, LARGE_SEQUENCES) })
    return new LocalModels([...steps, largeModel(askedOf(large, second))], [live, second])
  }

  close(): void {
    for (const process of this.#processes) process.close()
  }
}

function askedOf(model: string, process: LanguageProcess): Asked {
  return { model, ask: (question, deadlineMs) => process.ask("wishes", question, deadlineMs) }
}
