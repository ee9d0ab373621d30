/** A text message as a turn: taken in by messaging, answered by the same engine as a call. */
import { Defect } from "#core/fault.ts"
import { intent } from "../../intent/contract.ts"
import { messaging } from "../messaging/contract.ts"
import type { Turn } from "./contract.ts"
import type { Here } from "./needs.ts"
import { hearUtterance, oneTurn, openConversation } from "./turns.ts"

interface Text {
  readonly message: string
  readonly from: string
  readonly body: string
}

export async function answerText(
  { message, from, body }: Text,
  context: Here,
): Promise<{ reply?: string }> {
  const { call, store } = context
  const received = await call(messaging, "receive", { message, from, body })
  if (!received.ok || received.value.kind === "silent") return {}
  if (received.value.kind === "fixed") return { reply: received.value.reply }
  const { conversation } = received.value
  const known = (await store.states.get(conversation))?.doc
  const isOngoing = known?.isOpen === true
  const language = isOngoing ? known.language : await languageOf(body, context)
  const opened = isOngoing
    ? known.turn
    : await openConversation({ conversation, channel: "sms", from, language }, context)
  const utterance = { source: "typed", text: body, confidence: 1 } as const
  const asked = { conversation, turn: opened.turn }
  const turn = await oneTurn(asked, { ...context, fail: closed }, (talk) =>
    hearUtterance(talk, utterance, context),
  )
  const reply = [...(isOngoing ? [] : [written(opened)]), written(turn)].join(" ")
  await call(messaging, "answered", { message, reply })
  return { reply }
}

/** The greeting is in the language of the first text. */
async function languageOf(body: string, { call }: Here): Promise<"en" | "es"> {
  const asked = { text: body, source: "typed", expect: "request", language: "en" } as const
  const understood = await call(intent, "understand", asked)
  return understood.ok ? understood.value.language : "en"
}

/** It was opened just now. */
function closed(): never {
  throw new Defect("impossible")
}

function written({ say }: Turn): string {
  return say.map(({ text }) => text).join(" ")
}
