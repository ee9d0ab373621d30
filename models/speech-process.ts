/**
 * One speech engine in a process of its own, because native inference blocks. Started with a role
 * and a number of threads; talks as protocol.ts says; ends when its parent does. It logs nothing.
 */
import { availableParallelism, setPriority } from "node:os"
import { setImmediate as nextTurn } from "node:timers/promises"
import { type Engine, openEngine, Refusal } from "./engines.ts"
import { ModelError } from "./model-error.ts"
import {
  type FailureCode,
  type Hello,
  idOf,
  isRequest,
  type Request,
  type Response,
  type Role,
  roles,
} from "./protocol.ts"

const QUEUE_MAX = 256
/** whisper.cpp's threads spin while they wait: on a small busy machine two are slower than one. */
const SPINNING_CORES_MIN = 4
const DEFAULT_THREADS: Readonly<Record<Role, number>> = {
  vad: 1,
  quick: 2,
  careful: availableParallelism() < SPINNING_CORES_MIN ? 1 : 2,
  voice: 2,
  spare_voice: 1,
}

const HEAVY_NICENESS = 5

const queue: Request[] = []
const cancelled = new Set<number>()
let inWork: number | undefined

const send = (message: Response | Hello): void => {
  process.send?.(message)
}

function refuse(id: number, code: FailureCode): void {
  send({ id, ok: false, code })
}

function receive(engine: Engine, message: unknown): void {
  if (!isRequest(message)) {
    const id = idOf(message)
    if (id !== undefined) refuse(id, "bad_request")
  } else if (message.op === "cancel") cancel(message.id, message.target)
  else if (queue.length >= QUEUE_MAX) refuse(message.id, "overloaded")
  else {
    queue.push(message)
    if (inWork === undefined) void work(engine)
  }
}

function cancel(id: number, target: number): void {
  const at = queue.findIndex((request) => request.id === target)
  if (at >= 0) {
    queue.splice(at, 1)
    refuse(target, "cancelled")
  } else if (inWork === target) cancelled.add(target)
  send({ id, ok: true })
}

async function work(engine: Engine): Promise<void> {
  for (let request = queue.shift(); request !== undefined; request = queue.shift()) {
    const { id } = request
    inWork = id
    try {
      const answer = await engine(request, {
        clause: (clause, pcm24k) => send({ id, clause, pcm24k }),
        isCancelled: async () => {
          await nextTurn()
          return cancelled.has(id)
        },
      })
      send({ id, ok: true, ...answer })
    } catch (trouble) {
      refuse(id, codeOf(trouble))
    }
    cancelled.delete(id)
    await nextTurn()
  }
  inWork = undefined
}

function codeOf(trouble: unknown): FailureCode {
  return trouble instanceof Refusal || trouble instanceof ModelError ? trouble.code : "failed"
}

async function start(): Promise<void> {
  const role = roles.find((name) => name === process.argv[2])
  if (role === undefined) throw new Refusal("bad_request")
  const threads = Number(process.argv[3] ?? DEFAULT_THREADS[role])
  // Whether the caller speaks is known before what they say, however busy the machine is.
  if (role === "careful" || role === "voice") setPriority(HEAVY_NICENESS)
  const startedAtMs = performance.now()
  const engine = await openEngine(role, threads)
  process.on("message", (message) => receive(engine, message))
  send({
    ready: true,
    loadMs: Math.round(performance.now() - startedAtMs),
    residentMiB: Math.round(process.memoryUsage().rss / 2 ** 20),
  })
}

process.on("disconnect", () => process.exit(0))
start().catch((trouble: unknown) => {
  const hello: Hello = { ready: false, code: codeOf(trouble) }
  process.send?.(hello, () => process.exit(1))
})
