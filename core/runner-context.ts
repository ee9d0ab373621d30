/**
 * What a handler can reach, made of messages to the host. Nothing else leads out of the process.
 */
import type { Actor } from "./actor.ts"
import { type Clock, rehearsalClock, systemClock } from "./clock.ts"
import { Conflict, type Documents, type Query, type Stored, type Write } from "./documents.ts"
import { Defect, isOutageCode, Outage } from "./fault.ts"
import { newId } from "./id.ts"
import type { Log, LogValue } from "./log.ts"
import type { CallOptions, Claim, Module, ProposeOptions, Reply } from "./module.ts"
import type { Ports } from "./ports.ts"
import type { Answered, Ask, ToHost, ToRunning } from "./wire.ts"

const CHANGE_TRIES_MAX = 5

/** Ends a handler with a reply that is not an answer: a fault, a refusal, a wait for a person. */
export class Ended extends Error {
  readonly reply: Reply
  constructor(reply: Reply) {
    super("ended")
    this.reply = reply
  }
}

type Granted = Extract<ToRunning, { type: "start" }>

/** The channel to the host: sends, and matches answers to what was asked. */
export class Link {
  readonly send: (message: ToHost) => void
  config: unknown = {}
  folder = ""
  clock: Clock = systemClock
  #nextId = 1
  readonly #waiting = new Map<number, (answer: Answered) => void>()

  constructor(send: (message: ToHost) => void) {
    this.send = send
  }

  granted({ config, folder, rehearsal }: Granted): void {
    this.config = config
    this.folder = folder
    this.clock = rehearsalClock(rehearsal)
  }

  log(level: "debug" | "info" | "warn" | "error", message: string, fields = {}): void {
    this.send({ type: "log", level, message, fields })
  }

  answered(id: number, answer: Answered): void {
    this.#waiting.get(id)?.(answer)
    this.#waiting.delete(id)
  }

  async ask(ask: Ask, parent: number | undefined): Promise<unknown> {
    const id = this.#nextId++
    const answer = await new Promise<Answered>((resolve) => {
      this.#waiting.set(id, resolve)
      this.send({ type: "ask", id, ask, ...(parent === undefined ? {} : { parent }) })
    })
    if (answer.ok) return answer.value
    if (answer.trouble === "conflict") throw new Conflict()
    if (answer.trouble === "defect") throw new Defect(answer.defect)
    const code = isOutageCode(answer.code) ? answer.code : "module_down"
    throw new Outage(code, { retryable: answer.retryable })
  }
}

interface Occasion {
  readonly id?: number
  readonly command?: string
  readonly actor?: Actor
  readonly key?: string
  readonly signal?: AbortSignal
}

/**
 * The context of one request, or of an occasion that is no request: a start, an event, a schedule.
 */
export function contextFor(link: Link, module: Module, occasion: Occasion) {
  const { contract, needs } = module
  const ask = (what: Ask) => link.ask(what, occasion.id)
  return {
    config: link.config as never,
    ports: portsOf(link, module, ask) as never,
    store: storeOf(module, ask) as never,
    log: logOf(link, {}),
    clock: link.clock,
    actor: occasion.actor ?? ({ kind: "system", module: contract.name } satisfies Actor),
    key: occasion.key ?? newId(link.clock.nowMs()),
    signal: occasion.signal ?? new AbortController().signal,
    newId: () => newId(link.clock.nowMs()),
    fail(code: string): never {
      const says = contract.commands[occasion.command ?? ""]?.faults[code]
      if (says === undefined) throw new Defect("undeclared_fault")
      throw new Ended({ kind: "fault", module: contract.name, code, says })
    },
    async call(used: { name: string }, command: string, input: unknown, options: CallOptions = {}) {
      if (!needs.uses.some(({ name }) => name === used.name)) throw new Defect("undeclared_call")
      const reply = (await ask({
        kind: "call",
        module: used.name,
        command,
        input,
        options,
      })) as Reply
      if (reply.kind === "done") return { ok: true, value: reply.value }
      if (reply.kind === "fault") return { ok: false, fault: reply }
      if (reply.kind === "outage") throw new Outage(reply.code, { retryable: reply.retryable })
      throw new Ended(reply)
    },
    offers: (used: { name: string }, command: string) =>
      ask({ kind: "offers", module: used.name, command }) as Promise<boolean>,
    emit(event: string, data: unknown): void {
      if (!Object.hasOwn(contract.events, event)) throw new Defect("undeclared_event")
      link.send({ type: "emit", event, data })
    },
    as: (claim: Claim) => ({
      propose: (name: string, input: unknown, options: ProposeOptions = {}) =>
        ask({ kind: "propose", claim, name, input, options }) as Promise<Reply>,
      actor: () => ask({ kind: "actor", claim }) as Promise<Actor | undefined>,
    }),
  } as never
}

function logOf(link: Link, always: Readonly<Record<string, LogValue>>): Log {
  const at =
    (level: "debug" | "info" | "warn" | "error") =>
    (message: string, fields: Readonly<Record<string, LogValue>> = {}) =>
      link.log(level, message, { ...always, ...fields })
  return {
    debug: at("debug"),
    info: at("info"),
    warn: at("warn"),
    error: at("error"),
    child: (fields) => logOf(link, { ...always, ...fields }),
  }
}

/** Every method of a port is a question to the host, which asks again whether it was granted. */
function portsOf(link: Link, { needs }: Module, ask: (what: Ask) => Promise<unknown>) {
  const ports: Record<string, unknown> = {}
  for (const port of needs.ports) ports[port] = portOf(link, port, ask)
  return ports
}

function portOf(link: Link, port: keyof Ports, ask: (what: Ask) => Promise<unknown>) {
  return new Proxy(
    {},
    {
      get: (_, method) =>
        method === "folder"
          ? link.folder
          : (...args: unknown[]) => ask({ kind: "port", port, method: String(method), args }),
    },
  )
}

function storeOf({ needs }: Module, ask: (what: Ask) => Promise<unknown>) {
  const batch = (writes: readonly Write[]) => ask({ kind: "write", writes })
  const collections = Object.keys(needs.collections).map(
    (name) => [name, documentsOf(name, ask)] as const,
  )
  return { ...Object.fromEntries(collections), batch }
}

function documentsOf(collection: string, ask: (what: Ask) => Promise<unknown>): Documents<unknown> {
  const write = (one: Write) => ask({ kind: "write", writes: [one] }) as Promise<number[]>
  const expected = (version: number | undefined) => (version === undefined ? {} : { version })
  const get = (id: string) =>
    ask({ kind: "get", collection, id }) as Promise<Stored<unknown> | undefined>
  return {
    get,
    find: (query: Query) =>
      ask({ kind: "find", collection, query }) as Promise<readonly Stored<unknown>[]>,
    count: (query) => ask({ kind: "count", collection, query }) as Promise<number>,
    put: async (id, doc, version) =>
      (await write({ put: collection, id, doc, ...expected(version) }))[0] ?? 0,
    async remove(id, version) {
      await write({ remove: collection, id, ...expected(version) })
    },
    async change(id, edit) {
      for (let tries = 1; ; tries++) {
        const found = await get(id)
        if (!found) return undefined
        const doc = edit(found.doc)
        try {
          const [version] = await write({ put: collection, id, doc, version: found.version })
          return { id, doc, version: version ?? found.version + 1 }
        } catch (trouble) {
          if (!(trouble instanceof Conflict) || tries === CHANGE_TRIES_MAX) throw trouble
        }
      }
    },
  }
}
