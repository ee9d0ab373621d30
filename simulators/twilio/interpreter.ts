/**
 * Carries out TwiML on one leg of a call: document after document, verb after verb, until nothing
 * is left to do, someone hangs up, or a REST update puts another document in place.
 */
import { untilAborted } from "./clock.ts"
import { callParams, type Exchange } from "./exchange.ts"
import { HungUp, type Leg } from "./leg.ts"
import type { Instructions, Scene } from "./scene.ts"
import type { Params } from "./signature.ts"
import { readTwiml, TwimlError } from "./twiml.ts"
import { perform } from "./verbs.ts"
import { WebhookFailure } from "./webhook.ts"

export interface Fallback {
  readonly url: string
  readonly method: string
}

/** Enough for any call; an application that redirects to itself for ever is stopped here. */
const documentsMax = 500

class Replaced extends Error {
  readonly load: () => Promise<Instructions>

  constructor(load: () => Promise<Instructions>) {
    super("another document was put in place")
    this.load = load
  }
}

export class Interpreter {
  readonly #leg: Leg
  readonly #exchange: Exchange
  #fallback: Fallback | undefined
  #interrupt = new AbortController()
  #url = ""

  constructor(leg: Leg, exchange: Exchange, fallback?: Fallback) {
    this.#leg = leg
    this.#exchange = exchange
    this.#fallback = fallback
  }

  /** Carries out what this address answers, and all that follows from it. */
  async run(load: () => Promise<Instructions>): Promise<"finished" | "hungUp"> {
    let next: (() => Promise<Instructions>) | undefined = load
    for (let count = 0; next && !this.#leg.isOver && count < documentsMax; count++)
      next = await this.#obey(next)
    return this.#leg.isOver ? "hungUp" : "finished"
  }

  /** Drops what is being done and goes on with another document. */
  replace(load: () => Promise<Instructions>, fallback?: Fallback): void {
    if (fallback) this.#fallback = fallback
    this.#interrupt.abort(new Replaced(load))
  }

  /** Asks the application for a document, signed, with what every request about a call carries. */
  async fetch(url: string, method = "POST", params: Params = {}): Promise<Instructions> {
    const { timeline } = this.#leg
    timeline.note("webhook", url)
    this.#url = url
    const all = { ...callParams(this.#exchange, this.#leg), ...params }
    const reply = await this.#exchange.request(url, method, all)
    if (!/xml/.test(reply.contentType)) throw new TwimlError("12300", "not answered with XML")
    return { verbs: readTwiml(reply.body.toString("utf8")), url }
  }

  async #obey(
    load: () => Promise<Instructions>,
  ): Promise<(() => Promise<Instructions>) | undefined> {
    this.#interrupt = new AbortController()
    const signal = AbortSignal.any([this.#leg.hungUp, this.#interrupt.signal])
    try {
      const { verbs, url } = await untilAborted(load(), signal)
      for (const verb of verbs) {
        const next = await perform(verb, this.#scene(signal, url))
        signal.throwIfAborted()
        if (next) return () => Promise.resolve(next)
      }
      return undefined
    } catch (reason) {
      return this.#afterTrouble(reason)
    }
  }

  #afterTrouble(reason: unknown): (() => Promise<Instructions>) | undefined {
    if (reason instanceof Replaced) return reason.load
    if (reason instanceof HungUp) return undefined
    if (!(reason instanceof WebhookFailure || reason instanceof TwimlError)) throw reason
    const fallback = this.#fallback
    this.#fallback = undefined
    this.#leg.timeline.note("fallback", reason.code)
    if (!fallback) {
      this.#leg.end("failed", "agent")
      return undefined
    }
    const params = { ErrorCode: reason.code, ErrorUrl: this.#url }
    return () => this.fetch(fallback.url, fallback.method, params)
  }

  #scene(signal: AbortSignal, url: string): Scene {
    const leg = this.#leg
    const exchange = this.#exchange
    const absolute = (to: string): string => new URL(to, url).href
    return {
      leg,
      exchange,
      signal,
      url,
      absolute,
      conduct: (other, to, method) => {
        const interpreter = new Interpreter(other, exchange)
        return interpreter.run(() => interpreter.fetch(absolute(to), method))
      },
      fetch: (to, method, params) => untilAborted(this.fetch(absolute(to), method, params), signal),
      notify: (to, method = "POST", params) =>
        exchange.notify(absolute(to), method, { ...callParams(exchange, leg), ...params }),
    }
  }
}
