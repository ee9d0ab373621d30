/**
 * Puts a call's question to the conversation. Whoever has a way to call it, the module's context or
 * a test's own bus, gets an answer or learns whether to ask again; nothing is thrown.
 */

import type { Input, Output } from "#core/contract.ts"
import { Outage } from "#core/fault.ts"
import type { conversations } from "../modules/conversations/contract.ts"
import type { Ask } from "./call/state.ts"
import type { AskResult } from "./line.ts"

type Questions = "open" | "hear" | "silence" | "transferEnded"

type Answer =
  | { readonly ok: true; readonly value: Output<typeof conversations, Questions> }
  | { readonly ok: false }

/** Calls one command of the conversation. */
export type CallConversation = <C extends Questions>(
  command: C,
  input: Input<typeof conversations, C>,
) => Promise<Answer>

/** Who asks: the conversation has the call's id. */
export interface Asker {
  readonly call: string
  readonly from?: string
  readonly language: "en" | "es"
}

export async function askConversation(
  call: CallConversation,
  asker: Asker,
  ask: Ask,
  turn: number,
): Promise<AskResult> {
  try {
    const answer = await put(call, asker, ask, turn)
    return answer.ok ? { ok: true, turn: answer.value } : { ok: false, isRetryable: false }
  } catch (trouble) {
    return { ok: false, isRetryable: trouble instanceof Outage && trouble.retryable }
  }
}

function put(call: CallConversation, asker: Asker, ask: Ask, turn: number): Promise<Answer> {
  const conversation = asker.call
  switch (ask.kind) {
    case "open": {
      const from = asker.from ? { from: asker.from } : {}
      const resumed = ask.resumed ? { resumed: true } : {}
      const { language } = asker
      return call("open", { conversation, channel: "phone", language, ...from, ...resumed })
    }
    case "hear": {
      const { kind: _, ...heard } = ask
      return call("hear", { conversation, turn, ...heard })
    }
    case "silence":
      return call("silence", { conversation, turn, kind: ask.silence })
    case "transferEnded":
      return call("transferEnded", { conversation, turn, outcome: ask.outcome })
  }
}
