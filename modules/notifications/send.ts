/**
 * Sending what is due, once: the carrier is asked under a key that the house remembers, so a notice
 * that was interrupted asks again under the same one. What is no longer so is not sent.
 */

import { Outage } from "#core/fault.ts"
import { inTurn } from "#core/in-turn.ts"
import { pms } from "#core/pms.ts"
import { callbacks } from "../callbacks/contract.ts"
import { messaging } from "../messaging/contract.ts"
import { outreachPolicy } from "../outreach-policy/contract.ts"
import { storeInfo } from "../store-info/contract.ts"
import type { Here, Kept } from "./needs.ts"
import { answerOf, type Form, type Language, textOf } from "./texts.ts"

const MINUTE_MS = 60_000
const SENT_AT_ONCE = 200
/** A minute, then twice as long each time: about eight hours in all. */
const TRIES_MAX = 9

/** Answers when the next one is due. */
export async function sendDue(context: Here): Promise<number | undefined> {
  const { clock, store } = context
  const due = await store.notices.find({
    where: { isOpen: true },
    before: { dueAtMs: Math.round(clock.nowMs()) + 1 },
    orderBy: "dueAtMs",
    limit: SENT_AT_ONCE,
  })
  for (const { id } of due) await inTurn(id, () => sendOne(id, context))
  const [next] = await store.notices.find({ where: { isOpen: true }, orderBy: "dueAtMs", limit: 1 })
  return next?.doc.dueAtMs
}

async function sendOne(id: string, context: Here): Promise<void> {
  const { clock, store } = context
  const notice = (await store.notices.get(id))?.doc
  if (!notice?.isOpen || notice.dueAtMs > clock.nowMs()) return
  try {
    await (notice.state === "waiting" && !(await isStillSo(notice, context))
      ? close(notice, { state: "moot" }, context)
      : admitted(notice, context))
  } catch (trouble) {
    if (!(trouble instanceof Outage)) throw trouble
    context.log.warn("a notice waits for an outage to pass", { code: trouble.code })
    await tryLater(notice, context)
  }
}

async function admitted(notice: Kept, context: Here): Promise<void> {
  const { call, store } = context
  const { notice: id, recipient, kind, notAfterMs } = notice
  const asked = await call(outreachPolicy, "admit", { message: id, recipient, kind, notAfterMs })
  if (!asked.ok) return close(notice, { state: "refused", why: "unknown_patient" }, context)
  const said = asked.value
  if (said.verdict === "hold") {
    const { untilMs, why } = said
    await store.notices.change(id, (doc) => ({ ...doc, dueAtMs: untilMs, why }))
    return
  }
  if (said.verdict === "refuse") return refused(notice, said.why, context)
  await store.notices.change(id, (doc) => ({ ...doc, state: "sending" }))
  const text = await worded(notice, said.language, context)
  const input = { to: said.phone, text, patient: recipient }
  const sent = await call(messaging, "send", input, { key: `notice:${id}` })
  if (!sent.ok) return refused(notice, "stopped", context)
  const { message } = sent.value
  const sentAtMs = Math.round(context.clock.nowMs())
  await close(notice, { state: "sent", sentAtMs, message }, context)
  context.emit("sent", { notice: id, patient: notice.patient, kind })
}

/** Whoever can't be written to and waits for word is called by a person. */
async function refused(notice: Kept, why: string, context: Here): Promise<void> {
  const isAwaited = notice.kind === "answer" || (notice.kind === "ready" && why === "wants_calls")
  if (isAwaited && notice.recipient === notice.patient) await owe(notice, context)
  await close(notice, { state: "refused", why }, context)
}

async function owe({ notice, patient, kind, text }: Kept, { call }: Here): Promise<void> {
  const about =
    kind === "answer" ? "Tell the patient what was answered." : "A prescription is ready."
  const message = text === undefined ? {} : { message: text }
  const owed = { patient, about, ...message, forRole: "technician" } as const
  await call(callbacks, "promise", owed, { key: `notice:${notice}:owed` })
}

async function tryLater(notice: Kept, context: Here): Promise<void> {
  const tries = notice.tries + 1
  if (tries > TRIES_MAX) {
    if (notice.kind === "answer" || notice.kind === "ready") await owe(notice, context)
    return close(notice, { state: "lost" }, context)
  }
  const dueAtMs = Math.round(context.clock.nowMs()) + 2 ** (tries - 1) * MINUTE_MS
  await context.store.notices.change(notice.notice, (doc) => ({ ...doc, tries, dueAtMs }))
}

type End = Pick<Kept, "state" | "why" | "sentAtMs" | "message">

async function close({ notice }: Kept, end: End, { store }: Here): Promise<void> {
  await store.notices.change(notice, ({ why: _, ...doc }) => ({ ...doc, ...end, isOpen: false }))
}

/** Whether what it is about still waits on the shelf, as the pharmacy system says now. */
async function isStillSo({ kind, rxNumbers }: Kept, { call }: Here): Promise<boolean> {
  if (kind !== "ready" && kind !== "pickup_reminder") return true
  for (const rxNumber of rxNumbers) {
    const found = await call(pms, "getPrescription", { rxNumber })
    if (found.ok && found.value.fill === "ready") return true
  }
  return false
}

type Wording = Pick<Kept, "isBare" | "kind" | "text" | "patient" | "recipient">

export async function worded(notice: Wording, language: Language, { call }: Here): Promise<string> {
  const place = await call(storeInfo, "location", {})
  if (!place.ok) throw new Outage("module_down")
  const { isBare, kind, text, patient, recipient } = notice
  if (text !== undefined && !isBare) return answerOf(text, language, place.value)
  const own: Form = kind === "answer" || isBare ? "bare" : kind
  return textOf(patient === recipient ? own : "copy", language, place.value)
}
