/** The cloud as a site has set it up. Without the site's word and a BAA nobody comes here. */
import { randomInt } from "node:crypto"
import type { Clock } from "#core/clock.ts"
import type { Documents } from "#core/documents.ts"
import type { SecretsPort } from "#core/ports.ts"
import { anonymise, reidentify } from "../anonymiser/anonymise.ts"
import { Cloud } from "./ask.ts"
import { type CloudDay, DayBook } from "./day-book.ts"
import { priceOf } from "./prices.ts"
import type { Account, Provider } from "./provider.ts"
import type { CloudSettings } from "./settings.ts"

export interface OpenCloudDeps {
  readonly settings: CloudSettings
  readonly timeZone: string
  readonly days: Documents<CloudDay>
  readonly secrets: SecretsPort
  readonly clock: Clock
}

/** Undefined when no provider is set up. A key that can't be read is an outage. */
export async function openCloud(deps: OpenCloudDeps): Promise<Cloud | undefined> {
  const { settings, timeZone, days, secrets, clock } = deps
  const providers: Provider[] = []
  for (const name of settings.order) {
    const provider = await openProvider(name, settings, secrets)
    if (provider) providers.push(provider)
  }
  if (providers.length === 0) return undefined
  const dayBook = new DayBook({ days, clock, timeZone, caps: settings })
  return new Cloud({ providers, dayBook, clock, anonymise, reidentify, chance })
}

const CHANCES = 1_000_000

function chance(): number {
  return randomInt(CHANCES) / CHANCES
}

/** The SDKs are loaded by those who use them. */
async function openProvider(
  name: CloudSettings["order"][number],
  settings: CloudSettings,
  secrets: SecretsPort,
): Promise<Provider | undefined> {
  if (name === "anthropic") {
    if (!settings.anthropic) return undefined
    const { anthropicProvider } = await import("./anthropic.ts")
    const { model, price } = settings.anthropic
    const own = await account(settings.anthropic, secrets)
    return anthropicProvider(model, own, priceOf(model, price))
  }
  if (!settings.openai) return undefined
  const { openaiProvider } = await import("./openai.ts")
  const { model, price } = settings.openai
  return openaiProvider(model, await account(settings.openai, secrets), priceOf(model, price))
}

async function account(
  { apiKey, baseUrl }: NonNullable<CloudSettings["anthropic" | "openai"]>,
  secrets: SecretsPort,
): Promise<Account> {
  return { apiKey: await secrets.read(apiKey), ...(baseUrl === undefined ? {} : { baseUrl }) }
}
