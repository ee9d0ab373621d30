/** Questions to the conversation: one at a time, bridged when slow, and a person at the end. */
import type { Turn } from "../../modules/conversations/contract.ts"
import { DECIDE_MS } from "../turns/barge-in.ts"
import {
  FILLER_AFTER_MS,
  FILLER_REPLY,
  fillerLine,
  goodbyeLine,
  personLine,
  QUIET_MS_MAX,
  takenOverLine,
  WATCHDOG_MS,
} from "../turns/fillers.ts"
import { cancelTimers, type Draft, languageOf, setTimer, want } from "./draft.ts"
import {
  askedForTransfer,
  dropBridge,
  giveWay,
  giveWayPolitely,
  itemsOf,
  plainTransfer,
  play,
  yieldFloor,
} from "./speaking.ts"
import type { Ask, CallState } from "./state.ts"

/** The same question is put again so often when the conversation is out. */
const FAILURES_MAX = 4
const RETRY_MS = 800

/** Puts a question to the conversation, or keeps it until the one before is answered. */
export function submit(draft: Draft, ask: Ask): void {
  if (draft.state.phase !== "live") return
  if (ask.kind === "hear") noteCaller(draft, ask)
  putOrKeep(draft, ask)
}

function putOrKeep(draft: Draft, ask: Ask): void {
  const { state, nowMs } = draft
  const isBridged = state.utterance?.isBridged === true
  // The words that bridged the wait for the ears are said to their end.
  if (!isBridged) giveWayPolitely(draft)
  const quietMs = nowMs - (state.utterance?.pausedAtMs ?? nowMs)
  cancelTimers(draft, "silence", "endpoint", "ears", "decide", "keys")
  state.keys = ""
  state.utterance = undefined
  if (state.asking) {
    state.queued = joined(state.queued, ask)
    if (state.playing.length === 0) setTimer(draft, "filler", FILLER_AFTER_MS)
    return
  }
  const number = state.nextAsk++
  const put = isEarly(state, ask) ? { ...ask, beforeQuestion: true } : ask
  state.asking = { number, ask: put, sinceMs: nowMs, fillers: isBridged ? 1 : 0, failures: 0 }
  want(draft, { do: "ask", number, ask: put, turn: turnOf(state, put) })
  setTimer(draft, "filler", Math.max(200, Math.min(FILLER_AFTER_MS, QUIET_MS_MAX - quietMs)))
  setTimer(draft, "watchdog", WATCHDOG_MS)
}

/** Said before the question of the turn had been heard: no answer to it. */
function isEarly({ unheardQuestion }: CallState, ask: Ask): boolean {
  return ask.kind === "hear" && unheardQuestion !== undefined
}

function noteCaller(draft: Draft, ask: Ask & { kind: "hear" }): void {
  const { text, source, confidence } = ask
  const { state, nowMs } = draft
  const atMs = Math.max(0, Math.round(state.utterance?.onsetMs ?? nowMs))
  // What is said while an answer is awaited is put to the turn that comes with it.
  const turn = turnOf(state, ask) + (state.asking ? 1 : 0)
  want(draft, { do: "note", line: { who: "caller", text, atMs, source, confidence, turn } })
}

/** Words said one after the other while an answer was awaited are one saying. */
function joined(before: Ask | undefined, ask: Ask): Ask {
  if (before?.kind !== "hear" || ask.kind !== "hear") return ask
  if (before.source !== "speech" || ask.source !== "speech") return ask
  const { otherText: _, ...rest } = ask
  const confidence = Math.min(before.confidence, ask.confidence)
  return { ...rest, text: `${before.text} ${ask.text}`, confidence }
}

export function answered(draft: Draft, number: number, turn: Turn): void {
  const { state, nowMs } = draft
  if (state.phase !== "live" || state.asking?.number !== number) return
  const understandMs = Math.round(nowMs - state.asking.sinceMs)
  state.asking = undefined
  cancelTimers(draft, "filler", "watchdog", "retry")
  if (turn.recording !== (state.turn?.recording ?? true)) {
    want(draft, { do: "record", isOn: turn.recording })
  }
  state.turn = turn
  const { queued } = state
  state.queued = undefined
  const sentences = queued ? turn.say.filter((it) => it.protected) : turn.say
  const items = itemsOf(draft, sentences)
  // What is not said at all is never heard, and no item has that number.
  state.unheardQuestion = queued ? 0 : items.at(-1)?.id
  if (state.timing && items[0]) state.timing = { ...state.timing, understandMs, item: items[0].id }
  if (state.utterance && !items[0]?.sentence.protected) {
    // The caller is speaking: the answer waits until it is clear whether they mean it.
    dropBridge(draft)
    state.held = [...state.held, ...items]
    setTimer(draft, "decide", DECIDE_MS)
    return
  }
  play(draft, items)
  // The first sentence may take a while to be rendered; the words that bridge it never do.
  if (items.length > 0) setTimer(draft, "filler", FILLER_AFTER_MS)
  if (queued) return void putOrKeep(draft, queued)
  if (state.playing.length === 0) yieldFloor(draft)
}

export function unanswered(draft: Draft, number: number, isRetryable: boolean): void {
  const { state } = draft
  if (state.phase !== "live" || state.asking?.number !== number) return
  const failures = state.asking.failures + 1
  if (!isRetryable || failures >= FAILURES_MAX) return void giveUp(draft)
  state.asking = { ...state.asking, failures }
  setTimer(draft, "retry", RETRY_MS * failures)
}

export function askAgain(draft: Draft): void {
  const { state } = draft
  if (!state.asking) return
  const { number, ask } = state.asking
  want(draft, { do: "ask", number, ask, turn: turnOf(state, ask) })
}

/** The turn a question answers; a transfer that came back knows its own. */
function turnOf(state: CallState, ask: Ask): number {
  return ask.kind === "transferEnded" ? ask.turn : (state.turn?.turn ?? 0)
}

/** The answer takes long: a few words, unless somebody is speaking. */
export function fillSilence(draft: Draft): void {
  const { state } = draft
  // Nothing is said before the greeting, which says what speaks and that it is recorded.
  if (isWaitingForVoice(state)) return void (state.firstSpeechMs !== undefined && sayFirst(draft))
  if (!state.asking || state.playing.length > 0) return
  if (!state.turn || state.utterance || state.held.length > 0) {
    setTimer(draft, "filler", FILLER_AFTER_MS)
    return
  }
  const { fillers } = state.asking
  state.asking = { ...state.asking, fillers: fillers + 1 }
  play(draft, itemsOf(draft, [fillerLine(languageOf(state), fillers)]))
}

/** An answer is there, and nothing of it sounds yet. */
function isWaitingForVoice({ asking, playing }: CallState): boolean {
  const first = playing[0]
  if (asking || !first || first.heardMs > 0) return false
  return first.startedAtMs === undefined && first.sentence.reply !== FILLER_REPLY
}

function sayFirst(draft: Draft): void {
  const { state } = draft
  const items = itemsOf(draft, [fillerLine(languageOf(state), 0)])
  state.playing = [...items, ...state.playing]
  want(draft, { do: "play", items, isNext: true })
}

/** The machine has failed the caller: a person, and if even that failed, an honest goodbye. */
export function giveUp(draft: Draft): void {
  const { state } = draft
  const language = languageOf(state)
  const hasTriedPerson = state.hasGivenUp || state.asking?.ask.kind === "transferEnded"
  dropEverything(draft)
  state.hasGivenUp = true
  state.turn = hasTriedPerson
    ? { ...lastTurn(state), next: "hang_up" }
    : { ...lastTurn(state), next: "transfer", transfer: plainTransfer }
  play(draft, itemsOf(draft, [hasTriedPerson ? goodbyeLine(language) : personLine(language)]))
}

/** Whoever took the call over speaks with the caller as soon as their telephone is picked up. */
export function handOver(draft: Draft): void {
  const { state } = draft
  if (state.phase !== "live") return
  dropEverything(draft)
  state.turn = { ...lastTurn(state), next: "transfer", transfer: askedForTransfer }
  play(draft, itemsOf(draft, [takenOverLine(languageOf(state))]))
}

function dropEverything(draft: Draft): void {
  const { state } = draft
  giveWay(draft)
  state.asking = undefined
  state.queued = undefined
  state.utterance = undefined
  cancelTimers(draft, "filler", "watchdog", "retry", "endpoint", "ears", "silence", "keys")
}

function lastTurn(state: CallState): Turn {
  return (
    state.turn ?? {
      turn: 0,
      say: [],
      expect: "request",
      vocabulary: [],
      next: "listen",
      recording: true,
      language: "en",
    }
  )
}
