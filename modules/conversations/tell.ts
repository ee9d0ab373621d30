/** How a drug is called aloud: never more than the caller's own label says. */
import type { Prescription } from "#core/pms.ts"
import type { Talk } from "./talk.ts"

const unnamed = { en: "prescription ending in", es: "receta que termina en" } as const

type Named = Pick<Prescription, "drugName" | "rxNumber">

export async function nameOf({ state, world }: Talk, named: Named): Promise<string> {
  const { drugName, rxNumber } = named
  const { isSensitive, plainName } = await world.describe(drugName)
  return isSensitive ? `${unnamed[state.language]} ${rxNumber.slice(-4)}` : plainName
}
