/** The media stream's messages from the application, read as strictly as Twilio may read them. */
import { type Static, Type as t } from "typebox"
import { Value } from "typebox/value"

const MediaMessage = t.Object({
  event: t.Literal("media"),
  streamSid: t.String(),
  media: t.Object({ payload: t.String({ pattern: "^[A-Za-z0-9+/]*={0,2}$" }) }),
})

const MarkMessage = t.Object({
  event: t.Literal("mark"),
  streamSid: t.String(),
  mark: t.Object({ name: t.String({ minLength: 1 }) }),
})

const ClearMessage = t.Object({ event: t.Literal("clear"), streamSid: t.String() })

export type StreamMessage =
  | Static<typeof MediaMessage>
  | Static<typeof MarkMessage>
  | Static<typeof ClearMessage>

/** The message, or undefined for anything Twilio would answer with error 31924. */
export function readStreamMessage(text: string): StreamMessage | undefined {
  const value = parse(text)
  if (Value.Check(MediaMessage, value))
    return value.media.payload.length % 4 === 0 ? value : undefined
  if (Value.Check(MarkMessage, value) || Value.Check(ClearMessage, value)) return value
  return undefined
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}
