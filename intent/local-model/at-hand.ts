/**
 * The language models of this house while the module runs: a small one for the live turn and, where
 * the machine has room for it, a large one for what the small one is unsure of.
 */
import { type Static, Type as t } from "typebox"
import type { Clock } from "#core/clock.ts"
import { Outage } from "#core/fault.ts"
import type { Log } from "#core/log.ts"
import type { Step } from "../cascade.ts"
import { readCorpus } from "../classifier/corpus.ts"
import { type Extra, isTrusted } from "../thresholds.ts"
import { type Details, detailsOf, detailsTask } from "./details.ts"
import { LanguageProcess, type LanguageTask } from "./process.ts"
import { questionOf, wishesTask } from "./question.ts"
import { type Asked, largeModel, localModel } from "./step.ts"
import { gistOf, questionFor, summaryTask } from "./summary.ts"

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

/** A caller waits for it, after the wishes were found. */
const DETAILS_MS_MAX = 1_500
/** Nobody waits for it: it stands beside the words in a work item. */
const SUMMARY_MS_MAX = 20_000

const extras = { details: detailsTask, summary: summaryTask } as const

interface Model {
  readonly id: string
  readonly process: LanguageProcess
}

export class LocalModels {
  readonly steps: readonly Step[]
  readonly #models: readonly Model[]

  private constructor(steps: readonly Step[], models: readonly Model[]) {
    this.steps = steps
    this.#models = models
  }

  /** They load while calls are taken: until one is ready, hard turns are answered without it. */
  static open({ config, clock, log }: Start): LocalModels | undefined {
    const { languageEntry: entry, languageModel } = config
    if (!entry || !languageModel) return undefined
    const { model, sequences, large } = languageModel
    const corpus = readCorpus()
    const start = (id: string, room: number): Model => {
      const tasks = { wishes: wishesTask(corpus, room), ...earnedBy(id) }
      const process = new LanguageProcess({ entry, model: id, tasks, clock, log })
      void process.whenReady().then(() => log.info("a language model is ready", { model: id }))
      return { id, process }
    }
    const live = start(model, sequences)
    const steps = [localModel(askedOf(live))]
    if (large === undefined) return new LocalModels(steps, [live])
    const second = start(large, LARGE_SEQUENCES)
    return new LocalModels([...steps, largeModel(askedOf(second))], [live, second])
  }

  /** What was told of a medicine; undefined where no model has earned being asked. */
  async details(said: string): Promise<Details | undefined> {
    const [live] = this.#models
    if (!live || !isTrusted(live.id, "details")) return undefined
    const answer = await answered(live.process.ask("details", questionOf(said), DETAILS_MS_MAX))
    return answer === undefined ? undefined : detailsOf(answer, said)
  }

  /** What was said in one line; undefined where no model has earned being asked. */
  async summary(said: string): Promise<string | undefined> {
    const model = this.#models.findLast(({ id }) => isTrusted(id, "summary"))
    const asked = model?.process.ask("summary", questionFor(said), SUMMARY_MS_MAX)
    const answer = asked && (await answered(asked))
    return answer === undefined ? undefined : gistOf(answer, said)
  }

  standing() {
    return Promise.all(
      this.#models.map(async ({ id: model, process }) => {
        return { model, ...(await process.standing()) }
      }),
    )
  }

  close(): void {
    for (const { process } of this.#models) process.close()
  }
}

function earnedBy(id: string): Readonly<Record<string, LanguageTask>> {
  const names: readonly Extra[] = ["details", "summary"]
  return Object.fromEntries(
    names.filter((name) => isTrusted(id, name)).map((name) => [name, extras[name]]),
  )
}

/** Undefined when it is down or late: there are rules for that. */
async function answered(asked: Promise<string>): Promise<string | undefined> {
  try {
    return await asked
  } catch (trouble) {
    if (trouble instanceof Outage) return undefined
    throw trouble
  }
}

function askedOf({ id: model, process }: Model): Asked {
  return { model, ask: (question, deadlineMs) => process.ask("wishes", question, deadlineMs) }
}
