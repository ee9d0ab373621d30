/** One-time codes after RFC 6238: six digits, thirty seconds, one step early or late, each once. */
import { generateSecret, generateURI, verify } from "otplib"

const DIGITS = /^\d{6}$/
const STEP_S = 30

export interface Secret {
  readonly secret: string
  /** What a telephone reads from the picture. */
  readonly uri: string
}

export function newSecret(issuer: string, user: string): Secret {
  const secret = generateSecret()
  return { secret, uri: generateURI({ issuer, label: user, secret }) }
}

export interface Typed {
  readonly secret: string
  readonly code: string
  readonly nowMs: number
  /** The step of the last code that was taken: that one and those before are used up. */
  readonly usedStep: number | undefined
}

/** The step a code belongs to, to be remembered as used; undefined when it is not right. */
export async function stepOf({
  secret,
  code,
  nowMs,
  usedStep,
}: Typed): Promise<number | undefined> {
  const token = code.replaceAll(" ", "")
  if (!DIGITS.test(token)) return undefined
  const epoch = Math.floor(nowMs / 1_000)
  const found = await verify({ secret, token, epoch, epochTolerance: STEP_S })
  if (!found.valid) return undefined
  const step = Math.floor(epoch / STEP_S) + found.delta
  return usedStep !== undefined && step <= usedStep ? undefined : step
}
