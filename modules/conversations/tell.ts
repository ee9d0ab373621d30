/** How a drug is called aloud: never more than the caller's own label says. */
import type { Prescription } from "#core/pms.ts"
import type { Talk } from "./talk.ts"

type Named = Pick<Prescription, "drugName" | "rxNumber">

export async function nameOf({ world }: Talk, { drugName, rxNumber }: Named): Promise<string> {
  const { isSensitive, plainName } = await world.describe(drugName)
  return isSensitive ? `prescription ending in ${rxNumber.slice(-4)}` : plainName
}
