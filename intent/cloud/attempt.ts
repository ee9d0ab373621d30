/**
 * One question to one provider, once: money set aside, every byte written down, time limited, the
 * answer checked and turned back into names. What comes back is an answer or the trouble.
 */
import type { Clock } from "#core/clock.ts"
import type { DeparturesPort } from "#core/ports.ts"
import type { Mapping, reidentify } from "../anonymiser/anonymise.ts"
import type { DayBook } from "./day-book.ts"
import { Door } from "./departure.ts"
import { Patience } from "./patience.ts"
import { costMicroDollars } from "./prices.ts"
import type { Prompt, Provider, Told } from "./provider.ts"
import { cut, type Trouble, troubleOf, unusable } from "./trouble.ts"

/** A question that is ready to leave. */
export interface Leaving<T> {
  readonly purpose: string
  readonly patient?: string
  /** Holds no identifier any more. */
  readonly prompt: Prompt
  readonly mapping: Mapping
  readonly departures: DeparturesPort
  readonly signal?: AbortSignal
  /** Makes something of the answer; undefined when it is nonsense. */
  read(answer: string, back: PutBack): T | undefined
}

/** Names and numbers put back into one text; undefined with a placeholder nobody gave out. */
export type PutBack = (text: string) => string | undefined

export interface AttemptDeps {
  readonly clock: Clock
  readonly dayBook: DayBook
  readonly reidentify: typeof reidentify
}

export type Tried<T> =
  | { readonly ok: true; readonly value: T }
  | { readonly ok: false; readonly trouble: Trouble }

/** Undefined when the day has not that much money left: nothing left the house. */
export async function attempt<T>(
  provider: Provider,
  leaving: Leaving<T>,
  limitMs: number,
  deps: AttemptDeps,
): Promise<Tried<T> | undefined> {
  const { purpose, patient, prompt, departures } = leaving
  const most = costMicroDollars(provider.price, mostTokensOf(prompt))
  const aside = await deps.dayBook.setAside(most)
  if (!aside) return undefined
  const about = { to: provider.name, model: provider.model, purpose }
  const door = new Door(departures, { ...about, ...(patient === undefined ? {} : { patient }) })
  const came = await exchange({ provider, leaving, door, limitMs }, deps.clock)
  const tried = "told" in came ? judge(came.told, leaving, deps) : { ok: false as const, ...came }
  const cost = "told" in came ? costOf(came.told, provider, most) : came.trouble.mayCost ? most : 0
  await deps.dayBook.settle(aside, cost)
  const outcome = tried.ok ? "answered" : tried.trouble.outcome
  await door.settle({ outcome, costMicroDollars: cost })
  return tried
}

/** What a provider adds to a prompt of its own, generously. */
const OVERHEAD_TOKENS = 500

/** No token is shorter than a byte. */
function mostTokensOf({ instructions, text, schema, maxOutputTokens }: Prompt) {
  const written = instructions + text + (schema ? JSON.stringify(schema) : "")
  const inputTokens = Buffer.byteLength(written) + OVERHEAD_TOKENS
  return { inputTokens, outputTokens: maxOutputTokens }
}

/** An answer that was cut off does not say what it cost. */
function costOf({ ended, usage }: Told, { price }: Provider, most: number): number {
  return ended === "cut" || usage.inputTokens === 0 ? most : costMicroDollars(price, usage)
}

interface Exchange {
  readonly provider: Provider
  readonly leaving: Pick<Leaving<unknown>, "prompt" | "signal">
  readonly door: Door
  readonly limitMs: number
}

type Came = { readonly told: Told } | { readonly trouble: Trouble }

async function exchange(
  { provider, leaving, door, limitMs }: Exchange,
  clock: Clock,
): Promise<Came> {
  using patience = new Patience(clock, limitMs, leaving.signal)
  const { signal, heard } = patience
  try {
    return { told: await provider.ask(leaving.prompt, { fetch: door.fetch, signal, heard }) }
  } catch (error) {
    door.assertWritten()
    const stopped = { isRetryable: false, mayCost: true }
    if (patience.isOver) return { trouble: { outcome: "too_slow", ...stopped } }
    if (signal.aborted) return { trouble: { outcome: "given_up", ...stopped } }
    return { trouble: troubleOf(error, clock.nowMs()) }
  }
}

/** A free text gets its names back here; of JSON, whoever asked says which of its texts do. */
function judge<T>(told: Told, leaving: Leaving<T>, { reidentify }: AttemptDeps): Tried<T> {
  const { prompt, mapping } = leaving
  if (told.ended === "cut") return { ok: false, trouble: cut }
  if (told.ended !== "whole") return { ok: false, trouble: unusable(told.ended) }
  const back: PutBack = (text) => {
    const put = reidentify(text, mapping)
    return put.ok ? put.text : undefined
  }
  const answer = prompt.schema ? told.text : back(told.text)
  const value = answer === undefined ? undefined : leaving.read(answer, back)
  return value === undefined ? { ok: false, trouble: unusable("nonsense") } : { ok: true, value }
}
