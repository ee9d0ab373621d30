/** The dangers of the outside world, one port each. A module touches only those it declared. */
import type { Channel, IdentityLevel, Role, Staff } from "./actor.ts"
import type { ContractSpec } from "./contract.ts"
import type { Decision, Question } from "./decision.ts"
import type { Reply } from "./module.ts"
import type { Rule } from "./rule.ts"

/** Registers conversations, so that they can act. Granted to `conversations` and to nobody else. */
export interface ConversationPort {
  /** Its caller is anonymous until established otherwise. */
  open(conversation: string, channel: Channel): Promise<void>
  close(conversation: string): Promise<void>
}

/** Says who a caller is. Granted to `verification` and to nobody else. */
export interface IdentityPort {
  establish(conversation: string, identity: Established): Promise<void>
}

/** What verification may establish about the caller of a conversation. */
export interface Established {
  readonly identity: IdentityLevel
  readonly patient?: string
  /** Patients whose consent for this caller is on file. */
  readonly caresFor?: readonly string[]
}

/**
 * Says who a member of staff is. Granted to `sessions` and to nobody else. A session goes by the
 * SHA-256 of its token, base64url: all that anybody but its owner has of it.
 */
export interface SignInPort {
  /** Opens a session, or says anew what an open one may. */
  open(tokenHash: string, grant: StaffGrant): Promise<void>
  close(tokenHash: string): Promise<void>
  /** Writes down what became of somebody at the door; `outcome` holds our own words only. */
  note(what: AtTheDoor, outcome: string, staff?: Staff): Promise<void>
}

/** Who a token stands for, and until when for how much. What is left out was never given. */
export interface StaffGrant {
  readonly person: string
  readonly role: Role
  readonly session: string
  readonly expiresAtMs: number
  readonly provedUntilMs?: number
  readonly licensedUntilMs?: number
  readonly mustSetUp?: boolean
  readonly glass?: { readonly id: string; readonly role: Role; readonly untilMs: number }
}

export type AtTheDoor =
  | "signed_in"
  | "sign_in.refused"
  | "session.locked"
  | "session.unlocked"
  | "session.unlock_refused"
  | "break_glass.taken"
  | "break_glass.ended"

/** Runs a held command once a person approved it. Granted to `work-queue` and to nobody else. */
export interface ApprovalPort {
  /**
   * The approver is the actor of the current request, or of the one in which the warrant was given;
   * the gate decides again, for that person.
   */
  execute(held: HeldCommand, warrant?: string): Promise<Reply>
  /** Seals that the actor of the current request approved this, for an act that waits a little. */
  warrant(held: HeldCommand): Promise<string>
}

/** A command the gate would not let through alone, with all that is needed to run it later. */
export interface HeldCommand {
  /** `module.command`. */
  readonly name: string
  readonly input: unknown
  /** Runs once however often it is executed. */
  readonly key: string
  /** Who asked. Plain data of an Actor. */
  readonly requestedBy: unknown
}

/** The rules beside the matrix. Granted to `tier-rules`. */
export interface RulesPort {
  read(): Promise<readonly Rule[]>
  /** False, and nothing changed, when the set leaves out what must stand. */
  replace(rules: readonly Rule[]): Promise<boolean>
  /** What the gate would decide under the rules in force, or under others that are tried out. */
  decide(question: Question, rules?: readonly Rule[]): Promise<Decision>
}

/** What is loaded and how it fares. */
export interface CataloguePort {
  contracts(): Promise<readonly ContractSpec[]>
  health(): Promise<readonly ModuleHealth[]>
  /** Ends a module's quarantine; false when no module has that name. */
  release(module: string): Promise<boolean>
}

export interface ModuleHealth {
  readonly module: string
  readonly version: string
  readonly state: "starting" | "running" | "restarting" | "quarantined" | "stopped"
  readonly restarts: number
  readonly residentMiB: number
  readonly commands: Readonly<Record<string, Timing>>
}

/** Times of answered requests in milliseconds, over the last 1,024 of them. */
export interface Timing {
  readonly count: number
  readonly p50Ms: number
  readonly p95Ms: number
}

/** Reads the audit log. What is read is itself audited. */
export interface AuditPort {
  query(filter: AuditFilter): Promise<readonly AuditEntry[]>
  verify(): Promise<AuditVerdict>
}

export interface AuditFilter {
  readonly patient?: string
  readonly person?: string
  readonly conversation?: string
  readonly fromMs?: number
  readonly beforeMs?: number
  /** `module.command`, or what happened: `cloud.ask` is all that left the house. */
  readonly what?: string
  readonly limit?: number
}

/** What leaves the house for a model that runs elsewhere. */
export interface Departure {
  /** Who is asked: `anthropic`, `openai`. */
  readonly to: string
  readonly model: string
  /** What it is for: `hard_turn`. */
  readonly purpose: string
  /** Every byte that leaves, as it leaves. */
  readonly text: string
  readonly patient?: string
}

/** The longest text the log has room for, counted as `JSON.stringify` writes it. */
export const DEPARTURE_BYTES_MAX = 60_000

/** Writes down what leaves the house, word for word, before it leaves. Granted to `intent`. */
export interface DeparturesPort {
  /** Durable when it resolves: only then may it leave. Answers the name of the act. */
  leaving(departure: Departure): Promise<string>
  /** What came of it, and what it cost. */
  settled(act: string, departure: Departure, settled: Settled): Promise<void>
}

export interface Settled {
  /** `answered`, or one of our own words for why not. */
  readonly outcome: string
  readonly costMicroDollars: number
}

/** One line of the log: who, what, on whose record, why, and what became of it. No PHI but ids. */
export interface AuditEntry {
  readonly seq: number
  readonly atMs: number
  readonly phase: "before" | "after" | "event"
  /** Ties `after` to its `before`. */
  readonly act: string
  readonly actor: unknown
  readonly via?: string
  /** `module.command`, or what happened: `login`, `key.unlock`, `module.swapped`. */
  readonly what: string
  readonly patient?: string
  readonly decision?: { verdict: string; tier: number; row: string; rules: readonly string[] }
  readonly outcome?: string
  /** What left the house: whole and with its hash before it leaves, the cost afterwards. */
  readonly left?: Left
}

export interface Left extends Omit<Departure, "text" | "patient"> {
  /** SHA-256 of the text in hexadecimal. */
  readonly sha256: string
  readonly text?: string
  readonly costMicroDollars?: number
}

export type AuditVerdict =
  | { readonly ok: true; readonly entries: number; readonly root: string }
  | {
      readonly ok: false
      readonly entries: number
      readonly firstBad: number
      readonly why: string
    }

/** The folder a module may write files in, for what is not a document: recordings, exports. */
export interface FilesPort {
  readonly folder: string
  /** Seals and opens with the site's keys; `context` is bound in and must be the same to open. */
  seal(plain: Uint8Array, context: string): Promise<Uint8Array>
  open(sealed: Uint8Array, context: string): Promise<Uint8Array>
}

export type MadeBackup = { name: string; atMs: number; bytes: number }

/** Backups of this node in a folder seen from the data folder. Granted to `backups`. */
export interface BackupsPort {
  /** Where the master key comes from. Never the key. */
  key(): Promise<{ source: KeySource; isPrivate: boolean; isBesideData: boolean }>
  place(to: string): Promise<{ path: string; isOnDiskOfData: boolean; freeMiB: number }>
  list(to: string): Promise<readonly MadeBackup[]>
  make(to: string): Promise<MadeBackup>
  progress(to: string): Promise<{ doneBytes: number; ofBytes: number }>
  /** Opens one in a folder of its own, and reads all of it. */
  rehearse(to: string, name: string): Promise<{ documents: number } & AuditSince>
  remove(to: string, name: string): Promise<void>
  /** What would be copied, counted; and the log beside it. Nothing is opened. */
  holdings(): Promise<unknown>
}
type KeySource = "file" | "passphrase" | "keychain"
type AuditSince = { audit: "same" | "other" | "unknown"; auditEntries: number }

/** Reads a secret by its configured reference. */
export interface SecretsPort {
  read(reference: string): Promise<string>
}

export interface Ports {
  readonly conversations: ConversationPort
  readonly identity: IdentityPort
  readonly signIn: SignInPort
  readonly approvals: ApprovalPort
  readonly rules: RulesPort
  readonly catalogue: CataloguePort
  readonly audit: AuditPort
  readonly backups: BackupsPort
  readonly departures: DeparturesPort
  /** Destroys a patient's key, and so every copy of the documents. Granted to `privacy`. */
  readonly erasure: { erase(patient: string): Promise<void> }
  readonly files: FilesPort
  readonly secrets: SecretsPort
}
