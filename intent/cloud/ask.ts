/**
 * A question to the cloud: anonymised first, within its budget and the day's cap, one provider
 * after the other. It never carries an emergency, and never throws because the cloud is down: no
 * answer is an answer here.
 */
import type { TSchema } from "typebox"
import { sleep } from "#core/clock.ts"
import { Outage } from "#core/fault.ts"
import type { DeparturesPort } from "#core/ports.ts"
import type { anonymise, Known } from "../anonymiser/anonymise.ts"
import { detectEmergency } from "../emergency/detector.ts"
import { type AttemptDeps, attempt, type Leaving, type PutBack, type Tried } from "./attempt.ts"
import { type Breaker, closedBreaker, letThrough, settle, type Verdict } from "./breaker.ts"
import type { CloudDay } from "./day-book.ts"
import type { Provider } from "./provider.ts"
import { waitBefore } from "./trouble.ts"

export interface CloudQuestion<T> {
  readonly purpose: "hard_turn" | "complaint_summary" | "prior_auth_letter"
  /** Ours, fixed: no value of a caller may stand in it. */
  readonly instructions: string
  /** What may hold identifiers. */
  readonly text: string
  /** Everybody the text may be about. */
  readonly known: Known
  /** Names of drugs, which stay as they are. */
  readonly drugs: Parameters<typeof anonymise>[0]["drugs"]
  /** JSON of this shape is wanted; a text, streamed, when left out. */
  readonly schema?: TSchema
  readonly maxOutputTokens: number
  readonly budgetMs: number
  /** An emergency was heard in this conversation. */
  readonly isEmergency: boolean
  readonly patient?: string
  /** Those of the current request, so that the log knows on whose behalf it was. */
  readonly departures: DeparturesPort
  readonly signal?: AbortSignal
  /** Makes something of the answer; undefined when it is nonsense. */
  read(answer: string, back: PutBack): T | undefined
}

export type CloudAnswer<T> =
  | { readonly ok: true; readonly value: T }
  | { readonly ok: false; readonly why: WhyNot }

export type WhyNot =
  /** Refused here, and nothing left. */
  | "emergency"
  | "not_anonymous"
  | "too_long"
  | "cap_reached"
  | "not_written"
  /** No provider had a usable answer in time, or all of them rest after failures. */
  | "no_answer"

export interface CloudDeps extends AttemptDeps {
  /** In the order they are asked. */
  readonly providers: readonly Provider[]
  readonly anonymise: typeof anonymise
  /** A number from 0 up to 1. */
  readonly chance: () => number
}

const TEXT_CHARACTERS_MAX = 8_000
const TRIES_MAX = 3

export class Cloud {
  readonly #deps: CloudDeps
  readonly #breakers = new Map<Provider, Breaker>()

  constructor(deps: CloudDeps) {
    this.#deps = deps
  }

  async ask<T>(question: CloudQuestion<T>): Promise<CloudAnswer<T>> {
    const { text, known, drugs, isEmergency, budgetMs } = question
    if (isEmergency || detectEmergency(text)) return { ok: false, why: "emergency" }
    const hidden = this.#deps.anonymise({ texts: [text], known, drugs })
    if (!hidden.left) return { ok: false, why: "not_anonymous" }
    const anonymous = hidden.texts.join("\n")
    if (anonymous.length > TEXT_CHARACTERS_MAX) return { ok: false, why: "too_long" }
    const { instructions, schema, maxOutputTokens } = question
    const prompt = { instructions, text: anonymous, maxOutputTokens, ...(schema && { schema }) }
    try {
      return await this.#askInOrder({ ...question, prompt, mapping: hidden.mapping }, budgetMs)
    } catch (trouble) {
      // The house could not write it down, so it did not leave. The turn goes on without it.
      if (trouble instanceof Outage) return { ok: false, why: "not_written" }
      throw trouble
    }
  }

  /** Whom it would ask now, and whom it leaves alone after failures. */
  circuits(): ReadonlyMap<Provider["name"], Breaker["state"]> {
    const { providers } = this.#deps
    return new Map(providers.map((one) => [one.name, this.#breakerOf(one).state]))
  }

  spent(): Promise<CloudDay> {
    return this.#deps.dayBook.today()
  }

  /** Each provider has an equal share of the time that is left. */
  async #askInOrder<T>(leaving: Leaving<T>, budgetMs: number): Promise<CloudAnswer<T>> {
    const { clock, providers } = this.#deps
    const endsAtMs = clock.monotonicMs() + budgetMs
    for (const [at, provider] of providers.entries()) {
      const nowMs = clock.monotonicMs()
      const shareMs = (endsAtMs - nowMs) / (providers.length - at)
      if (shareMs <= 0 || leaving.signal?.aborted) break
      const tried = await this.#askProvider(provider, leaving, nowMs + shareMs)
      if (tried === "cap_reached") return { ok: false, why: tried }
      if (tried !== "resting" && tried.ok) return tried
    }
    return { ok: false, why: "no_answer" }
  }

  /** Again while it helps and there is time for it. */
  async #askProvider<T>(
    provider: Provider,
    leaving: Leaving<T>,
    endsAtMs: number,
  ): Promise<Tried<T> | "cap_reached" | "resting"> {
    const { chance, clock } = this.#deps
    for (let tries = 1; ; tries++) {
      const tried = await this.#tryOnce(provider, leaving, endsAtMs - clock.monotonicMs())
      if (tried === "cap_reached" || tried === "resting" || tried.ok) return tried
      const waitMs = waitBefore(tries, chance(), tried.trouble)
      const isInTime = clock.monotonicMs() + waitMs < endsAtMs
      const isWanted = leaving.signal?.aborted !== true
      const isWorthIt = tried.trouble.isRetryable && tries < TRIES_MAX
      if (!isWorthIt || !isInTime || !isWanted) return tried
      await sleep(clock, waitMs)
    }
  }

  /** Through the provider's breaker, which hears what came of it whatever happens. */
  async #tryOnce<T>(
    provider: Provider,
    leaving: Leaving<T>,
    limitMs: number,
  ): Promise<Tried<T> | "cap_reached" | "resting"> {
    const nowMs = this.#deps.clock.monotonicMs()
    const passed = letThrough(this.#breakerOf(provider), nowMs)
    if (!passed) return "resting"
    this.#breakers.set(provider, passed.next)
    let went: Verdict["went"] = "undecided"
    try {
      const tried = await attempt(provider, leaving, limitMs, this.#deps)
      if (!tried) return "cap_reached"
      went = verdictOn(tried)
      return tried
    } finally {
      const verdict = { pass: passed.pass, went, nowMs: this.#deps.clock.monotonicMs() }
      this.#breakers.set(provider, settle(this.#breakerOf(provider), verdict))
    }
  }

  #breakerOf(provider: Provider): Breaker {
    return this.#breakers.get(provider) ?? closedBreaker
  }
}

/** A provider that answers nonsense is up; one that was not waited for is neither up nor down. */
function verdictOn(tried: Tried<unknown>): Verdict["went"] {
  if (tried.ok) return "well"
  switch (tried.trouble.outcome) {
    case "given_up":
      return "undecided"
    case "nonsense":
    case "declined":
    case "cut_short":
      return "well"
    default:
      return "badly"
  }
}
