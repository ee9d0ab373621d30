/** What the intent module needs for the cloud, and how a request reaches it. Off, it is nothing. */
import { type Static, Type as t } from "typebox"
import type { Clock } from "#core/clock.ts"
import { Outage } from "#core/fault.ts"
import type { Log } from "#core/log.ts"
import type { Ports } from "#core/ports.ts"
import { Site } from "#core/site.ts"
import type { Known } from "../anonymiser/anonymise.ts"
import type { Step } from "../cascade.ts"
import type { About, PriorAuthLetter, PriorAuthPacket } from "../contract.ts"
import type { Cloud } from "./ask.ts"
import { cloudDays } from "./day-book.ts"
import { cloudStep } from "./hard-turn.ts"
import type { OpenCloudDeps } from "./open.ts"
import { priceOf } from "./prices.ts"
import { cloudLetter } from "./prior-auth-letter.ts"
import { CloudSettings } from "./settings.ts"
import { type SummaryDeps, summariseComplaint } from "./summary.ts"

const { name, address, phones, timeZone } = Site.properties

/** Facts of the site beside its settings: what must not leave, and when a day ends. */
const config = t.Object({
  cloud: t.Optional(CloudSettings),
  name: t.Optional(name),
  address: t.Optional(address),
  phones: t.Optional(phones),
  timeZone: t.Optional(timeZone),
})
type CloudConfig = Static<typeof config>

export const cloudNeeds = {
  config: config.properties,
  collections: { cloudDays },
  ports: ["departures", "secrets"],
} as const

interface Start {
  readonly config: CloudConfig
  readonly store: { readonly cloudDays: OpenCloudDeps["days"] }
  readonly ports: Pick<Ports, "secrets">
  readonly clock: Clock
  readonly log: Log
}

interface Request {
  readonly config: CloudConfig
  readonly ports: Pick<Ports, "departures">
  readonly signal: AbortSignal
}

/** Of each model that may be asked: what it costs, and who read that when. */
function pricesShown({ order, ...settings }: CloudSettings): Readonly<Record<string, string>> {
  const shown = order.flatMap((name) => {
    const chosen = settings[name]
    if (!chosen) return []
    const price = priceOf(chosen.model, chosen.price)
    const { inputPerThousand, outputPerThousand, checkedOn, checkedBy } = price
    const told = `${inputPerThousand}/${outputPerThousand} micro-dollars for 1,000 tokens`
    return [[chosen.model, `${told}, ${checkedOn}, ${checkedBy}`] as const]
  })
  return Object.fromEntries(shown)
}

interface Whose {
  readonly about: About
  readonly patient?: string
}

/** The cloud while the module runs. What it lacks to start is told; calls go on without it. */
export class CloudAtHand {
  readonly #cloud: Cloud
  readonly #settings: CloudSettings

  private constructor(cloud: Cloud, settings: CloudSettings) {
    this.#cloud = cloud
    this.#settings = settings
  }

  static async open({ config, store, ports, clock, log }: Start): Promise<CloudAtHand | undefined> {
    const { cloud: settings, timeZone } = config
    if (!settings?.on || timeZone === undefined) return undefined
    try {
      const { openCloud } = await import("./open.ts")
      const days = store.cloudDays
      const cloud = await openCloud({ settings, timeZone, days, secrets: ports.secrets, clock })
      if (!cloud) return undefined
      log.info("the cloud is on", pricesShown(settings))
      return new CloudAtHand(cloud, settings)
    } catch (trouble) {
      if (!(trouble instanceof Outage)) throw trouble
      log.error("the cloud stays off: a key could not be read", { code: trouble.code })
      return undefined
    }
  }

  circuits() {
    return this.#cloud.circuits()
  }

  async spent() {
    const { asks, costMicroDollars } = await this.#cloud.spent()
    return { asks, costMicroDollars }
  }

  /** None unless whoever asks has said whom the words may be about. */
  stepFor(
    input: { readonly about?: About; readonly isEmergency?: boolean },
    { config, ports, signal }: Request,
  ): Step | undefined {
    const { about, isEmergency = false } = input
    if (!about) return undefined
    return cloudStep({
      cloud: this.#cloud,
      budgetMs: this.#settings.turnBudgetMs,
      known: knownFrom(about, config),
      drugs: about.drugs,
      isEmergency,
      departures: ports.departures,
      signal,
    })
  }

  /** Undefined when there is no draft to be had. */
  draft(
    { text, ...whose }: Whose & { readonly text: string },
    request: Request,
  ): Promise<string | undefined> {
    return summariseComplaint(text, this.#forDraft(whose, request))
  }

  /** Undefined when there is no model's wording to be had. */
  letter(
    { packet, ...whose }: Whose & { readonly packet: PriorAuthPacket },
    request: Request,
  ): Promise<PriorAuthLetter | undefined> {
    return cloudLetter(packet, whose.about, this.#forDraft(whose, request))
  }

  #forDraft({ about, patient }: Whose, { config, ports, signal }: Request): SummaryDeps {
    return {
      cloud: this.#cloud,
      budgetMs: this.#settings.draftBudgetMs,
      known: knownFrom(about, config),
      drugs: about.drugs,
      ...(patient === undefined ? {} : { patient }),
      departures: ports.departures,
      signal,
    }
  }
}

function knownFrom({ people }: About, { name, address, phones }: CloudConfig): Known {
  if (name === undefined) return { people }
  const numbers = Object.values(phones ?? {}).filter((number) => number !== undefined)
  const street = address && `${address.street}, ${address.city}, ${address.state} ${address.zip}`
  return { people, pharmacy: { name, phones: numbers, ...(street && { address: street }) } }
}
