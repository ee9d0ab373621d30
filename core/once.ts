/**
 * Acts that carry a key happen once: asked again, they answer what they answered the first time.
 */
import { createHash } from "node:crypto"
import { Type as t } from "typebox"
import { defineCollection } from "./documents.ts"
import type { Reply } from "./module.ts"
import type { Store } from "./store.ts"

export const onceCollections = {
  acts: defineCollection({ schema: t.Object({ reply: t.Unknown() }) }),
}

export class Once {
  readonly #store: Store
  readonly #running = new Map<string, Promise<Reply>>()

  constructor(store: Store) {
    this.#store = store
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

  async #first(id: string, act: () => Promise<Reply>): Promise<Reply> {
    const reply = await act()
    // An outage may have been before or after the act: whoever asks again must reach the module,
    // which resolves it with the same key. A refusal did nothing.
    if (reply.kind !== "outage" && reply.kind !== "refused")
      await this.#store.write("host", [{ put: "acts", id, doc: { reply } }])
    return reply
  }
}
