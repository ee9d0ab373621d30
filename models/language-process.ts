/**
 * A language model in a process of its own, because native inference blocks. It is told once what
 * to load, talks as language-protocol.ts says, and ends when its parent does. It logs nothing.
 */
import { availableParallelism } from "node:os"
import { Value } from "typebox/value"
import { modelPath } from "./cache.ts"
import { type Answer, type LanguageHello, Opening, Question } from "./language-protocol.ts"
import { ourManifest } from "./manifest.ts"
import { ModelError } from "./model-error.ts"
import { Llama } from "./runtimes/llama.ts"

/** Questions that wait beside those in work; one more is refused. */
const QUESTIONS_MAX = 64

const send = (message: Answer | LanguageHello): void => {
  process.send?.(message)
}

const underWay = new Map<number, AbortController>()

/** A draft that was not fetched is done without: answers are the same, they only come later. */
async function draftOf(model: string): Promise<string | undefined> {
  const draft = ourManifest().files[model]?.draft
  return draft === undefined ? undefined : modelPath(draft).catch(() => undefined)
}

async function complete(
  llama: Llama,
  { id, task, question }: Extract<Question, { op: "complete" }>,
): Promise<void> {
  if (underWay.size >= QUESTIONS_MAX) return send({ id, ok: false, code: "overloaded" })
  const stop = new AbortController()
  underWay.set(id, stop)
  try {
    send({ id, ok: true, ...(await llama.complete(task, question, stop.signal)) })
  } catch {
    send({ id, ok: false, code: stop.signal.aborted ? "cancelled" : "failed" })
  } finally {
    underWay.delete(id)
  }
}

function receive(llama: Llama, message: unknown): void {
  if (!Value.Check(Question, message)) return
  if (message.op === "complete") void complete(llama, message)
  else underWay.get(message.target)?.abort()
}

async function start(opening: unknown): Promise<void> {
  const startedAtMs = performance.now()
  const { model, tasks } = Value.Parse(Opening, opening)
  const file = await modelPath(model)
  const draftFile = await draftOf(model)
  const threads = Math.max(1, availableParallelism() - 1)
  const llama = await Llama.open({ file, ...(draftFile && { draftFile }), tasks, threads })
  process.on("message", (message) => receive(llama, message))
  send({
    ready: true,
    loadMs: Math.round(performance.now() - startedAtMs),
    residentMiB: Math.round(process.memoryUsage().rss / 2 ** 20),
    isDrafted: draftFile !== undefined,
  })
}

process.on("disconnect", () => process.exit(0))
process.once("message", (opening) => {
  start(opening).catch((trouble: unknown) => {
    const code = trouble instanceof ModelError ? trouble.code : "failed"
    process.send?.({ ready: false, code } satisfies LanguageHello, () => process.exit(1))
  })
})
