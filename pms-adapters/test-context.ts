/**
 * Runs an adapter as the host would, without the host: inputs and outputs are checked against the
 * contract, faults come back as data. For tests and `mortar pms test`; what it keeps is not kept.
 */
import type { Static, TSchema } from "typebox"
import { Value } from "typebox/value"
import type { Clock } from "#core/clock.ts"
import type { EventOf, FaultCode, Input, Output } from "#core/contract.ts"
import { Conflict, type Documents, type Query, type Stored, type Write } from "#core/documents.ts"
import { assert, Defect, type Fault } from "#core/fault.ts"
import { newId } from "#core/id.ts"
import type { Log } from "#core/log.ts"
import type { Answer, Context, Handler } from "#core/module.ts"
import { pms } from "#core/pms.ts"
import type { SecretsPort } from "#core/ports.ts"
import { fits } from "#core/schema.ts"
import type { AdapterNeeds, Command, Pms, PmsAdapter } from "./define.ts"

export interface Setting {
  /** What a site would write under `pms.settings`. Defaults are filled in. */
  readonly settings: unknown
  /** Reference to value, in place of the host's secrets, or the host's own. */
  readonly secrets: Readonly<Record<string, string>> | SecretsPort
  readonly clock: Clock
  /** The run before, whose store this one goes on with. */
  readonly restarts?: Pick<Running, "store">
}

export interface Asking {
  readonly signal?: AbortSignal
}

/** An adapter that was started, and is asked through its contract. */
export interface Running {
  ask<C extends Command>(
    command: C,
    input: Input<Pms, C>,
    asking?: Asking,
  ): Promise<Answer<Output<Pms, C>, FaultCode<Pms, C>>>
  offers(command: Command): boolean
  /** Rejects when this version is not fit to serve. */
  check(): Promise<void>
  /** Runs the schedule that reads changes, once. */
  readChanges(): Promise<void>
  readonly store: AdapterStore
  readonly emitted: readonly EventOf<Pms, "fillChanged">[]
  stop(): Promise<void>
}

type AdapterStore = Context<Pms, AdapterNeeds<TSchema>>["store"]

type Handlers<C extends TSchema> = { readonly [N in Command]?: Handler<Pms, AdapterNeeds<C>, N> }

/** Thrown by `fail`, to end a handler; caught where the handler was called. */
class Failed extends Error {
  readonly code: string
  constructor(code: string) {
    super("failed")
    this.code = code
  }
}

/** Starts the adapter. The pharmacy system may be off. */
export async function runAdapter<C extends TSchema>(
  adapter: PmsAdapter<C>,
  setting: Setting,
): Promise<Running> {
  const { parts, needs } = adapter
  const emitted: EventOf<Pms, "fillChanged">[] = []
  const context = contextFor(needs, setting, emitted)
  const handlers: Handlers<C> = parts.commands
  await parts.start?.(context)
  return {
    emitted,
    store: context.store,
    offers: (command) => Object.hasOwn(handlers, command),
    check: async () => parts.check?.(context),
    readChanges: async () => parts.schedules?.readChanges?.run(context),
    stop: async () => parts.stop?.(context),
    async ask(command, input, { signal = context.signal } = {}) {
      const handler = handlers[command]
      const { input: accepts, output: promises } = pms.commands[command]
      if (!handler) throw new Defect("undeclared_call")
      assert(fits(accepts, input), "invalid_input")
      try {
        const value = await handler(input, { ...context, signal, fail })
        assert(fits(promises, value), "invalid_output")
        return { ok: true, value }
      } catch (trouble) {
        if (!(trouble instanceof Failed)) throw trouble
        return { ok: false, fault: faultOf(command, trouble.code) }
      }
    },
  }
}

function fail(code: string): never {
  throw new Failed(code)
}

function isFaultOf<C extends Command>(command: C, code: string): code is FaultCode<Pms, C> {
  return Object.hasOwn(pms.commands[command].faults, code)
}

function faultOf<C extends Command>(command: C, code: string): Fault<FaultCode<Pms, C>> {
  assert(isFaultOf(command, code), "undeclared_fault")
  const faults: Readonly<Record<string, string>> = pms.commands[command].faults
  return { kind: "fault", module: pms.name, code, says: faults[code] ?? "" }
}

function contextFor<C extends TSchema>(
  needs: AdapterNeeds<C>,
  { settings, secrets, clock, restarts }: Setting,
  emitted: EventOf<Pms, "fillChanged">[],
): Context<Pms, AdapterNeeds<C>> {
  const config: Static<C> = Value.Parse(needs.config, Value.Default(needs.config, settings))
  return {
    config,
    clock,
    log: silent,
    ports: { secrets: { read: async (reference) => secretOf(secrets, reference) } },
    store: restarts?.store ?? storeFor(needs),
    actor: { kind: "system", module: pms.name },
    key: newId(clock.nowMs()),
    signal: new AbortController().signal,
    newId: () => newId(clock.nowMs()),
    call: unused,
    offers: unused,
    as: unused,
    emit(_, data) {
      assert(fits(pms.events.fillChanged, data), "invalid_event")
      emitted.push(data)
    },
  }
}

async function secretOf(secrets: Setting["secrets"], reference: string): Promise<string> {
  if (isPort(secrets)) return secrets.read(reference)
  const secret = secrets[reference]
  assert(secret !== undefined, "undeclared_port")
  return secret
}

function isPort(secrets: Setting["secrets"]): secrets is SecretsPort {
  return typeof secrets.read === "function"
}

function unused(): never {
  throw new Defect("undeclared_call")
}

const silent: Log = {
  debug: () => undefined,
  info: () => undefined,
  warn: () => undefined,
  error: () => undefined,
  child: () => silent,
}

function storeFor<C extends TSchema>({ collections }: AdapterNeeds<C>) {
  const kept = memory(collections.kept.schema)
  return {
    cursors: memory(collections.cursors.schema),
    kept,
    async batch(writes: readonly Write[]) {
      for (const write of writes) {
        if ("remove" in write) await kept.remove(write.id)
        else
          await kept.put(write.id, Value.Parse(collections.kept.schema, write.doc), write.version)
      }
    },
  }
}

/** What an adapter needs of a collection. */
function memory<S extends TSchema>(schema: S): Documents<Static<S>> {
  const kept = new Map<string, Stored<Static<S>>>()
  return {
    get: async (id) => kept.get(id),
    async put(id, doc, expected) {
      assert(fits(schema, doc), "invalid_document")
      const before = kept.get(id)?.version ?? 0
      if (expected !== undefined && expected !== before) throw new Conflict()
      kept.set(id, { id, version: before + 1, doc })
      return before + 1
    },
    find: async (query) => found([...kept.values()], query),
    async remove(id) {
      kept.delete(id)
    },
    count: unused,
    change: unused,
  }
}

function found<T>(all: readonly Stored<T>[], query: Query): readonly Stored<T>[] {
  const { where = {}, from = {}, before = {}, orderBy, descending = false, limit = 100 } = query
  const field = (doc: T, name: string): unknown => Object.getOwnPropertyDescriptor(doc, name)?.value
  const number = ({ doc }: Stored<T>, name: string): number => Number(field(doc, name))
  const matching = all.filter(
    (one) =>
      Object.entries(where).every(([name, value]) => field(one.doc, name) === value) &&
      Object.entries(from).every(([name, value]) => number(one, name) >= Number(value)) &&
      Object.entries(before).every(([name, value]) => number(one, name) < Number(value)),
  )
  const direction = descending ? -1 : 1
  if (orderBy) matching.sort((a, b) => direction * (number(a, orderBy) - number(b, orderBy)))
  return matching.slice(0, limit)
}
