/**
 * Who is who: conversations and bearer tokens, and the actors behind them. The one place an actor
 * comes from. Kept in the store, so that a restart asks nobody to prove themselves again.
 */
import { createHash } from "node:crypto"
import { type Static, Type as t } from "typebox"
import { type Actor, Caller, type Channel, Staff } from "./actor.ts"
import type { Clock } from "./clock.ts"
import { defineCollection } from "./documents.ts"
import { assert } from "./fault.ts"
import type { Claim } from "./module.ts"
import type { Established } from "./ports.ts"
import { prune } from "./prune.ts"
import type { Store } from "./store.ts"

const Token = t.Object({ staff: Staff, expiresAtMs: t.Integer() })
type Token = Static<typeof Token>

export const identityCollections = {
  callers: defineCollection({ schema: Caller }),
  tokens: defineCollection({ schema: Token, indexes: { expiresAtMs: "plain" } }),
}

export class Identities {
  readonly #store: Store
  readonly #clock: Clock

  constructor(store: Store, clock: Clock) {
    this.#store = store
    this.#clock = clock
  }

  /** The actor behind a claim, or undefined: an unknown claim is nobody, not somebody anonymous. */
  actor(claim: Claim): Actor | undefined {
    if ("conversation" in claim) return this.#caller(claim.conversation)
    const found = this.#store.collection("host.tokens").get(hashOf(claim.token))
    const token = found?.doc as Token | undefined
    return token && token.expiresAtMs > this.#clock.nowMs() ? token.staff : undefined
  }

  async openConversation(conversation: string, channel: Channel): Promise<void> {
    if (this.actor({ conversation })) return
    await this.#putCaller({ kind: "caller", conversation, channel, identity: "anonymous" })
  }

  async establish(conversation: string, established: Established): Promise<void> {
    const caller = this.#caller(conversation)
    assert(caller)
    const { identity, patient, caresFor } = established
    // Verified means verified as somebody; anything less names nobody.
    assert((identity === "verified") === (patient !== undefined))
    await this.#putCaller({
      kind: "caller",
      conversation,
      channel: caller.channel,
      identity,
      ...(patient === undefined ? {} : { patient }),
      ...(caresFor === undefined ? {} : { caresFor: [...caresFor] }),
    })
  }

  async closeConversation(conversation: string): Promise<void> {
    await this.#store.write("host", [{ remove: "callers", id: conversation }])
  }

  async openToken(token: string, staff: Staff, expiresAtMs: number): Promise<void> {
    const doc = { staff, expiresAtMs }
    await this.#store.write("host", [{ put: "tokens", id: hashOf(token), doc }])
  }

  async closeToken(token: string): Promise<void> {
    await this.closeTokenByHash(hashOf(token))
  }

  async closeTokenByHash(id: string): Promise<void> {
    await this.#store.write("host", [{ remove: "tokens", id }])
  }

  /** Forgets tokens that have expired. */
  async prune(): Promise<void> {
    const beforeMs = this.#clock.nowMs()
    await prune(this.#store, { collection: "tokens", field: "expiresAtMs", beforeMs })
  }

  #caller(conversation: string): Caller | undefined {
    return this.#store.collection("host.callers").get(conversation)?.doc as Caller | undefined
  }

  async #putCaller(doc: Caller): Promise<void> {
    await this.#store.write("host", [{ put: "callers", id: doc.conversation, doc }])
  }
}

/** Whoever reads the disk finds no token to use. */
function hashOf(token: string): string {
  return createHash("sha256").update(token).digest("base64url")
}
