/**
 * One call as a state machine: what happens goes in, what is to be done comes out. It owns no
 * timer, reads no clock and touches no wire: the same machine runs on the telephone and in a test.
 */
import {
  answered,
  askAgain,
  fillSilence,
  giveUp,
  handOver,
  submit,
  unanswered,
} from "./call/asking.ts"
import type { Draft } from "./call/draft.ts"
import { want } from "./call/draft.ts"
import {
  decide,
  earsAreLate,
  endAnyhow,
  hear,
  key,
  onset,
  pause,
  submitKeys,
  takeTurn,
  typed,
} from "./call/listening.ts"
import { noteCutOff, played, started } from "./call/speaking.ts"
import type { CallEvent, CallState, Effect, Left, TimerName } from "./call/state.ts"

export interface Step {
  readonly state: CallState
  readonly effects: readonly Effect[]
}

/** What a call becomes when something happens, and what it wants done. */
export function step(state: CallState, event: CallEvent, nowMs: number): Step {
  const draft: Draft = { state: { ...state }, effects: [], nowMs }
  switch (event.kind) {
    case "begin":
      submit(draft, event.ask)
      break
    case "answered":
      answered(draft, event.number, event.turn)
      break
    case "unanswered":
      unanswered(draft, event.number, event.isRetryable)
      break
    case "onset":
      onset(draft, event.atMs)
      break
    case "pause":
      pause(draft, event.atMs, event.speechMs)
      break
    case "ear":
      hear(draft, event)
      break
    case "typed":
      typed(draft, event.text)
      break
    case "key":
      key(draft, event.key)
      break
    case "started":
      started(draft, event.item)
      break
    case "played":
      played(draft, event)
      break
    case "timer":
      ring(draft, event.timer)
      break
    case "takenOver":
      handOver(draft)
      break
    case "gone":
      leave(draft, event.reason)
      break
  }
  return { state: draft.state, effects: draft.effects }
}

function ring(draft: Draft, timer: TimerName): void {
  if (draft.state.phase !== "live") return
  switch (timer) {
    case "endpoint":
      return void takeTurn(draft)
    case "ears":
      return void earsAreLate(draft)
    case "utterance":
      return void endAnyhow(draft)
    case "decide":
      return void decide(draft)
    case "silence":
      return void saySilence(draft)
    case "keys":
      return void submitKeys(draft)
    case "filler":
      return void fillSilence(draft)
    case "retry":
      return void askAgain(draft)
    case "watchdog":
      return void giveUp(draft)
  }
}

function saySilence(draft: Draft): void {
  const { utterance, asking, playing, keys } = draft.state
  if (utterance || asking || playing.length > 0 || keys !== "") return
  submit(draft, { kind: "silence", silence: "silent" })
}

function leave(draft: Draft, reason: Left): void {
  const { state } = draft
  if (state.phase === "ended") return
  for (const item of [...state.playing, ...state.held]) noteCutOff(draft, item)
  state.phase = "ended"
  want(draft, { do: "leave", reason })
}
