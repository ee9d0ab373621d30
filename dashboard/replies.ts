/** What became of a command, as HTTP says it. No value of the request ever enters a refusal. */
import type { FastifyReply } from "fastify"
import type { Fault } from "#core/fault.ts"
import type { Reply } from "#core/module.ts"

const RETRY_AFTER_S = 2

/** The form of every answer that is not a success. */
export interface Trouble {
  readonly code: string
  readonly says: string
}

export const troubles = {
  signed_out: "Sign in: the token or the cookie is missing, unknown or out of date.",
  screen_locked: "The screen is locked. Unlock it to go on.",
  forged: "A request with a cookie comes from our own page and has the header x-mortar-page.",
  unknown_command: "There is no such command.",
  unknown_page: "There is no such page.",
  not_json: "The body is not JSON.",
  too_large: "The body is too large.",
  bad_request: "The request could not be read.",
  too_many_tries: "Too many attempts to sign in. Wait a minute.",
  broken: "The server made a mistake. It is in the log.",
} as const

export function sendTrouble(reply: FastifyReply, status: number, code: keyof typeof troubles) {
  return reply.code(status).send({ code, says: troubles[code] } satisfies Trouble)
}

export function sendReply(reply: FastifyReply, answer: Reply) {
  switch (answer.kind) {
    case "done":
      return reply.code(200).send({ value: answer.value })
    case "fault":
      return reply.code(statusOf(answer)).send({ code: answer.code, says: answer.says })
    case "outage": {
      const { code, hint, retryable } = answer
      if (retryable) reply.header("retry-after", RETRY_AFTER_S)
      return reply.code(503).send({ code, hint, retryable })
    }
    case "asked": {
      const { item, tier, row, rules } = answer
      return reply.code(202).send({ item, tier, row, rules })
    }
    case "refused": {
      const { row, rules } = answer
      if (rules.includes("lacks_proof")) return sendUnproved(reply)
      const says = "Your role may not do this."
      return reply.code(403).send({ code: "refused", says, row, rules })
    }
  }
}

/** The page asks who is there, and sends the command again. */
function sendUnproved(reply: FastifyReply) {
  const says = "Prove once more that it is you, then do this."
  return reply.code(422).send({ code: "prove_again", says } satisfies Trouble)
}

export function sendMisfits(reply: FastifyReply, misfits: readonly string[]) {
  const says = "The input does not fit the command's schema."
  return reply.code(400).send({ code: "invalid_input", says, misfits })
}

/** A fault that says something is not there is named for it: `unknown_item`. */
function statusOf({ code }: Fault): 404 | 422 {
  return /^(unknown(_.+)?|not_open)$/.test(code) ? 404 : 422
}
