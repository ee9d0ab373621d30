/**
 * Runs one module in a process of its own. It reaches the world only through the host's channel;
 * a mistake of the module ends the process, and the host starts another.
 */
import type { Socket } from "node:net"
import { pathToFileURL } from "node:url"
import type { TSchema } from "typebox"
import { Facts } from "./decision.ts"
import { assert, Defect, Outage } from "./fault.ts"
import { isPlainModule, manifestOf } from "./manifest.ts"
import type { Module, Reply } from "./module.ts"
import { contextFor, Ended, Link } from "./runner-context.ts"
import { fits } from "./schema.ts"
import type { ToHost, ToModule, ToRunning } from "./wire.ts"

type Loose = (input: unknown, context: unknown) => Promise<unknown>
type Request = Extract<ToModule, { type: "request" }>

const link = new Link((message: ToHost) => process.send?.(message))
const running = new Map<number, AbortController>()
let module: Module | undefined

/** Says what went wrong by name and place, never by message: a message may hold a patient. */
function crash(trouble: unknown): never {
  const name = trouble instanceof Error ? trouble.name : "unknown"
  const known = trouble instanceof Defect ? trouble.message : name
  const stack = trouble instanceof Error ? (trouble.stack ?? "") : ""
  const at = stack
    .split("\n")
    .filter((line) => /^\s+at .*\.ts:\d+:\d+\)?$/.test(line))
    .slice(0, 8)
    .map((line) => line.trim())
  process.send?.({ type: "defect", name: known, at } satisfies ToHost, () => process.exit(70))
  throw trouble
}

async function load(path: string): Promise<void> {
  try {
    const loaded: { default?: unknown } = await import(pathToFileURL(path).href)
    if (!isPlainModule(loaded.default))
      throw new Error(`${path} has no module as its default export`)
    module = loaded.default
    link.send({ type: "loaded", manifest: manifestOf(module) })
  } catch (trouble) {
    link.send({ type: "failed", why: trouble instanceof Error ? String(trouble.stack) : "unknown" })
  }
}

async function start(loaded: Module): Promise<void> {
  const context = contextFor(link, loaded, {})
  try {
    await loaded.parts.start?.(context)
    await loaded.parts.check?.(context)
    link.send({ type: "ready" })
  } catch (trouble) {
    const why = trouble instanceof Outage ? trouble.code : crash(trouble)
    link.send({ type: "failed", why })
  }
}

function handlerOf(loaded: Module, { command, phase }: Request): Loose | undefined {
  const handlers: Readonly<Record<string, unknown>> =
    phase === "run" ? loaded.parts.commands : (loaded.parts.facts ?? {})
  const handler = handlers[command]
  return typeof handler === "function" ? (handler as Loose) : undefined
}

async function run(loaded: Module, request: Request): Promise<void> {
  const handler = handlerOf(loaded, request)
  if (!handler) return reply(request.id, outage("not_offered", false))
  const stop = new AbortController()
  running.set(request.id, stop)
  try {
    const context = contextFor(link, loaded, { ...request, signal: stop.signal })
    const value = await handler(request.input, context)
    const schema = request.phase === "run" ? outputOf(loaded, request.command) : Facts
    if (!fits(schema, value)) throw new Defect("invalid_output")
    reply(request.id, { kind: "done", value })
  } catch (trouble) {
    reply(request.id, replyTo(trouble))
  } finally {
    running.delete(request.id)
  }
}

function outputOf({ contract }: Module, command: string): TSchema {
  const spec = contract.commands[command]
  assert(spec)
  return spec.output
}

function replyTo(trouble: unknown): Reply {
  if (trouble instanceof Ended) return trouble.reply
  if (trouble instanceof Outage) return outage(trouble.code, trouble.retryable)
  return crash(trouble)
}

function outage(code: Outage["code"], retryable: boolean): Reply {
  const trouble = new Outage(code, { retryable })
  return { kind: "outage", code, retryable, hint: trouble.hint }
}

function reply(id: number, answer: Reply): void {
  link.send({ type: "reply", id, reply: answer })
}

/** Events and schedules answer nobody: an outage is logged and the next occasion tries again. */
async function occasion(work: Promise<unknown> | undefined, what: string): Promise<void> {
  try {
    await work
  } catch (trouble) {
    if (trouble instanceof Outage)
      link.log("warn", "an occasion was lost to an outage", { what, code: trouble.code })
    else if (trouble instanceof Ended)
      link.log("warn", "an occasion ended early", { what, kind: trouble.reply.kind })
    else crash(trouble)
  }
}

async function drain(loaded: Module): Promise<void> {
  await loaded.parts.drain?.(contextFor(link, loaded, {}))
  link.send({ type: "drained" })
}

async function stop(loaded: Module): Promise<void> {
  await loaded.parts.stop?.(contextFor(link, loaded, {}))
  process.disconnect()
}

function receive(message: ToModule, socket: Socket | undefined): void {
  switch (message.type) {
    case "load":
      void load(message.path)
      break
    case "answer":
      link.answered(message.id, message.answer)
      break
    case "cancel":
      running.get(message.id)?.abort()
      break
    case "ping":
      link.send({ type: "pong", residentMiB: Math.round(process.memoryUsage().rss / 2 ** 20) })
      break
    default:
      if (module) receiveFor(module, message, socket)
  }
}

function receiveFor(loaded: Module, message: ToRunning, socket: Socket | undefined): void {
  const { parts } = loaded
  switch (message.type) {
    case "start":
      link.granted(message)
      void start(loaded)
      break
    case "request":
      void run(loaded, message)
      break
    case "event": {
      const handlers: Readonly<Record<string, unknown>> = parts.events ?? {}
      const handler = handlers[message.name] as Loose | undefined
      void occasion(handler?.(message.data, contextFor(link, loaded, {})), message.name)
      break
    }
    case "schedule":
      void occasion(
        parts.schedules?.[message.name]?.run(contextFor(link, loaded, {})),
        message.name,
      )
      break
    case "connection":
      link.send({ type: "took", id: message.id })
      if (socket)
        parts.connection?.(message.listener as never, socket, contextFor(link, loaded, {}))
      break
    case "drain":
      void drain(loaded).catch(crash)
      break
    case "stop":
      void stop(loaded).catch(crash)
      break
  }
}

process.on("message", (message, handle) =>
  receive(message as ToModule, handle as Socket | undefined),
)
process.on("uncaughtException", crash)
process.on("unhandledRejection", crash)
// The host is gone: nobody can be answered any more.
process.on("disconnect", () => process.exit(0))
// Ctrl-C in a terminal reaches the whole group; the host decides when a module stops.
process.on("SIGINT", () => undefined)
