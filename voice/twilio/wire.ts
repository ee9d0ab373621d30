/**
 * Every message of Twilio's media stream. What comes in is read leniently, for Twilio sends numbers
 * as strings; what goes out is strict, for one unknown message can tear the stream down.
 */
import { type Static, Type as t } from "typebox"
import { parseJson } from "#core/json.ts"

/** A number, or the same number as a string. */
const Count = t.Union([t.Number(), t.String({ pattern: "^[0-9]{1,15}$" })])
const Sid = t.String({ minLength: 1, maxLength: 64 })

const Connected = t.Object({ event: t.Literal("connected") })

const Start = t.Object({
  event: t.Literal("start"),
  streamSid: Sid,
  start: t.Object({
    callSid: Sid,
    accountSid: t.Optional(Sid),
    mediaFormat: t.Object({
      encoding: t.Literal("audio/x-mulaw"),
      sampleRate: Count,
      channels: Count,
    }),
    customParameters: t.Optional(t.Record(t.String(), t.String({ maxLength: 500 }))),
  }),
})
export type Start = Static<typeof Start>

const Media = t.Object({
  event: t.Literal("media"),
  media: t.Object({
    track: t.Optional(t.String({ maxLength: 20 })),
    timestamp: Count,
    payload: t.String({ minLength: 1, maxLength: 32_768 }),
  }),
})

const Dtmf = t.Object({
  event: t.Literal("dtmf"),
  dtmf: t.Object({ digit: t.String({ pattern: "^[0-9*#]$" }) }),
})

const Mark = t.Object({
  event: t.Literal("mark"),
  mark: t.Object({ name: t.String({ maxLength: 100 }) }),
})

const Stop = t.Object({ event: t.Literal("stop") })

/** Not Twilio's: what a person typed in the browser phone, on streams that asked for it. */
const Text = t.Object({
  event: t.Literal("text"),
  text: t.String({ minLength: 1, maxLength: 1_000 }),
})

const Inbound = t.Union([Connected, Start, Media, Dtmf, Mark, Stop, Text])
export type Inbound = Static<typeof Inbound>

/** Reads one message; undefined when it is none. What it held stays out of every error. */
export function readInbound(text: string): Inbound | undefined {
  try {
    return parseJson(text, Inbound)
  } catch {
    return undefined
  }
}

/** A count as a number. */
export function countOf(count: Static<typeof Count>): number {
  return Number(count)
}

/** Raw µ-law to be played after all that was sent before. */
export function mediaMessage(streamSid: string, audio: Uint8Array): string {
  const payload = Buffer.from(audio.buffer, audio.byteOffset, audio.byteLength).toString("base64")
  return JSON.stringify({ event: "media", streamSid, media: { payload } })
}

/** Comes back once all media sent before it has been played, or was cleared. */
export function markMessage(streamSid: string, name: string): string {
  return JSON.stringify({ event: "mark", streamSid, mark: { name } })
}

/** Empties what Twilio has not played yet. */
export function clearMessage(streamSid: string): string {
  return JSON.stringify({ event: "clear", streamSid })
}

/** Not Twilio's: the words of a sentence that begins to play, for a phone that shows text. */
export function saidMessage(streamSid: string, text: string): string {
  return JSON.stringify({ event: "said", streamSid, text })
}
