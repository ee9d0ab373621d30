/** What a module's process and the host say to each other. Plain data; connections ride along. */
import type { TSchema } from "typebox"
import type { Actor } from "./actor.ts"
import type { Rehearsal } from "./clock.ts"
import type { ContractSpec } from "./contract.ts"
import type { CollectionSpec, Query, Write } from "./documents.ts"
import type { DefectName } from "./fault.ts"
import type { LogValue } from "./log.ts"
import type { CallOptions, Claim, Needs, ProposeOptions, Reply } from "./module.ts"
import type { Ports } from "./ports.ts"

/** A module as the host knows it: what it promises and needs, without a line of its code. */
export interface Manifest {
  readonly contract: ContractSpec
  readonly uses: readonly string[]
  readonly hears: readonly string[]
  readonly ports: Needs["ports"]
  readonly config: TSchema
  readonly collections: Readonly<Record<string, CollectionSpec>>
  readonly acts: Needs["acts"]
  readonly listens: Needs["listens"]
  readonly memoryMiB: number
  readonly nativeMiB: number
  /** Commands the running version has, and those of them that can tell facts. */
  readonly commands: readonly string[]
  readonly facts: readonly string[]
  readonly events: readonly string[]
  readonly schedules: Readonly<Record<string, string>>
}

export type ToModule = ToProcess | ToRunning

/** For the process, whether or not a module is loaded. */
type ToProcess =
  | { readonly type: "load"; readonly path: string }
  | { readonly type: "cancel"; readonly id: number }
  | { readonly type: "answer"; readonly id: number; readonly answer: Answered }
  | { readonly type: "ping" }

/** For the module. */
export type ToRunning =
  | {
      readonly type: "start"
      readonly config: unknown
      readonly folder: string
      readonly rehearsal: Rehearsal
    }
  | {
      readonly type: "request"
      readonly id: number
      readonly command: string
      readonly phase: "run" | "facts"
      readonly input: unknown
      readonly actor: Actor
      readonly key: string
      readonly deadlineMs: number
    }
  | { readonly type: "event"; readonly name: string; readonly data: unknown }
  | { readonly type: "schedule"; readonly name: string }
  | {
      readonly type: "connection"
      readonly id: number
      readonly listener: Needs["listens"][number]
    }
  /** Another version takes what is new: finish what goes on, and say so. */
  | { readonly type: "drain" }
  | { readonly type: "stop" }

/** What became of something a module asked the host for. */
export type Answered =
  | { readonly ok: true; readonly value: unknown }
  | { readonly ok: false; readonly trouble: "conflict" }
  | { readonly ok: false; readonly trouble: "defect"; readonly defect: DefectName }
  | { readonly ok: false; readonly trouble: "outage"; readonly code: string; retryable: boolean }

export type ToHost =
  | { readonly type: "loaded"; readonly manifest: Manifest }
  | { readonly type: "ready" }
  | { readonly type: "drained" }
  /** The connection is the module's now. */
  | { readonly type: "took"; readonly id: number }
  /** Says why a module could not be loaded; nothing of a patient exists at that time. */
  | { readonly type: "failed"; readonly why: string }
  | { readonly type: "reply"; readonly id: number; readonly reply: Reply }
  | { readonly type: "ask"; readonly id: number; readonly parent?: number; readonly ask: Ask }
  | { readonly type: "emit"; readonly event: string; readonly data: unknown }
  | {
      readonly type: "log"
      readonly level: "debug" | "info" | "warn" | "error"
      readonly message: string
      readonly fields: Readonly<Record<string, LogValue>>
    }
  | { readonly type: "pong"; readonly residentMiB: number }
  /** Its own mistake: the process ends itself right after. */
  | { readonly type: "defect"; readonly name: string; readonly at: readonly string[] }

export type Ask =
  | {
      readonly kind: "call"
      readonly module: string
      readonly command: string
      readonly input: unknown
      readonly options: CallOptions
    }
  | { readonly kind: "offers"; readonly module: string; readonly command: string }
  | {
      readonly kind: "propose"
      readonly claim: Claim
      readonly name: string
      readonly input: unknown
      readonly options: ProposeOptions
    }
  | { readonly kind: "actor"; readonly claim: Claim }
  | { readonly kind: "port"; readonly port: keyof Ports; readonly method: string; args: unknown[] }
  | { readonly kind: "get"; readonly collection: string; readonly id: string }
  | { readonly kind: "find" | "count"; readonly collection: string; readonly query: Query }
  | { readonly kind: "write"; readonly writes: readonly Write[] }
