/**
 * What makes a vendor's adapter a module: it keeps the contract `pms` with exactly the operations
 * the vendor offers. What the vendor lacks is absent, never something that throws or answers empty.
 */
import { type Static, type TSchema, Type as t } from "typebox"
import type { Clock } from "#core/clock.ts"
import type { EventOf, FaultCode, Input, Name, Output } from "#core/contract.ts"
import { defineCollection } from "#core/documents.ts"
import { assert, Defect, Outage } from "#core/fault.ts"
import { type Context, defineModule, type Handler, type Module, nothing } from "#core/module.ts"
import { pms } from "#core/pms.ts"
import type { SecretsPort } from "#core/ports.ts"
import { type KeptStore, keptCollection } from "./kept.ts"

export type Pms = typeof pms
export type Command = Name<Pms["commands"]>
export type OptionalCommand = {
  [C in Command]: Pms["commands"][C] extends { readonly optional: true } ? C : never
}[Command]

/** What an adapter is given to reach the world with. */
export interface AdapterHost {
  readonly fetch: typeof fetch
  readonly secrets: SecretsPort
  readonly clock: Clock
  /** For what the vendor tells by itself. Usable until the adapter is stopped. */
  readonly store: KeptStore
  /** Aborted when the adapter is stopped. */
  readonly signal: AbortSignal
}

/** What one operation may use beside its session and its input. */
export interface Act<C extends Command> {
  readonly signal: AbortSignal
  readonly clock: Clock
  fail(code: FaultCode<Pms, C>): never
}

export type Operation<X, C extends Command> = (
  session: X,
  input: Input<Pms, C>,
  act: Act<C>,
) => Promise<Output<Pms, C>>

export type Operations<X> = {
  readonly [C in Exclude<Command, OptionalCommand>]: Operation<X, C>
} & { readonly [C in OptionalCommand]?: Operation<X, C> }

/** Fills that changed, and where to read on. Without `since`, only where the list ends now. */
export type ReadChanges<X> = (
  session: X,
  since: string | undefined,
  act: { readonly signal: AbortSignal },
) => Promise<{ readonly next: string; readonly changes: readonly EventOf<Pms, "fillChanged">[] }>

/** A promise of quality is kept, or there is a reason why it cannot apply. */
export type Grade = "done" | { readonly exempt: string }
export type Quality = Readonly<
  Record<"conformance" | "fixtures" | "idempotency" | "timeouts" | "reconnects", Grade>
>

export type Lacks = Readonly<Partial<Record<OptionalCommand, string>>>
export type Partly = Readonly<Partial<Record<Command, string>>>

export interface AdapterSpec<X, C extends TSchema> {
  readonly vendor: string
  readonly quality: Quality
  /** What the site sets under `pms.settings`. Secrets are references, never values. */
  readonly config: C
  /** Reads secrets and prepares. Succeeds while the pharmacy system is off. */
  open(config: Static<C>, host: AdapterHost): Promise<X>
  /** Lets go of what `open` took: listeners, connections. */
  close?(session: X): Promise<void>
  readonly operations: Operations<X>
  /** Why an operation is absent, for the reference; one without a reason is shown in no source. */
  readonly lacks?: Lacks
  /** How far an operation reaches that answers less than its words promise. */
  readonly partly?: Partly
  readonly readChanges?: ReadChanges<X>
  /** The vendor tells us by itself, and forgets what we acknowledged: one listener only. */
  readonly isFed?: boolean
}

const collections = {
  /** How far the vendor's list of changes was read, so that a restart misses none. */
  cursors: defineCollection({ schema: t.Object({ since: t.String() }) }),
  kept: keptCollection,
}
const CURSOR = "changes"
const CHANGE_PAGES_MAX = 10
const EVERY_TEN_SECONDS = "*/10 * * * * *"

export type AdapterNeeds<C extends TSchema> = Omit<typeof nothing, "ports" | "collections"> & {
  readonly ports: readonly ["secrets"]
  readonly collections: typeof collections
  readonly config: C
}

export interface PmsAdapter<C extends TSchema> extends Module<Pms, AdapterNeeds<C>> {
  readonly vendor: string
  readonly quality: Quality
  readonly lacks: Lacks
  readonly partly: Partly
  readonly isFed: boolean
}

/** Makes the module that the host loads under the name `pms`. */
export function definePmsAdapter<X, const C extends TSchema>(
  spec: AdapterSpec<X, C>,
): PmsAdapter<C> {
  const { vendor, quality, config, operations, readChanges } = spec
  const { lacks = {}, partly = {}, isFed = false } = spec
  const life = new Life(spec)
  const needs: AdapterNeeds<C> = { ...nothing, ports: ["secrets"], collections, config }
  const module = defineModule<Pms, AdapterNeeds<C>>(pms, needs, {
    commands: handlersOf<X, C>(operations, () => life.session),
    start: (context) => life.start(context),
    check: (context) => checkReadable(operations.ping, life.session, context),
    stop: () => life.stop(),
    ...(readChanges && {
      schedules: {
        readChanges: {
          cron: EVERY_TEN_SECONDS,
          run: (context) => forwardChanges(readChanges, life.session, context),
        },
      },
    }),
  })
  return Object.freeze({ ...module, vendor, quality, lacks, partly, isFed })
}

/** The session with the pharmacy system, from start to stop. One a process, as modules run. */
class Life<X, C extends TSchema> {
  readonly #open: AdapterSpec<X, C>["open"]
  readonly #close: AdapterSpec<X, C>["close"]
  #session: { readonly of: X } | undefined
  #ends = new AbortController()

  constructor({ open, close }: AdapterSpec<X, C>) {
    this.#open = open
    this.#close = close
  }

  get session(): X {
    assert(this.#session)
    return this.#session.of
  }

  async start({ config, ports, clock, store }: Context<Pms, AdapterNeeds<C>>): Promise<void> {
    this.#ends = new AbortController()
    const { signal } = this.#ends
    this.#session = {
      of: await this.#open(config, { fetch, secrets: ports.secrets, clock, store, signal }),
    }
  }

  async stop(): Promise<void> {
    this.#ends.abort()
    const session = this.#session
    this.#session = undefined
    if (session) await this.#close?.(session.of)
  }
}

function handlersOf<X, C extends TSchema>(operations: Operations<X>, session: () => X) {
  const bind =
    <N extends Command>(operation: Operation<X, N>): Handler<Pms, AdapterNeeds<C>, N> =>
    (input, context) =>
      operation(session(), input, context)
  const { findPatientsByPhone, submitRefill, requestRenewal, requestTransfer, durAlerts } =
    operations
  const { claimRejects, readStock } = operations
  return {
    findPatients: bind<"findPatients">(operations.findPatients),
    getPatient: bind<"getPatient">(operations.getPatient),
    getPrescription: bind<"getPrescription">(operations.getPrescription),
    listPrescriptions: bind<"listPrescriptions">(operations.listPrescriptions),
    refillEligibility: bind<"refillEligibility">(operations.refillEligibility),
    ping: bind<"ping">(operations.ping),
    ...(findPatientsByPhone && {
      findPatientsByPhone: bind<"findPatientsByPhone">(findPatientsByPhone),
    }),
    ...(submitRefill && { submitRefill: bind<"submitRefill">(submitRefill) }),
    ...(requestRenewal && { requestRenewal: bind<"requestRenewal">(requestRenewal) }),
    ...(requestTransfer && { requestTransfer: bind<"requestTransfer">(requestTransfer) }),
    ...(durAlerts && { durAlerts: bind<"durAlerts">(durAlerts) }),
    ...(claimRejects && { claimRejects: bind<"claimRejects">(claimRejects) }),
    ...(readStock && { readStock: bind<"readStock">(readStock) }),
  }
}

/**
 * A version that the pharmacy system refuses, or that can't read it, must not be swapped in. A
 * system that is merely off says nothing about the version.
 */
async function checkReadable<X, C extends TSchema>(
  ping: Operation<X, "ping">,
  session: X,
  { clock, signal }: Context<Pms, AdapterNeeds<C>>,
): Promise<void> {
  try {
    await ping(session, {}, { clock, signal, fail: undeclared })
  } catch (trouble) {
    const isOff = trouble instanceof Outage && trouble.retryable
    if (!isOff) throw trouble
  }
}

function undeclared(): never {
  throw new Defect("undeclared_fault")
}

/** Tells the house before it notes how far it read: a change may come twice, never not at all. */
async function forwardChanges<X, C extends TSchema>(
  readChanges: ReadChanges<X>,
  session: X,
  { store, signal, emit }: Context<Pms, AdapterNeeds<C>>,
): Promise<void> {
  let since = (await store.cursors.get(CURSOR))?.doc.since
  for (let page = 0; page < CHANGE_PAGES_MAX; page++) {
    const { next, changes } = await readChanges(session, since, { signal })
    for (const change of changes) emit("fillChanged", change)
    if (next !== since) await store.cursors.put(CURSOR, { since: next })
    since = next
    if (changes.length === 0) return
  }
}
