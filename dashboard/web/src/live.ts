/**
 * What the server tells as it happens, and whether it still does. A feed without a beat is a lost
 * one, however open the connection looks: nothing on the page may then pass for fresh.
 */

import { createContext, useContext, useEffect, useState } from "react"
import { whoIsSignedIn } from "./session.ts"

export interface Change {
  readonly kind:
    | "item"
    | "call"
    | "conversation"
    | "transcript"
    | "emergency"
    | "callback"
    | "rights"
    | "rules"
    | "text"
    | "automation"
    | "prior_auth"
    | "transfer"
    | "stock"
  readonly item?: string
  readonly call?: string
  readonly conversation?: string
  readonly priorAuth?: string
  readonly transfer?: string
  readonly ndc?: string
  readonly order?: string
  readonly state?: string
  readonly automation?: string
}

type Listener = (change: Change | "everything") => void

/** Two beats of the server, and a little more. */
const SILENCE_MS_MAX = 24_000
const CHECK_MS = 2_000
const RETRY_MS = 2_000

export class Live {
  isConnected = false
  lastHeardMs = Date.now()
  readonly #listeners = new Set<Listener>()
  readonly #signedOut: () => void
  #isOpen = true
  #source: EventSource | undefined
  #askedAtMs = 0
  #check: ReturnType<typeof setInterval> | undefined

  constructor(signedOut: () => void) {
    this.#signedOut = signedOut
  }

  open(): void {
    this.#connect()
    this.#check = setInterval(() => {
      // A server that takes the connection and answers nothing is as lost as one that falls silent.
      const sinceMs = Math.max(this.lastHeardMs, this.#askedAtMs)
      if (Date.now() - sinceMs > SILENCE_MS_MAX) this.#again()
    }, CHECK_MS)
  }

  close(): void {
    this.#isOpen = false
    clearInterval(this.#check)
    this.#source?.close()
    this.#listeners.clear()
  }

  follow(listener: Listener): () => void {
    this.#listeners.add(listener)
    return () => this.#listeners.delete(listener)
  }

  #connect(): void {
    const source = new EventSource("/live")
    this.#source = source
    this.#askedAtMs = Date.now()
    let isFirst = true
    source.addEventListener("beat", () => {
      const wasLost = !this.isConnected
      this.isConnected = true
      this.lastHeardMs = Date.now()
      // Between the page's first look and the feed's first beat, something may have changed.
      if (wasLost || isFirst) this.#tell("everything")
      isFirst = false
    })
    source.addEventListener("change", ({ data }) => {
      this.lastHeardMs = Date.now()
      this.#tell(JSON.parse(data))
    })
    source.addEventListener("reload", () => this.#tell("everything"))
    source.addEventListener("signed-out", () => this.#signedOut())
    source.addEventListener("error", () => {
      this.isConnected = false
      this.#tell("everything")
      if (source.readyState === EventSource.CLOSED) void this.#askAgain(source)
    })
  }

  /** The browser gives up when it is refused: because nobody is signed in any more, or for now. */
  async #askAgain(refused: EventSource): Promise<void> {
    const isShut = await whoIsSignedIn().then(
      (person) => person === undefined || person.isLocked,
      () => false,
    )
    if (isShut) this.#signedOut()
    else setTimeout(() => this.#isOpen && this.#source === refused && this.#again(), RETRY_MS)
  }

  #again(): void {
    this.isConnected = false
    this.#source?.close()
    this.#connect()
  }

  #tell(change: Change | "everything"): void {
    for (const listener of this.#listeners) listener(change)
  }
}

export const LiveContext = createContext<Live | undefined>(undefined)

export function useLive(): Live {
  const live = useContext(LiveContext)
  if (!live) throw new Error("there is no live feed around this page")
  return live
}

/** True while the feed beats. */
export function useIsConnected(): boolean {
  const live = useLive()
  const [isConnected, set] = useState(live.isConnected)
  useEffect(() => live.follow(() => set(live.isConnected)), [live])
  return isConnected
}
