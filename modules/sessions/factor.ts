/** Asks those who know whether something shows that somebody is who they say. Keeps none of it. */
import { mfa } from "../mfa/contract.ts"
import { staffAccounts } from "../staff-accounts/contract.ts"
import type { Factor } from "./contract.ts"
import type { Here } from "./needs.ts"

export type Proof = "right" | "wrong" | "locked"

/** Wrong ones count against the account, whatever they are; a right one forgives them. */
export async function isProvedBy(factor: Factor, user: string, context: Here): Promise<Proof> {
  const proof = await compared(factor, user, context)
  const isSecret = "password" in factor || "pin" in factor
  // Passwords and PINs are counted where they are compared.
  if (proof === "right" || (proof === "wrong" && !isSecret))
    await context.call(staffAccounts, "count", { user, isRight: proof === "right" })
  return proof
}

async function compared(factor: Factor, user: string, { call }: Here): Promise<Proof> {
  if ("password" in factor) {
    const answer = await call(staffAccounts, "verify", { user, password: factor.password })
    return answer.ok ? "right" : answer.fault.code
  }
  if ("pin" in factor) {
    const answer = await call(staffAccounts, "verifyPin", { user, pin: factor.pin })
    return answer.ok ? "right" : answer.fault.code
  }
  if ("code" in factor) {
    const answer = await call(mfa, "verifyCode", { user, code: factor.code })
    return answer.ok ? "right" : "wrong"
  }
  const answer = await call(mfa, "verifyPasskey", { passkey: factor.passkey })
  return answer.ok && answer.value.user === user ? "right" : "wrong"
}
