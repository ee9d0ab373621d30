/** The form fields of Twilio's webhooks that we read. Anything else in them is left unread. */
import type { IncomingMessage } from "node:http"
import { type Static, type TSchema, Type as t } from "typebox"
import { validatorOf } from "#core/json.ts"
import { Phone } from "#core/pms.ts"
import { bodyOf } from "../body.ts"

/** Twilio's largest form, a long text message, is a tenth of this. */
const BODY_BYTES_MAX = 32_768

const Sid = t.String({ pattern: "^[A-Za-z0-9_-]{1,64}$" })

export const VoiceForm = t.Object({
  CallSid: Sid,
  From: t.Optional(t.String()),
  StirVerstat: t.Optional(t.String()),
})
export const CallForm = t.Object({ CallSid: Sid })
export const KeyForm = t.Object({ Digits: t.Optional(t.String({ maxLength: 32 })) })
export const DialForm = t.Object({
  CallSid: Sid,
  DialCallStatus: t.Optional(t.String({ maxLength: 20 })),
  DialBridged: t.Optional(t.String({ maxLength: 5 })),
})
export const TextForm = t.Object({
  MessageSid: Sid,
  From: Phone,
  Body: t.String({ maxLength: 1_600 }),
})
export const StatusForm = t.Object({
  CallSid: t.Optional(Sid),
  CallStatus: t.Optional(t.String({ maxLength: 20 })),
  MessageSid: t.Optional(Sid),
  MessageStatus: t.Optional(t.String({ maxLength: 20 })),
  ErrorCode: t.Optional(t.String({ pattern: "^[0-9]{1,6}$" })),
})

export type Form = Readonly<Record<string, string>>

/** The form as a schema wants it, or undefined when it is another one. */
export function fieldsOf<S extends TSchema>(form: Form, schema: S): Static<S> | undefined {
  return fits(form, schema) ? form : undefined
}

function fits<S extends TSchema>(form: unknown, schema: S): form is Static<S> {
  return validatorOf(schema).Check(form)
}

export function isPhone(value: string | undefined): value is string {
  return value !== undefined && validatorOf(Phone).Check(value)
}

/** Reads a form's body; undefined when it is too large or never ends well. */
export async function readForm(request: IncomingMessage): Promise<Form | undefined> {
  const body = await bodyOf(request, BODY_BYTES_MAX)
  return body && Object.fromEntries(new URLSearchParams(body.toString("utf8")))
}
