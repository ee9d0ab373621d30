/** The backstage, as the rest of the house provides it. Nothing here throws into a call. */

import type { Context } from "#core/module.ts"
import { calls } from "../modules/calls/contract.ts"
import { conversations } from "../modules/conversations/contract.ts"
import { insurance } from "../modules/insurance/contract.ts"
import { messaging } from "../modules/messaging/contract.ts"
import { recordings } from "../modules/recordings/contract.ts"
import { transcripts } from "../modules/transcripts/contract.ts"
import { askConversation, type CallConversation } from "./ask.ts"
import type { Backstage, PhotoTaken } from "./backstage.ts"
import type { voice } from "./contract.ts"
import type { KeptCall } from "./kept.ts"
import type { VoiceNeeds } from "./needs.ts"

/** A little less than the caller's patience, so that an answer still reaches them. */
const ASK_MS_MAX = 9_000
const WRITE_MS_MAX = 5_000
/** A text may take its time: what comes late goes out over REST. */
const TEXT_MS_MAX = 60_000

export type VoiceContext = Context<typeof voice, VoiceNeeds>

/** Everything a call asks of other modules. */
export function backstageOf(context: VoiceContext): Backstage {
  const write = { deadlineMs: WRITE_MS_MAX }
  const quietly = async (what: string, act: () => Promise<unknown>): Promise<void> => {
    try {
      await act()
    } catch {
      context.log.warn("something about a call could not be written", { what })
    }
  }
  return {
    begin: (call) => quietly("begin", () => context.call(calls, "begin", call, write)),
    update: (call, state) =>
      quietly("update", () => context.call(calls, "update", { call, state }, write)),
    ask: (ringing, ask, turn) => {
      const asker = { ...ringing, language: context.config.language }
      const call: CallConversation = (command, input) =>
        context.call(conversations, command, input, { deadlineMs: ASK_MS_MAX })
      return askConversation(call, asker, ask, turn)
    },
    close: (conversation, reason) =>
      quietly("close", () => context.call(conversations, "close", { conversation, reason }, write)),
    keep: (call, kept) =>
      quietly("keep", () =>
        kept ? context.store.kept.put(call, kept) : context.store.kept.remove(call),
      ),
    recall: async (call) => {
      let kept: KeptCall | undefined
      await quietly("recall", async () => {
        kept = (await context.store.kept.get(call))?.doc
      })
      return kept
    },
    note: (conversation, line) =>
      quietly("note", () => context.call(transcripts, "append", { conversation, line }, write)),
    timed: (call, timing, firstAudioMs) => {
      const { endpointMs, transcribeMs, understandMs } = timing
      const times = { endpointMs, transcribeMs, understandMs, firstAudioMs }
      context.emit("turned", { call, ...times })
      context.log.debug("a turn was answered", times)
    },
    ...recordingOf(context, quietly),
    receiveText: (text) => receive(context, text),
    takePhoto: (token, photo) => takePhoto(context, token, photo),
    textDelivered: (message, status, errorCode) =>
      quietly("delivery", () => {
        const given = errorCode === undefined ? {} : { errorCode }
        return context.call(messaging, "delivered", { message, status, ...given }, write)
      }),
  }
}

async function receive(
  context: VoiceContext,
  text: { message: string; from: string; body: string },
): Promise<string | undefined> {
  try {
    const answer = await context.call(conversations, "text", text, { deadlineMs: TEXT_MS_MAX })
    return answer.ok ? answer.value.reply : undefined
  } catch {
    context.log.error("a text message was not answered")
    return undefined
  }
}

async function takePhoto(
  context: VoiceContext,
  token: string,
  photo: Uint8Array | undefined,
): Promise<PhotoTaken> {
  const base64 = photo === undefined ? {} : { base64: Buffer.from(photo).toString("base64") }
  try {
    const taken = await context.call(insurance, "takePhoto", { token, ...base64 })
    if (taken.ok) return taken.value.isTaken ? "taken" : "ready"
    return taken.fault.code === "not_a_photo" ? "no_photo" : "over"
  } catch {
    context.log.warn("the photo of a card could not be taken in")
    return "out"
  }
}

type Quietly = (what: string, act: () => Promise<unknown>) => Promise<void>

function recordingOf(context: VoiceContext, quietly: Quietly) {
  const options = { deadlineMs: WRITE_MS_MAX }
  return {
    async beginRecording(call: string): Promise<string | undefined> {
      if (context.config.recording === "off") return undefined
      let id: string | undefined
      await quietly("recording", async () => {
        const answer = await context.call(recordings, "begin", { call }, options)
        if (!answer.ok) return
        id = answer.value.recording
        await context.call(calls, "update", { call, recording: id }, options)
      })
      return id
    },
    appendRecording: (recording: string, bytes: Uint8Array) =>
      quietly("audio", () => {
        const audio = Buffer.from(bytes).toString("base64")
        return context.call(recordings, "append", { recording, audio }, options)
      }),
    pauseRecording: (recording: string) =>
      quietly("pause", () =>
        context.call(recordings, "pause", { recording, reason: "caller_objected" }, options),
      ),
    endRecording: (recording: string) =>
      quietly("end", () => context.call(recordings, "end", { recording }, options)),
  }
}
