/** What a browser phone and its server say to each other, besides sound. */
import { type Static, Type as t } from "typebox"
import { Value } from "typebox/value"

const phoneNumber = t.String({ pattern: "^\\+[1-9]\\d{6,14}$" })
const strict = { additionalProperties: false } as const

const FromPhone = t.Union([
  t.Object(
    {
      type: t.Literal("dial"),
      to: phoneNumber,
      from: t.Optional(phoneNumber),
      /** Who picks up when the call is passed on. */
      pharmacist: t.Optional(t.Enum(["answers", "busy", "no_answer", "voicemail"])),
    },
    strict,
  ),
  t.Object(
    {
      type: t.Literal("say"),
      text: t.String({ minLength: 1, maxLength: 500 }),
      voice: t.Optional(t.String({ pattern: "^[a-z][a-z0-9-]{1,20}$" })),
    },
    strict,
  ),
  t.Object({ type: t.Literal("keys"), digits: t.String({ pattern: "^[0-9*#]{1,40}$" }) }, strict),
  t.Object({ type: t.Literal("hangUp") }, strict),
  t.Object(
    {
      type: t.Literal("text"),
      to: phoneNumber,
      from: t.Optional(phoneNumber),
      body: t.String({ minLength: 1, maxLength: 1_600 }),
    },
    strict,
  ),
])

const ToPhone = t.Union([
  t.Object({
    type: t.Literal("state"),
    state: t.Enum(["ringing", "inCall", "ended"]),
    callSid: t.String(),
    by: t.Optional(t.Enum(["caller", "agent", "transfer"])),
  }),
  t.Object({ type: t.Literal("text"), from: t.String(), body: t.String() }),
  t.Object({ type: t.Literal("error"), problem: t.String() }),
])

export type FromPhone = Static<typeof FromPhone>
export type ToPhone = Static<typeof ToPhone>

/** A message of the page, or undefined for anything else. */
export function readFromPhone(text: string): FromPhone | undefined {
  const value = parse(text)
  return Value.Check(FromPhone, value) ? value : undefined
}

/** A message of the server, or undefined for anything else. */
export function readToPhone(text: string): ToPhone | undefined {
  const value = parse(text)
  return Value.Check(ToPhone, value) ? value : undefined
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}
