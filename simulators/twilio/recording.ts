/** Both sides of a call, kept in step: the caller on the left, the agent on the right. */
import { writeStereoWav } from "./wav.ts"

export class Recording {
  readonly #caller: Uint8Array[] = []
  readonly #agent: Uint8Array[] = []

  add(caller: Uint8Array, agent: Uint8Array): void {
    this.#caller.push(caller)
    this.#agent.push(agent)
  }

  get caller(): Uint8Array {
    return Buffer.concat(this.#caller)
  }

  get agent(): Uint8Array {
    return Buffer.concat(this.#agent)
  }

  toWav(): Buffer {
    return writeStereoWav(this.caller, this.agent)
  }
}
