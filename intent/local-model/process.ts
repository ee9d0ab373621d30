/** The language model's process as this module sees it: a question goes in, JSON comes out. */
import { type Static, Type as t } from "typebox"
import type { Clock } from "#core/clock.ts"
import { validatorOf } from "#core/json.ts"
import type { Log } from "#core/log.ts"
import { SideProcess, type Told } from "#core/side-process.ts"

const Ready = t.Object({ ready: t.Literal(true) })
const Done = t.Object({
  id: t.Integer(),
  ok: t.Boolean(),
  text: t.Optional(t.String()),
})
type Done = Static<typeof Done>

/** One kind of question: what all of them begin with, and the shape of their answers. */
export interface LanguageTask {
  readonly prefix: string
  readonly schema: object
  /** Questions at one time. */
  readonly sequences: number
  readonly answerTokens: number
}

export interface LanguageParts {
  readonly entry: string
  /** An id of the manifest of models. */
  readonly model: string
  readonly tasks: Readonly<Record<string, LanguageTask>>
  readonly clock: Clock
  readonly log: Log
}

export class LanguageProcess {
  readonly #process: SideProcess<never, string>

  constructor({ entry, model, tasks, clock, log }: LanguageParts) {
    const opening = { op: "open", model, tasks }
    const down = "language_down"
    this.#process = new SideProcess({ entry, role: "language", opening, read, down, clock, log })
  }

  standing() {
    return this.#process.standing()
  }

  whenReady(): Promise<void> {
    return this.#process.whenReady()
  }

  /** Rejects with an outage when it is down or too slow; a late answer is taken back. */
  ask(task: string, question: string, deadlineMs: number): Promise<string> {
    return this.#process.request({ op: "complete", task, question }, deadlineMs).done
  }

  close(): void {
    this.#process.close()
  }
}

function read(message: unknown): Told<never, string> | undefined {
  if (isReady(message)) return { kind: "ready" }
  if (!isDone(message)) return undefined
  const { id, ok, text } = message
  return { kind: "done", id, ...(ok && text !== undefined ? { done: text } : {}) }
}

function isReady(message: unknown): boolean {
  return validatorOf(Ready).Check(message)
}

function isDone(message: unknown): message is Done {
  return validatorOf(Done).Check(message)
}
