/** What is being carried out, and what a verb may use while it is. */
import type { Exchange } from "./exchange.ts"
import type { Leg } from "./leg.ts"
import type { Params } from "./signature.ts"
import type { Element } from "./xml.ts"

/** A document, and the address it came from, against which its relative addresses are read. */
export interface Instructions {
  readonly verbs: readonly Element[]
  readonly url: string
}

/** What a verb may use while it is being carried out. */
export interface Scene {
  readonly leg: Leg
  readonly exchange: Exchange
  readonly signal: AbortSignal
  readonly url: string
  /** Asks the application what to do next. */
  fetch(url: string, method: string | undefined, params: Params): Promise<Instructions>
  /** Makes a callback about this call. */
  notify(url: string, method: string | undefined, params: Params): void
  /** Carries out what this address answers on another leg, to its end. */
  conduct(other: Leg, url: string, method: string | undefined): Promise<"finished" | "hungUp">
  /** Reads an address against that of the current document. */
  absolute(url: string): string
}
