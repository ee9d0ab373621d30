/** Where legs of a call hear one another: a bridge is a room for two, a conference has a name. */
import type { Leg } from "./leg.ts"
import { mix, silentFrame } from "./mulaw.ts"

export class Room {
  /** Set when the participant whose leaving ends the conference has left. */
  isClosed = false
  readonly #said = new Map<Leg, Uint8Array>()
  #left = Promise.withResolvers<void>()

  /** Resolves when somebody leaves. */
  get nextLeaving(): Promise<void> {
    return this.#left.promise
  }

  join(leg: Leg): void {
    this.#said.set(leg, silentFrame)
    leg.hears(() => this.#heardBy(leg))
    leg.onFrame(this, (spoken) => this.#said.set(leg, spoken))
  }

  leave(leg: Leg): void {
    if (!this.#said.delete(leg)) return
    leg.hears(undefined)
    leg.offFrame(this)
    this.#announceLeaving()
  }

  close(): void {
    this.isClosed = true
    this.#announceLeaving()
  }

  #announceLeaving(): void {
    this.#left.resolve()
    this.#left = Promise.withResolvers<void>()
  }

  #heardBy(listener: Leg): Uint8Array {
    const others = [...this.#said].flatMap(([leg, frame]) => (leg === listener ? [] : [frame]))
    return others.length === 0 ? silentFrame : mix(others)
  }
}
