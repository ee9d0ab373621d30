/**
 * Who is who: conversations and bearer tokens, and the actors behind them. The one place an actor
 * comes from. Kept in the store, so that a restart asks nobody to prove themselves again.
 */
import { type Static, Type as t } from "typebox"
import { type Actor, Caller, type Channel, type Lack, Role, type Staff } from "./actor.ts"
import type { Clock } from "./clock.ts"
import { defineCollection } from "./documents.ts"
import { assert } from "./fault.ts"
import type { Outsider } from "./module.ts"
import type { Established, StaffGrant } from "./ports.ts"
import { prune } from "./prune.ts"
import type { Store } from "./store.ts"
import { tokenHash } from "./token.ts"

const Token = t.Object({
  person: t.String(),
  role: Role,
  session: t.String(),
  expiresAtMs: t.Integer(),
  provedUntilMs: t.Optional(t.Integer()),
  licensedUntilMs: t.Optional(t.Integer()),
  mustSetUp: t.Optional(t.Boolean()),
  glass: t.Optional(t.Object({ id: t.String(), role: Role, untilMs: t.Integer() })),
})
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
  actor(claim: Outsider): Actor | undefined {
    if ("conversation" in claim) return this.#caller(claim.conversation)
    const found = this.#store.collection("host.tokens").get(tokenHash(claim.token))
    const token = found?.doc as Token | undefined
    const nowMs = this.#clock.nowMs()
    // A token of before sessions had names stands for nobody.
    if (!token?.session || token.expiresAtMs <= nowMs) return undefined
    return staffOf(token, nowMs)
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

  async openToken(id: string, doc: StaffGrant): Promise<void> {
    await this.#store.write("host", [{ put: "tokens", id, doc }])
  }

  async closeToken(id: string): Promise<void> {
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

/**
 * Somebody at this moment: rights that were taken end here by themselves, whoever else is running.
 */
function staffOf(token: Token, nowMs: number): Staff {
  const { person, role: own, session, glass } = token
  const taken = glass && glass.untilMs > nowMs ? glass : undefined
  const role = taken?.role ?? own
  const isPast = (untilMs = 0) => untilMs <= nowMs
  const lacks: Lack[] = [
    ...(role === "pharmacist" && isPast(token.licensedUntilMs) ? (["licence"] as const) : []),
    ...(isPast(token.provedUntilMs) ? (["proof"] as const) : []),
    ...(token.mustSetUp ? (["set_up"] as const) : []),
  ]
  return {
    kind: "staff",
    person,
    role,
    session,
    ...(lacks.length > 0 ? { lacks } : {}),
    ...(taken ? { glass: { id: taken.id, own } } : {}),
  }
}
