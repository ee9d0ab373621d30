/** One step of a call in the making: a copy of the state that may change, and what is wanted. */
import type { Expect, Language } from "../../intent/contract.ts"
import type { CallState, Effect, TimerName } from "./state.ts"

export interface Draft {
  state: { -readonly [K in keyof CallState]: CallState[K] }
  readonly effects: Effect[]
  readonly nowMs: number
}

export function want(draft: Draft, effect: Effect): void {
  draft.effects.push(effect)
}

export function setTimer(draft: Draft, timer: TimerName, afterMs: number): void {
  want(draft, { do: "timer", timer, afterMs: Math.max(0, Math.round(afterMs)) })
}

export function cancelTimers(draft: Draft, ...timers: readonly TimerName[]): void {
  for (const timer of timers) want(draft, { do: "cancel", timer })
}

export function expectOf(state: CallState): Expect {
  if (state.turn?.next === "take_message") return "message"
  return state.turn?.expect ?? "request"
}

export function languageOf(state: CallState): Language {
  return state.turn?.language ?? "en"
}
