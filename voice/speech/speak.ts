/**
 * The agent's mouth on one call: sentences become packets, a little ahead of real time, with marks
 * between them that come back when they were heard.
 */
import type { Clock, Timer } from "#core/clock.ts"
import type { Sentence } from "../../intent/contract.ts"
import { PACKET_BYTES } from "../audio/framing.ts"
import { BYTES_PER_MS, SILENCE } from "../audio/mulaw.ts"
import type { CallEvent, Item } from "../call/state.ts"
import type { Mouth } from "../line.ts"
import { MarkLedger } from "../turns/ledger.ts"
import type { Rendering } from "./rendering.ts"

/** Sent so far ahead of what is being heard: enough for a hiccup, little to throw away. */
const AHEAD_MS_MAX = 400
const PUMP_EVERY_MS = 100
const MARK_EVERY_MS = 500

/** The outgoing half of a media stream. */
export interface Outlet {
  media(bytes: Uint8Array): void
  mark(name: string): void
  clear(): void
  /** A sentence begins to play. */
  said(text: string): void
}

export interface PacedMouthParts {
  readonly clock: Clock
  readonly outlet: Outlet
  readonly render: (sentence: Sentence) => Rendering
  readonly tell: (event: CallEvent) => void
}

interface Playing {
  readonly item: Item
  readonly rendering: Rendering
  /** Bytes sent so far, counted from the sentence's beginning. */
  position: number
  markedAt: number
  hasStarted: boolean
}

export class PacedMouth implements Mouth {
  readonly #parts: PacedMouthParts
  readonly #ledger = new MarkLedger()
  readonly #renderings = new WeakMap<Sentence, Rendering>()
  #queue: Playing[] = []
  #pump: Timer | undefined
  /** When what was sent will have been played. */
  #playedUntilMs = 0

  constructor(parts: PacedMouthParts) {
    this.#parts = parts
  }

  play(items: readonly Item[], isNext: boolean): void {
    const begun = this.#queue.filter(({ hasStarted }) => hasStarted).length
    const added = items.map((item) => {
      const position = Math.floor(item.heardMs) * BYTES_PER_MS
      const rendering = this.#renderingOf(item.sentence)
      return { item, rendering, position, markedAt: position, hasStarted: false }
    })
    this.#queue.splice(isNext ? begun : this.#queue.length, 0, ...added)
    this.#send()
  }

  clear(): void {
    this.#stop()
    this.#queue = []
    // Also when everything was sent long ago: Twilio may still hold what it has not played.
    this.#parts.outlet.clear()
    this.#ledger.cleared()
    this.#playedUntilMs = 0
  }

  drop(items: readonly number[]): void {
    this.#queue = this.#queue.filter(
      ({ item, hasStarted }) => hasStarted || !items.includes(item.id),
    )
  }

  /** A mark came back: so much was heard, unless it was cleared. */
  marked(name: string): void {
    const heard = this.#ledger.returned(name)
    if (heard) this.#parts.tell({ kind: "played", ...heard })
  }

  close(): void {
    this.#stop()
    this.#queue = []
  }

  #renderingOf(sentence: Sentence): Rendering {
    const known = this.#renderings.get(sentence)
    if (known) return known
    const made = this.#parts.render(sentence)
    this.#renderings.set(sentence, made)
    return made
  }

  #send(): void {
    this.#stop()
    const nowMs = this.#parts.clock.monotonicMs()
    this.#playedUntilMs = Math.max(this.#playedUntilMs, nowMs)
    while (this.#queue[0] && this.#playedUntilMs - nowMs < AHEAD_MS_MAX) {
      if (!this.#sendPacket(this.#queue[0])) return
    }
    if (this.#queue.length === 0) return
    this.#pump = this.#parts.clock.after(PUMP_EVERY_MS, () => this.#send())
  }

  /** False when the next packet is not rendered yet. */
  #sendPacket(playing: Playing): boolean {
    const { rendering } = playing
    const packet = rendering.read(playing.position, PACKET_BYTES)
    const isPartial = packet.length < PACKET_BYTES
    if (isPartial && !rendering.isDone) {
      rendering.onChange(() => this.#send())
      return false
    }
    if (packet.length > 0) {
      this.#begin(playing)
      this.#parts.outlet.media(isPartial ? padded(packet) : packet)
      this.#playedUntilMs += PACKET_BYTES / BYTES_PER_MS
      playing.position += packet.length
    }
    if (playing.position >= rendering.length && rendering.isDone) {
      this.#mark(playing, true)
      if (this.#queue[0] === playing) this.#queue.shift()
    } else if (playing.position - playing.markedAt >= MARK_EVERY_MS * BYTES_PER_MS) {
      this.#mark(playing, false)
    }
    return true
  }

  #begin(playing: Playing): void {
    if (playing.hasStarted) return
    playing.hasStarted = true
    this.#parts.outlet.said(playing.item.sentence.text)
    this.#parts.tell({ kind: "started", item: playing.item.id })
  }

  #mark(playing: Playing, isLast: boolean): void {
    playing.markedAt = playing.position
    const ms = Math.floor(playing.position / BYTES_PER_MS)
    this.#parts.outlet.mark(this.#ledger.sent({ item: playing.item.id, ms, isLast }))
  }

  #stop(): void {
    this.#pump?.cancel()
    this.#pump = undefined
  }
}

function padded(packet: Uint8Array): Uint8Array {
  const whole = new Uint8Array(PACKET_BYTES).fill(SILENCE)
  whole.set(packet)
  return whole
}
