/** The caller's side of a call: speech with its pauses, two ears, and the keypad. */
import {
  asSpanish,
  type Hearing,
  mayBeSpanish,
  needsBothEars,
  needsCarefulEar,
  promptFor,
  settle,
} from "../turns/agreement.ts"
import { DECIDE_MS, judge } from "../turns/barge-in.ts"
import { waitMs } from "../turns/endpointing.ts"
import { fillerLine } from "../turns/fillers.ts"
import { LEAD_MS } from "../turns/gate.ts"
import { afterKey, KEYS_MAX, keysText } from "../turns/keypad.ts"
import { submit } from "./asking.ts"
import { cancelTimers, type Draft, expectOf, languageOf, setTimer, want } from "./draft.ts"
import {
  giveWayPolitely,
  hold,
  itemsOf,
  mayInterrupt,
  ownSpeech,
  play,
  resume,
  yieldFloor,
} from "./speaking.ts"
import type { Ear, Utterance } from "./state.ts"

/** After the turn is over, the first ear may take so much longer. */
const EAR_MS_MAX = 2_000
/** With one ear's words there, the other one has until so long after the pause, or a bit. */
const BOTH_EARS_MS_MAX = 1_600
const BOTH_EARS_MS_MIN = 300
/** And so much more once the wait is bridged with a few words. */
const LATE_EAR_MS_MAX = 2_500
/** To hear whether it was Spanish takes twice as long as to hear it. */
const SPANISH_MS_MAX = 3_500
/** A sound that short and without words was no attempt to speak. */
const ATTEMPT_MS_MIN = 400
/** So many turns into a call it is open which language the caller speaks. */
const FIRST_TURNS = 3
/** A sound so short, while the agent speaks, is made out by both ears: "Gray" was "okay". */
const SHORT_MS_MAX = 700
/** A speaker breathes sooner; what sounds on is the place they call from. */
const UTTERANCE_MS_MAX = 20_000
/** Audio kept after the voice stopped: the end of a word is quiet. */
const TAIL_MS = 120

export function onset(draft: Draft, atMs: number): void {
  const { state } = draft
  if (state.phase !== "live") return
  cancelTimers(draft, "silence", "endpoint", "ears")
  const going = state.utterance
  if (going) {
    forget(draft, going)
    const take = state.nextTake++
    state.utterance = { ...going, take, pausedAtMs: undefined, overAtMs: undefined, ...unheard }
  } else {
    const take = state.nextTake++
    state.utterance = { onsetMs: atMs, speechMs: 0, take, ...unheard, ...sounding }
    setTimer(draft, "utterance", UTTERANCE_MS_MAX)
  }
  if (!mayInterrupt(draft)) return
  hold(draft)
  setTimer(draft, "decide", DECIDE_MS)
}

const unheard = {
  ...{ quick: undefined, careful: undefined, spanish: undefined },
  isDoubted: false,
} as const
const sounding = { pausedAtMs: undefined, overAtMs: undefined, isBridged: false } as const

export function pause(draft: Draft, atMs: number, speechMs: number): void {
  const { state } = draft
  const before = state.utterance
  if (before?.overAtMs !== undefined) return
  if (!before || state.phase !== "live") return
  const utterance = { ...before, pausedAtMs: atMs, speechMs: before.speechMs + speechMs }
  state.utterance = utterance
  const expect = expectOf(state)
  const isBoth = needsBothEars(expect, languageOf(state))
  listen(draft, utterance, isBoth ? ["quick", "careful"] : ["quick"])
  setTimer(draft, "endpoint", waitMs(expect, undefined) - (draft.nowMs - atMs))
}

function listen(draft: Draft, utterance: Utterance, ears: readonly Ear[]): void {
  const { state, nowMs } = draft
  const prompt = promptFor(expectOf(state), vocabularyOf(draft), languageOf(state))
  want(draft, {
    do: "transcribe",
    take: utterance.take,
    ears,
    fromMs: Math.max(0, utterance.onsetMs - LEAD_MS),
    untilMs: (utterance.pausedAtMs ?? nowMs) + TAIL_MS,
    hasSpeech: state.held.length === 0 && state.playing.length === 0,
    ...(prompt === undefined ? {} : { prompt }),
  })
}

function vocabularyOf(draft: Draft): readonly string[] {
  return draft.state.turn?.vocabulary ?? []
}

export function hear(draft: Draft, result: { ear: Ear; take: number; text: string | null }): void {
  const { state } = draft
  if (state.utterance?.take !== result.take || state.phase !== "live") return
  state.utterance = { ...state.utterance, [result.ear]: result.text }
  if (result.ear === "spanish") return void finish(draft)
  // In a language that the quick ear does not know, its silence alone means something.
  const leading: Ear = languageOf(state) === "en" ? "quick" : "careful"
  if (result.ear === "quick" && leading !== "quick") {
    if (result.text === "" && isAgentTalking(draft)) dismiss(draft)
    else finishWhenHeard(draft)
    return
  }
  if (isDoubtful(draft, result.ear)) return void listenTwice(draft, state.utterance)
  const isTold = result.ear === leading || isShort(draft)
  const { quick, careful } = state.utterance
  if (isTold && !isMeant(draft, careful || quick || "")) return void dismiss(draft)
  if (result.ear === "quick") alsoListenCarefully(draft, state.utterance, result.text)
  if (result.ear === leading && state.utterance.overAtMs === undefined) {
    const pausedAtMs = state.utterance.pausedAtMs ?? draft.nowMs
    const wait = waitMs(expectOf(state), result.text ?? undefined) - (draft.nowMs - pausedAtMs)
    if (wait > 0) return void setTimer(draft, "endpoint", wait)
    return void takeTurn(draft)
  }
  finishWhenHeard(draft)
}

/** A short sound while the agent speaks, in the language that both ears know. */
function isShort(draft: Draft): boolean {
  const { utterance } = draft.state
  const isSo = utterance !== undefined && utterance.speechMs <= SHORT_MS_MAX
  return isSo && languageOf(draft.state) === "en" && isAgentTalking(draft)
}

/** The quick ear heard words in it, and the careful one has not told yet. */
function isDoubtful(draft: Draft, ear: Ear): boolean {
  const { quick, careful } = draft.state.utterance ?? {}
  const isOpen = ear === "quick" && careful === undefined && isShort(draft)
  return isOpen && verdictOn(draft, quick ?? "") === "words"
}

/** Until the other ear has told, the agent is quiet and gives nothing up. */
function listenTwice(draft: Draft, utterance: Utterance): void {
  const isAsked = needsBothEars(expectOf(draft.state), languageOf(draft.state))
  if (!isAsked) listen(draft, utterance, ["careful"])
}

/** The quick ear alone was asked, and what it wrote is too much for it. */
function alsoListenCarefully(draft: Draft, utterance: Utterance, quick: string | null): void {
  const expect = expectOf(draft.state)
  const language = languageOf(draft.state)
  if (needsBothEars(expect, language)) return
  if (needsCarefulEar(expect, quick, language)) listen(draft, utterance, ["careful"])
}

function isAgentTalking({ state }: Draft): boolean {
  return state.held.length > 0 || state.playing.length > 0
}

/** While the agent speaks or was cut off: do these words claim the floor? */
function isMeant(draft: Draft, text: string): boolean {
  if (!isAgentTalking(draft)) return true
  const isWords = verdictOn(draft, text) === "words"
  if (isWords && draft.state.held.length > 0) giveWayPolitely(draft)
  return isWords
}

function verdictOn({ state }: Draft, text: string): "nothing" | "words" {
  const isQuestionReached = state.held.length + state.playing.length === 1
  return judge({ text, expect: expectOf(state), isQuestionReached, ownSpeech: ownSpeech(state) })
}

/** The sound was nothing: the agent goes on. */
function dismiss(draft: Draft): void {
  const { state } = draft
  if (state.utterance) forget(draft, state.utterance)
  state.utterance = undefined
  cancelTimers(draft, "endpoint", "ears")
  if (state.held.length > 0) resume(draft)
}

/** Two seconds after the sound: who still speaks means it. */
export function decide(draft: Draft): void {
  const { state } = draft
  if (state.held.length === 0) return
  const isSpeaking = state.utterance !== undefined && state.utterance.pausedAtMs === undefined
  if (isSpeaking || state.utterance?.quick) giveWayPolitely(draft)
  else resume(draft)
}

/** Noise has no end: what was heard until now is the utterance, and the caller gets an answer. */
export function endAnyhow(draft: Draft): void {
  const { utterance } = draft.state
  if (utterance === undefined || utterance.pausedAtMs !== undefined) return
  pause(draft, draft.nowMs, draft.nowMs - utterance.onsetMs - utterance.speechMs)
  takeTurn(draft)
}

/** The caller is done, or has paused for as long as anybody may. */
export function takeTurn(draft: Draft): void {
  const { state } = draft
  const { utterance } = state
  if (utterance?.pausedAtMs === undefined || utterance.overAtMs !== undefined) return
  cancelTimers(draft, "endpoint")
  state.utterance = { ...utterance, overAtMs: draft.nowMs }
  const left = BOTH_EARS_MS_MAX - (draft.nowMs - utterance.pausedAtMs)
  const isOneThere = typeof utterance.quick === "string" && languageOf(state) === "en"
  setTimer(draft, "ears", isOneThere ? Math.max(BOTH_EARS_MS_MIN, left) : EAR_MS_MAX)
  finishWhenHeard(draft)
}

function finishWhenHeard(draft: Draft): void {
  const utterance = draft.state.utterance
  if (utterance?.overAtMs === undefined || utterance.quick === undefined) return
  const { state } = draft
  const isNeeded = needsCarefulEar(expectOf(state), utterance.quick, languageOf(state))
  if (isNeeded && utterance.careful === undefined) return
  const hearing = hearingOf(draft, utterance)
  const isLanguageOpen = (state.turn?.turn ?? 0) <= FIRST_TURNS
  if (!utterance.isDoubted && isNeeded && mayBeSpanish(hearing, isLanguageOpen))
    return void doubt(draft, utterance)
  finish(draft)
}

/** The ears heard nothing alike: perhaps it was no English. That is worth a moment, bridged. */
function doubt(draft: Draft, utterance: Utterance): void {
  const { state } = draft
  if (state.asking) return void finish(draft)
  const isBridged = !isAgentTalking(draft)
  state.utterance = { ...utterance, isDoubted: true, isBridged }
  listen(draft, utterance, ["spanish"])
  if (isBridged) play(draft, itemsOf(draft, [fillerLine(languageOf(state), 0)]))
  setTimer(draft, "ears", SPANISH_MS_MAX)
}

function hearingOf(draft: Draft, utterance: Utterance): Hearing {
  return {
    quick: utterance.quick ?? undefined,
    careful: utterance.careful ?? undefined,
    speechMs: utterance.speechMs,
    expect: expectOf(draft.state),
    vocabulary: vocabularyOf(draft),
    language: languageOf(draft.state),
  }
}

/** The ears had their time. Words that count are worth a few more seconds, not spent in silence. */
export function earsAreLate(draft: Draft): void {
  const { state } = draft
  const { utterance } = state
  const isCarefulMissing = Boolean(utterance?.quick) && utterance?.careful === undefined
  const isSpeaking = state.playing.length > 0 || state.held.length > 0
  if (!utterance || !isCarefulMissing || utterance.isBridged || isSpeaking || state.asking) {
    return void finish(draft)
  }
  state.utterance = { ...utterance, isBridged: true }
  play(draft, itemsOf(draft, [fillerLine(languageOf(state), 0)]))
  setTimer(draft, "ears", LATE_EAR_MS_MAX)
}

/** Takes the utterance with what the ears have by now. */
export function finish(draft: Draft): void {
  const { state, nowMs } = draft
  const utterance = state.utterance
  if (utterance?.pausedAtMs === undefined) return
  cancelTimers(draft, "ears")
  const { spanish } = utterance
  const settled = spanish ? asSpanish(spanish) : settle(hearingOf(draft, utterance))
  forget(draft, utterance)
  if (!settled) return void nothingHeard(draft, utterance)
  const overAtMs = utterance.overAtMs ?? nowMs
  state.timing = {
    pausedAtMs: utterance.pausedAtMs,
    endpointMs: Math.max(0, Math.round(overAtMs - utterance.pausedAtMs)),
    transcribeMs: Math.max(0, Math.round(nowMs - overAtMs)),
    understandMs: 0,
    item: 0,
  }
  const audio = {
    fromMs: Math.max(0, Math.round(utterance.onsetMs - LEAD_MS)),
    untilMs: Math.round(utterance.pausedAtMs + TAIL_MS),
  }
  submit(draft, { kind: "hear", source: "speech", ...settled, audio })
}

function nothingHeard(draft: Draft, utterance: Utterance): void {
  const { state } = draft
  state.utterance = undefined
  if (state.held.length > 0) return void resume(draft)
  if (state.playing.length > 0 || state.asking) return
  if (utterance.speechMs < ATTEMPT_MS_MIN) return void yieldFloor(draft)
  submit(draft, { kind: "silence", silence: "unintelligible" })
}

export function typed(draft: Draft, text: string): void {
  if (draft.state.phase !== "live") return
  dropUtterance(draft)
  submit(draft, { kind: "hear", source: "typed", text, confidence: 1 })
}

export function key(draft: Draft, digit: string): void {
  const { state } = draft
  if (state.phase !== "live" || state.keys.length >= KEYS_MAX) return
  dropUtterance(draft)
  giveWayPolitely(draft)
  cancelTimers(draft, "silence")
  state.keys += digit
  const next = afterKey(state.keys, expectOf(state))
  if (next.isComplete) return void submitKeys(draft)
  setTimer(draft, "keys", next.waitMs)
}

export function submitKeys(draft: Draft): void {
  const text = keysText(draft.state.keys)
  if (text === "") return
  submit(draft, { kind: "hear", source: "keys", text, confidence: 1 })
}

function dropUtterance(draft: Draft): void {
  const { state } = draft
  if (state.utterance) forget(draft, state.utterance)
  state.utterance = undefined
  cancelTimers(draft, "endpoint", "ears", "decide")
}

function forget(draft: Draft, utterance: Utterance): void {
  if (utterance.pausedAtMs !== undefined) want(draft, { do: "forget", take: utterance.take })
}
