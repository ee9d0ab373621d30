/** Why nobody stands behind a claim: signed out, or only locked until its person comes back. */
import type { FastifyReply } from "fastify"
import { sessions } from "../modules/sessions/contract.ts"
import type { TokenClaim } from "./claim.ts"
import type { Here } from "./needs.ts"
import { sendTrouble } from "./replies.ts"

const LOCKED = 423

export async function sendSignedOut(
  reply: FastifyReply,
  { call }: Here,
  claim: TokenClaim | undefined,
) {
  const looked = claim && (await call(sessions, "look", { token: claim.token }))
  if (!looked?.ok || looked.value.state !== "locked") return sendTrouble(reply, 401, "signed_out")
  return sendTrouble(reply, LOCKED, "screen_locked")
}
