/**
 * Acts that carry a key happen once: asked again, they answer what they answered the first time.
 */
import { createHash } from "node:crypto"
import { Type as t } from "typebox"
import type { Clock } from "./clock.ts"
import { defineCollection } from "./documents.ts"
import type { Reply } from "./module.ts"
import { prune } from "./prune.ts"
import type { Store } from "./store.ts"

/** Longer than a request may wait for a person. */
const REMEMBERED_MS = 30 * 86_400_000

export const onceCollections = {
  acts: defineCollection({
    schema: t.Object({ reply: t.Unknown(), atMs: t.Integer() }),
    indexes: { atMs: "plain" },
  }),
}

export class Once {
  readonly #store: Store
  readonly #clock: Clock
  readonly #running = new Map<string, Promise<Reply>>()

  constructor(store: Store, clock: Clock) {
    this.#store = store
    this.#clock = clock
  }

  perform(command: string, key: string, act: () => Promise<Reply>): Promise<Reply> {
    const id = createHash("sha256").update(`${command}\n${key}`).digest("base64url")
    const running = this.#running.get(id)
    if (running !== undefined) return running
    const done = this.#store.collection("host.acts").get(id)?.doc as { reply: Reply } | undefined
    if (done) return Promise.resolve(done.reply)
    const fresh = this.#first(id, act).finally(() => this.#running.delete(id))
    this.#running.set(id, fresh)
    return fresh
  }

  /** Forgets answers that nobody asks for again. */
  async prune(): Promise<void> {
    const beforeMs = this.#clock.nowMs() - REMEMBERED_MS
    await prune(this.#store, { collection: "acts", field: "atMs", beforeMs })
  }

  async #first(id: string, act: () => Promise<Reply>): Promise<Reply> {
    const reply = await act()
    // An outage may have been before or after the act: whoever asks again must reach the module,
    // which resolves it with the same key. A refusal did nothing.
    if (reply.kind === "outage" || reply.kind === "refused") return reply
    const doc = { reply, atMs: this.#clock.nowMs() }
    await this.#store.write("host", [{ put: "acts", id, doc }])
    return reply
  }
}
