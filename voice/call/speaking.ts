/** The agent's side of a call: what plays, what was cut off, and whose turn it is afterwards. */
import type { Sentence } from "../../intent/contract.ts"
import { FIRST_SPEECH_MS } from "../turns/echo.ts"
import { FILLER_GAP_MS, FILLER_REPLY } from "../turns/fillers.ts"
import { heardText } from "../turns/ledger.ts"
import { silenceMs } from "../turns/silence.ts"
import { cancelTimers, type Draft, expectOf, setTimer, want } from "./draft.ts"
import { type CallState, type Item, newItem } from "./state.ts"

/** Sentences kept for the echo guard. */
const OWN_SPEECH_MAX = 4

/** Takes sentences into the call without playing them yet. */
export function itemsOf(draft: Draft, sentences: readonly Sentence[]): readonly Item[] {
  return sentences.map((sentence) => newItem(draft.state.nextItem++, sentence))
}

export function play(draft: Draft, items: readonly Item[]): void {
  if (items.length === 0) return
  draft.state.playing = [...draft.state.playing, ...items]
  cancelTimers(draft, "silence")
  want(draft, { do: "play", items })
}

/** The caller made a sound: fall silent, and keep the rest until it is clear what it was. */
export function hold(draft: Draft): void {
  const { state } = draft
  if (state.playing.length === 0) return
  want(draft, { do: "clear" })
  state.held = state.playing
  state.playing = []
}

/** It was nothing: go on where the caller last heard us. */
export function resume(draft: Draft): void {
  const { state } = draft
  const rest = state.held
  state.held = []
  cancelTimers(draft, "decide")
  play(draft, rest)
}

/** The answer is there: words that bridged the wait for it are not gone on with. */
export function dropBridge(draft: Draft): void {
  const { state } = draft
  const isBridge = ({ sentence }: Item) => sentence.reply === FILLER_REPLY
  for (const item of state.held.filter(isBridge)) noteCutOff(draft, item)
  state.held = state.held.filter((item) => !isBridge(item))
}

/** The caller has the floor: what was not heard is not said. */
export function giveWay(draft: Draft): void {
  const { state } = draft
  if (state.playing.length > 0) want(draft, { do: "clear" })
  for (const item of [...state.playing, ...state.held]) noteCutOff(draft, item)
  state.playing = []
  state.held = []
  cancelTimers(draft, "decide")
}

/** Gives way, but lets protected sentences be heard, and the one before them to its end. */
export function giveWayPolitely(draft: Draft): void {
  const { state } = draft
  const owed = state.held.filter(({ sentence }) => sentence.protected)
  state.held = state.held.filter(({ sentence }) => !sentence.protected)
  if (isProtected(state)) dropUnprotected(draft)
  else giveWay(draft)
  play(draft, owed)
}

function dropUnprotected(draft: Draft): void {
  const { state } = draft
  const isKept = ({ sentence }: Item, at: number) => at === 0 || sentence.protected
  const left = state.playing.filter((item, at) => !isKept(item, at))
  state.playing = state.playing.filter(isKept)
  if (left.length > 0) want(draft, { do: "drop", items: left.map(({ id }) => id) })
  // What was held is not said any more: nobody would decide about it, and the floor be nobody's.
  for (const item of state.held) noteCutOff(draft, item)
  state.held = []
  cancelTimers(draft, "decide")
}

/** Whether a sound may silence the agent now. */
export function mayInterrupt(draft: Draft): boolean {
  const { state, nowMs } = draft
  if (state.playing.length === 0 || isProtected(state)) return false
  const spokenMs = nowMs - (state.firstSpeechMs ?? nowMs)
  return spokenMs >= FIRST_SPEECH_MS || expectOf(state) === "yes_no"
}

/** Something must still be heard, now or next: until then nothing is cut off. */
function isProtected(state: CallState): boolean {
  return state.playing.some(({ sentence }) => sentence.protected)
}

export function started(draft: Draft, id: number): void {
  const { state, nowMs } = draft
  if (!state.asking) cancelTimers(draft, "filler")
  state.firstSpeechMs ??= nowMs
  if (state.unheardQuestion === id) state.unheardQuestion = undefined
  state.playing = state.playing.map((item) =>
    item.id === id && item.startedAtMs === undefined ? { ...item, startedAtMs: nowMs } : item,
  )
  if (state.timing?.item !== id) return
  const { item: _, ...timing } = state.timing
  want(draft, { do: "timed", timing, firstAudioMs: Math.round(nowMs - timing.pausedAtMs) })
  state.timing = undefined
}

export function played(
  draft: Draft,
  heard: { item: number; ms: number; totalMs?: number; isLast: boolean },
): void {
  const { state } = draft
  const item = state.playing.find(({ id }) => id === heard.item)
  if (!item) return
  if (!heard.isLast) {
    const newer = { ...item, heardMs: heard.ms, totalMs: heard.totalMs ?? item.totalMs }
    state.playing = state.playing.map((it) => (it === item ? newer : it))
    return
  }
  state.playing = state.playing.filter((it) => it !== item)
  state.ownSpeech = [...state.ownSpeech, item.sentence.spoken].slice(-OWN_SPEECH_MAX)
  note(draft, item, item.sentence.text, false)
  if (state.playing.length === 0 && state.held.length === 0) yieldFloor(draft)
}

/** All has been said: whose turn is it? */
export function yieldFloor(draft: Draft): void {
  const { state } = draft
  if (state.asking) return void setTimer(draft, "filler", FILLER_GAP_MS)
  const turn = state.turn
  if (!turn) return
  switch (turn.next) {
    case "listen":
    case "take_message":
      if (!state.utterance) setTimer(draft, "silence", silenceMs(expectOf(state), turn.isWaiting))
      break
    case "transfer":
      state.phase = "transferring"
      want(draft, { do: "transfer", transfer: turn.transfer ?? plainTransfer })
      break
    case "hang_up":
      state.phase = "ended"
      want(draft, { do: "leave", reason: "agent_ended" })
      break
  }
}

/** What the person is told when the conversation itself could not say. */
export const plainTransfer = {
  to: "pharmacist",
  whisper: "A caller is waiting. The phone assistant could not help them.",
  isEmergency: false,
} as const

/** What the person hears who took the call over at the screen. */
export const askedForTransfer = {
  to: "pharmacist",
  whisper: "This is the call you took over at the screen.",
  isEmergency: false,
} as const

/** What the agent is saying or was just saying: what an echo would sound like. */
export function ownSpeech(state: CallState): readonly string[] {
  const current = [...state.held, ...state.playing].slice(0, 2)
  return [...state.ownSpeech, ...current.map(({ sentence }) => sentence.spoken)]
}

export function noteCutOff(draft: Draft, item: Item): void {
  const text = heardText(item.sentence.text, item.heardMs, item.totalMs)
  if (item.heardMs > 0 && text !== "") note(draft, item, text, true)
}

function note(draft: Draft, item: Item, text: string, cutOff: boolean): void {
  const atMs = Math.max(0, Math.round(item.startedAtMs ?? draft.nowMs))
  const line = { who: "agent", text, atMs, source: "agent" } as const
  want(draft, { do: "note", line: cutOff ? { ...line, cutOff } : line })
}
