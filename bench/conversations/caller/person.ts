/** Who calls and what they know of themselves, rightly or wrongly. */
import type { Cast } from "../cast.ts"
import type { TaskCaller } from "../task.ts"

export interface Stated {
  readonly name: string
  readonly born: string
  readonly zip: string
}

export interface Person {
  readonly phone: string
  readonly has: readonly string[]
  /** What they say of themselves at the nth attempt to prove it, from 0. */
  stated(attempt: number): Stated
  /** Whether all of that is so. */
  isTrue(attempt: number): boolean
}

const STRANGERS_PHONE = "5125550150"

export function personOf(caller: TaskCaller, cast: Cast): Person {
  const { stranger, atFirst, insists, has = ["zip"] } = caller
  const known = caller.is === undefined ? undefined : cast.named(caller.is).patient
  const truth: Stated = known
    ? { name: caller.is ?? "", born: known.bornOn, zip: known.zip }
    : { name: "", born: "", zip: "", ...stranger }
  const stated = (attempt: number): Stated => ({
    ...truth,
    ...(attempt === 0 ? atFirst : {}),
    ...insists,
  })
  return {
    phone: known?.phones[0] ?? STRANGERS_PHONE,
    has,
    stated,
    isTrue(attempt) {
      const { name, born, zip } = stated(attempt)
      const isSame = name === truth.name && born === truth.born && zip === truth.zip
      return known !== undefined && isSame
    },
  }
}
