/**
 * Twilio's webhooks and what each is answered. A request gets here only with a valid signature; no
 * answer waits for anything slow, because Twilio plays silence meanwhile.
 */
import type { TSchema } from "typebox"
import type { Delivery } from "../backstage.ts"
import type { Missed, Transfer } from "../switchboard.ts"
import type { Desk } from "./desk.ts"
import {
  CallForm,
  DialForm,
  type Form,
  fieldsOf,
  isPhone,
  KeyForm,
  StatusForm,
  TextForm,
  VoiceForm,
} from "./form.ts"
import {
  connectTwiml,
  elsewhereTwiml,
  emptyTwiml,
  hangupTwiml,
  holdTwiml,
  messageTwiml,
  overloadTwiml,
  pharmacyTwiml,
  STREAMS_MAX,
  transferTwiml,
  whisperTwiml,
} from "./twiml.ts"

/** A text answered within this is answered in place; later ones go out over REST. */
const TEXT_ANSWER_MS = 5_000

type Route = (desk: Desk, form: Form, query: URLSearchParams) => Promise<string> | string

/** The answer to a webhook, or undefined when there is none for it. */
export async function answerWebhook(
  desk: Desk,
  path: string,
  form: Form,
  query: URLSearchParams,
): Promise<string | undefined> {
  const isOfCall = path !== "/twilio/sms" && path !== "/twilio/status"
  if (isOfCall && desk.switchboard.isDraining) return elsewhereTwiml(desk.address, path, query)
  const call = query.get("call") ?? fieldsOf(form, CallForm)?.CallSid
  if (isOfCall && call && path !== "/twilio/voice") await desk.switchboard.recall(call)
  return await routes.get(path)?.(desk, form, query)
}

/** Whether a path is one of Twilio's. */
export function isWebhook(path: string): boolean {
  return routes.has(path)
}

const routes: ReadonlyMap<string, Route> = new Map<string, Route>([
  ["/twilio/voice", withFields(VoiceForm, answerCall)],
  ["/twilio/stream-ended", withFields(CallForm, takeUpAgain)],
  ["/twilio/overload", withFields(KeyForm, afterOverload)],
  ["/twilio/sms", withFields(TextForm, answerText)],
  ["/twilio/status", withFields(StatusForm, noteStatus)],
  ["/twilio/transfer/whisper", whisper],
  ["/twilio/transfer/accept", withFields(KeyForm, acceptTransfer)],
  ["/twilio/transfer/done", withFields(DialForm, endTransfer)],
])

function answerCall(desk: Desk, form: Fields<typeof VoiceForm>): string {
  const { CallSid: call, From: from, StirVerstat: attestation } = form
  if (isFull(desk)) {
    desk.log.warn("a call was told that the lines are busy")
    return overloadTwiml(desk.address, 0)
  }
  const token = desk.switchboard.ring({
    call,
    ...(isPhone(from) ? { from } : {}),
    ...(attestation ? { attestation: attestation.slice(0, 40) } : {}),
  })
  return connectTwiml(desk.address, token, 1)
}

/** The stream is over, and the call is not, or we ended it ourselves. */
function takeUpAgain(desk: Desk, form: Fields<typeof CallForm>, query: URLSearchParams): string {
  const call = form.CallSid
  const attempt = Number(query.get("n") ?? "1")
  const phase = desk.switchboard.phaseOf(call)
  if (phase === "finished") return hangupTwiml()
  const transfer = phase === "transferring" ? desk.switchboard.transferOf(call) : undefined
  const number = transfer && numberFor(desk, transfer)
  if (number) return transferTwiml(desk.address, call, number)
  if (!(attempt < STREAMS_MAX)) return pharmacyTwiml(desk.address)
  if (isFull(desk)) return holdTwiml(desk.address, attempt)
  return connectTwiml(desk.address, desk.switchboard.expectAgain(call), attempt + 1)
}

function afterOverload(desk: Desk, form: Fields<typeof KeyForm>): string {
  return form.Digits === "1" ? pharmacyTwiml(desk.address) : holdTwiml(desk.address, 1)
}

async function answerText(desk: Desk, form: Fields<typeof TextForm>): Promise<string> {
  const { MessageSid: message, From: from, Body: body } = form
  const reply = desk.backstage.receiveText({ message, from, body })
  let isLate = false
  const late = new Promise<undefined>((resolve) => {
    desk.clock.after(TEXT_ANSWER_MS, () => {
      isLate = true
      resolve(undefined)
    })
  })
  void reply.then((text) => {
    if (!isLate || !text) return
    desk.rest.sendText(from, desk.lines.own, text).catch(() => {
      desk.log.error("a late reply to a text could not be sent")
    })
  })
  return messageTwiml(await Promise.race([reply, late]))
}

async function noteStatus(desk: Desk, form: Fields<typeof StatusForm>): Promise<string> {
  const { CallSid, CallStatus, MessageSid, MessageStatus, ErrorCode } = form
  const delivery = MessageStatus && deliveries.get(MessageStatus)
  if (MessageSid && delivery) {
    const errorCode = ErrorCode ? Number(ErrorCode) : undefined
    await desk.backstage.textDelivered(MessageSid, delivery, errorCode)
  }
  if (CallSid && CallStatus && overStates.has(CallStatus)) desk.switchboard.over(CallSid)
  return emptyTwiml()
}

const overStates: ReadonlySet<string> = new Set([
  "completed",
  "busy",
  "failed",
  "no-answer",
  "canceled",
])

const deliveries: ReadonlyMap<string, Delivery> = new Map([
  ["accepted", "queued"],
  ["queued", "queued"],
  ["sending", "queued"],
  ["sent", "sent"],
  ["delivered", "delivered"],
  ["undelivered", "undelivered"],
  ["failed", "failed"],
])

function whisper(desk: Desk, _form: Form, query: URLSearchParams): string {
  const call = query.get("call") ?? ""
  const transfer = desk.switchboard.transferOf(call)
  return transfer ? whisperTwiml(desk.address, call, transfer.whisper) : hangupTwiml()
}

/** Only the key 1 lets the caller through; anything else, and nothing, is no. */
function acceptTransfer(desk: Desk, form: Fields<typeof KeyForm>, query: URLSearchParams): string {
  const isAccepted = form.Digits === "1" && desk.switchboard.accepted(query.get("call") ?? "")
  return isAccepted ? emptyTwiml() : hangupTwiml()
}

function endTransfer(desk: Desk, form: Fields<typeof DialForm>): string {
  const { CallSid: call, DialCallStatus: status = "failed", DialBridged: bridged } = form
  // A voicemail "completes" too: it counts only with both ends bridged and the key pressed.
  const wasBridged = bridged === "true" && (status === "completed" || status === "answered")
  const isTaken = desk.switchboard.transferDone(call, wasBridged, missed.get(status) ?? "declined")
  if (isTaken) return hangupTwiml()
  return connectTwiml(desk.address, desk.switchboard.expectAgain(call), 1)
}

const missed: ReadonlyMap<string, Missed> = new Map([
  ["no-answer", "no_answer"],
  ["busy", "busy"],
  ["failed", "failed"],
  ["canceled", "failed"],
])

/** Who is rung for a transfer. */
export function numberFor(desk: Desk, transfer: Transfer): string | undefined {
  const { pharmacist, technician } = desk.lines
  if (transfer.to === "technician") return technician ?? pharmacist
  return pharmacist
}

function isFull(desk: Desk): boolean {
  return desk.switchboard.liveCount >= desk.limits.callsMax || desk.isOverloaded()
}

type Fields<S extends TSchema> = NonNullable<ReturnType<typeof fieldsOf<S>>>

/** A form without the fields that a route needs is nobody's call. */
function withFields<S extends TSchema>(
  schema: S,
  route: (desk: Desk, fields: Fields<S>, query: URLSearchParams) => Promise<string> | string,
): Route {
  return (desk, form, query) => {
    const fields = fieldsOf(form, schema)
    return fields ? route(desk, fields, query) : hangupTwiml()
  }
}
