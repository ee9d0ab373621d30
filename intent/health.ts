/** How the models fare that understanding leans on, here and elsewhere. No word of a caller. */
import type { Output } from "#core/contract.ts"
import type { CloudAtHand } from "./cloud/at-hand.ts"
import type { CloudSettings } from "./cloud/settings.ts"
import type { intent } from "./contract.ts"
import type { LocalModels } from "./local-model/at-hand.ts"

export type Health = Output<typeof intent, "health">

export interface Running {
  readonly usesMeaning: boolean
  readonly local: LocalModels | undefined
  readonly cloud: CloudAtHand | undefined
}

export async function healthOf(
  { usesMeaning, local, cloud }: Running,
  settings: CloudSettings | undefined,
): Promise<Health> {
  const languageModels = (await local?.standing()) ?? []
  if (!settings) return { usesMeaning, languageModels, cloud: { isOn: false, providers: [] } }
  const circuits = cloud?.circuits() ?? new Map()
  const spent = await cloud?.spent()
  return {
    usesMeaning,
    languageModels,
    cloud: {
      isOn: cloud !== undefined,
      isWanted: settings.on,
      ...(spent && { today: spent }),
      dailyAsksMax: settings.dailyAsksMax,
      dailyCostMaxCents: settings.dailyCostMaxCents,
      providers: settings.order.flatMap((name) => {
        const chosen = settings[name]
        if (!chosen) return []
        const { model, baa } = chosen
        return [{ name, model, baa, circuit: circuits.get(name) ?? ("closed" as const) }]
      }),
    },
  }
}
