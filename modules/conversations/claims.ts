/** Names, days and numbers that a caller told, of whomever they are. Believed by nobody: they are
 * kept so that they stay in the house. */
import { type Static, Type as t } from "typebox"
import { Day } from "#core/pms.ts"
import type { Slots } from "../../intent/contract.ts"

const CLAIMS_MAX = 6
const CLAIMED_RX_MAX = 20

export const Claims = t.Object({
  names: t.Array(t.Object({ first: t.Optional(t.String()), last: t.Optional(t.String()) }), {
    maxItems: CLAIMS_MAX,
  }),
  datesOfBirth: t.Array(Day, { maxItems: CLAIMS_MAX }),
  zips: t.Array(t.String(), { maxItems: CLAIMS_MAX }),
  rxNumbers: t.Array(t.String(), { maxItems: CLAIMED_RX_MAX }),
})
export type Claims = Static<typeof Claims>
export const noClaims: Claims = { names: [], datesOfBirth: [], zips: [], rxNumbers: [] }

/** With what was told in one more turn; of too much the oldest goes. */
export function withClaims(claims: Claims, { name, datesOfBirth, zip, rxNumbers }: Slots): Claims {
  const { first, last } = name ?? {}
  const isNamed = first !== undefined || last !== undefined
  const named = { ...(first && { first }), ...(last && { last }) }
  return {
    names: (isNamed ? [...claims.names, named] : claims.names).slice(-CLAIMS_MAX),
    datesOfBirth: unique([...claims.datesOfBirth, ...(datesOfBirth ?? [])]).slice(-CLAIMS_MAX),
    zips: unique([...claims.zips, ...(zip === undefined ? [] : [zip])]).slice(-CLAIMS_MAX),
    rxNumbers: unique([...claims.rxNumbers, ...(rxNumbers ?? [])]).slice(-CLAIMED_RX_MAX),
  }
}

export function unique(values: readonly string[]): string[] {
  return [...new Set(values)]
}
