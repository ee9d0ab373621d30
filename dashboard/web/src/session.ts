/** Who is signed in. The cookie that proves it is out of this code's reach. */
import type { Assertion } from "../../../modules/mfa/contract.ts"
import type { OwnView } from "../../../modules/sessions/contract.ts"
import { get, post, Trouble } from "./api.ts"

export type Role = OwnView["role"]

export interface Person extends OwnView {
  /** The screen waits for its person to come back. */
  readonly isLocked: boolean
}

/** The person the browser's cookie stands for, or undefined. */
export async function whoIsSignedIn(): Promise<Person | undefined> {
  try {
    return await get("/session")
  } catch (trouble) {
    if (trouble instanceof Trouble && trouble.status === 401) return undefined
    throw trouble
  }
}

export interface Credentials {
  readonly user: string
  readonly password: string
  readonly code?: string
}

export async function signIn(credentials: Credentials): Promise<void> {
  await post("/v1/sessions/login", credentials)
}

export async function signInWithPasskey(passkey: Assertion): Promise<void> {
  await post("/v1/sessions/loginWithPasskey", { passkey })
}

export async function signOut(): Promise<void> {
  await post("/v1/sessions/logout", {})
}

const coveredBy: Readonly<Record<Role, readonly number[]>> = {
  technician: [1],
  pharmacist: [1, 2],
  manager: [1, 3],
  operator: [],
}

/** Whether to offer a decision; the server decides again. */
export function covers(role: Role, tier: number): boolean {
  return coveredBy[role].includes(tier)
}
