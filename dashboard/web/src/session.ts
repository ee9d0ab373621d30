/** Who is signed in. The cookie that proves it is out of this code's reach. */
import { get, post, Trouble } from "./api.ts"

export type Role = "technician" | "pharmacist" | "manager" | "operator"

export interface Person {
  readonly user: string
  readonly role: Role
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

export async function signIn(user: string, password: string): Promise<Person> {
  const { role } = await post("/v1/sessions/login", { user, password })
  return { user, role }
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
