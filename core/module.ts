/**
 * A module: a definition only the host may run. It states everything it needs; the host grants
 * exactly that. What crosses its border is plain data, so it can live in a process of its own, be
 * swapped while calls are in flight, and be served by another node.
 */
import type { Socket } from "node:net"
import type { Static, TSchema } from "typebox"
import type { Actor } from "./actor.ts"
import type { Clock } from "./clock.ts"
import type { ContractSpec, EventOf, FaultCode, Input, Name, Output } from "./contract.ts"
import type { Facts } from "./decision.ts"
import type { CollectionSpec, StoreOf } from "./documents.ts"
import type { Fault, OutageCode } from "./fault.ts"
import type { Log } from "./log.ts"
import type { Ports } from "./ports.ts"

export type Answer<T, Code extends string> =
  | { readonly ok: true; readonly value: T }
  | { readonly ok: false; readonly fault: Fault<Code> }

/** All that can become of a proposed command, for those who must say something in each case. */
export type Reply<T = unknown> =
  | { readonly kind: "done"; readonly value: T }
  | Fault
  | {
      readonly kind: "outage"
      readonly code: OutageCode
      readonly retryable: boolean
      readonly hint: string
    }
  /** A person was asked; `item` is the work item. */
  | {
      readonly kind: "asked"
      readonly tier: 1 | 2 | 3
      readonly item: string
      readonly row: string
      readonly rules: readonly string[]
    }
  | { readonly kind: "refused"; readonly row: string; readonly rules: readonly string[] }

export interface CallOptions {
  /** Never longer than what is left of the caller's own deadline. */
  readonly deadlineMs?: number
  /** The same key never acts twice. Made from the request when left out. */
  readonly key?: string
}

export interface ProposeOptions extends CallOptions {
  /** How sure the understanding was, 0 to 1; and whether an emergency was heard. */
  readonly facts?: Pick<Facts, "confidence" | "emergency">
  /** What a person would need to decide: the words said, the audio, how the caller was verified. */
  readonly context?: Readonly<Record<string, unknown>>
  /** Answers what the gate would decide, and does nothing. */
  readonly isTrial?: true
}

/** Everything a handler can reach: what its module declared, and nothing by accident. */
export interface Context<K extends ContractSpec, S extends Needs> {
  readonly config: Static<S["config"]>
  readonly ports: Pick<Ports, S["ports"][number]>
  readonly store: StoreOf<S["collections"]>
  readonly log: Log
  readonly clock: Clock
  /** On whose behalf this runs. Inherited by every call made from here. */
  readonly actor: Actor
  /** Names this act, also when it is tried again. */
  readonly key: string
  readonly signal: AbortSignal
  newId(): string
  /** Faults come back as data; an outage, a refusal or a wait for a person ends the handler. */
  call<D extends S["uses"][number], C extends Name<D["commands"]>>(
    contract: D,
    command: C,
    input: Input<D, C>,
    options?: CallOptions,
  ): Promise<Answer<Output<D, C>, FaultCode<D, C>>>
  /** False when the command is optional and the running version leaves it out. */
  offers<D extends S["uses"][number]>(contract: D, command: Name<D["commands"]>): Promise<boolean>
  emit<E extends Name<K["events"]>>(event: E, data: EventOf<K, E>): void
  /** Puts a command before the gate as somebody else; only for what `acts` grants. */
  as(claim: Claim): Gate
}

/** Who a gateway speaks for. The host looks the actor up; a claim proves nothing by itself. */
export type Claim =
  | Outsider
  /** The module itself, for one thing that it does on its own: the audit log names which. */
  | { readonly schedule: string }

export type Outsider =
  | { readonly conversation: string }
  /** A bearer token as staff or a partner sent it. */
  | { readonly token: string }

export interface Gate {
  propose(name: string, input: unknown, options?: ProposeOptions): Promise<Reply>
  /** The actor behind the claim, or undefined when the host knows none. */
  actor(): Promise<Actor | undefined>
}

export interface Needs {
  /** Contracts it calls. They start before it does. */
  readonly uses: readonly ContractSpec[]
  /** Contracts whose events it hears. They may start later, or not be there at all. */
  readonly hears: readonly ContractSpec[]
  readonly ports: readonly (keyof Ports)[]
  readonly config: TSchema
  readonly collections: Readonly<Record<string, CollectionSpec>>
  /** For whom it may put commands before the gate. */
  readonly acts: readonly ("caller" | "staff" | "partner" | "system")[]
  /** Listeners whose connections the host hands to it. */
  readonly listens: readonly ("public" | "staff")[]
  /** MiB of JavaScript heap; the process is ended when it leaks to this limit. */
  readonly memoryMiB: number
  /** MiB beside the heap: the runtime, buffers, models. */
  readonly nativeMiB: number
}

/** What most modules need: nothing. Spread it and name what differs. */
export const nothing = Object.freeze({
  uses: [],
  hears: [],
  ports: [],
  collections: {},
  acts: [],
  listens: [],
  memoryMiB: 96,
  nativeMiB: 192,
} as const)

type UnionToIntersection<U> = (U extends unknown ? (u: U) => void : never) extends (
  i: infer I,
) => void
  ? I
  : never

type EventsOf<D> = D extends ContractSpec
  ? { [E in Name<D["events"]> as `${D["name"]}.${E}`]: EventOf<D, E> }
  : never

/** Event name, as `module.event`, to its data. */
export type Heard<S extends Needs> = UnionToIntersection<EventsOf<S["hears"][number]>>

export type Handler<K extends ContractSpec, S extends Needs, C extends Name<K["commands"]>> = (
  input: Input<K, C>,
  context: Context<K, S> & { fail(code: FaultCode<K, C>): never },
) => Promise<Output<K, C>>

type OptionalCommand<K extends ContractSpec> = {
  [C in Name<K["commands"]>]: K["commands"][C] extends { readonly optional: true } ? C : never
}[Name<K["commands"]>]

export interface Parts<K extends ContractSpec, S extends Needs> {
  readonly commands: {
    readonly [C in Exclude<Name<K["commands"]>, OptionalCommand<K>>]: Handler<K, S, C>
  } & { readonly [C in OptionalCommand<K>]?: Handler<K, S, C> }
  /** What the gate should know before it decides about a command. Reads only. */
  readonly facts?: {
    readonly [C in Name<K["commands"]>]?: (
      input: Input<K, C>,
      context: Context<K, S>,
    ) => Promise<Facts>
  }
  readonly events?: {
    readonly [E in keyof Heard<S>]?: (data: Heard<S>[E], context: Context<K, S>) => Promise<void>
  }
  /** Name to a cron line, in the site's time zone, and what to do then. */
  readonly schedules?: Readonly<
    Record<
      string,
      { readonly cron: string; readonly run: (context: Context<K, S>) => Promise<void> }
    >
  >
  /** Runs once the module is granted its needs, before the first command. */
  readonly start?: (context: Context<K, S>) => Promise<void>
  /** Answers when the module is fit to serve; throws when not. A swap goes on only after it. */
  readonly check?: (context: Context<K, S>) => Promise<void>
  /** Takes a connection from a listener it declared. Paused; nothing has been read yet. */
  readonly connection?: (
    listener: S["listens"][number],
    socket: Socket,
    context: Context<K, S>,
  ) => void
  /**
   * Runs when another version has taken over: it gets no new connection. Resolves when those it has
   * are over, such as the calls in progress; they may take an hour.
   */
  readonly drain?: (context: Context<K, S>) => Promise<void>
  /** Runs after the last command has been answered. */
  readonly stop?: (context: Context<K, S>) => Promise<void>
}

export interface Module<K extends ContractSpec = ContractSpec, S extends Needs = Needs> {
  readonly contract: K
  readonly needs: S
  readonly parts: Parts<K, S>
}

export function defineModule<const K extends ContractSpec, const S extends Needs>(
  contract: K,
  needs: S,
  parts: Parts<K, S>,
): Module<K, S> {
  return Object.freeze({ contract, needs, parts })
}
