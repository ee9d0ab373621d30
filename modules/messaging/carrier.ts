/** Outbound texts through Twilio's REST interface, by its own SDK. */
import twilio from "twilio"
import { Outage } from "#core/fault.ts"
import type { SecretsPort } from "#core/ports.ts"

/** The recipient opted out with the carrier. Never tried again. */
const OPTED_OUT = 21_610

export interface Carrier {
  /** Undefined when the recipient has opted out. */
  send(text: {
    readonly from: string
    readonly to: string
    readonly text: string
  }): Promise<{ readonly message: string } | undefined>
}

export interface Account {
  readonly accountSid: string
  readonly authToken: string
  readonly apiBase?: string
}

/**
 * All three are references to secrets. The REST address is Twilio's own when none is configured.
 */
export async function openCarrier(account: Account, secrets: SecretsPort): Promise<Carrier> {
  const accountSid = await secrets.read(account.accountSid)
  const client = twilio(accountSid, await secrets.read(account.authToken))
  const base = account.apiBase === undefined ? undefined : await optional(account.apiBase, secrets)
  if (base) client.api.baseUrl = base
  return {
    async send({ from, to, text }) {
      try {
        const { sid } = await client.messages.create({ from, to, body: text })
        return { message: sid }
      } catch (trouble) {
        if (codeOf(trouble) === OPTED_OUT) return undefined
        throw new Outage("telephony_down")
      }
    },
  }
}

/** A reference that leads nowhere leaves Twilio's own address in place. */
async function optional(reference: string, secrets: SecretsPort): Promise<string | undefined> {
  try {
    return await secrets.read(reference)
  } catch (trouble) {
    if (trouble instanceof Outage) return undefined
    throw trouble
  }
}

function codeOf(trouble: unknown): number | undefined {
  return trouble instanceof Error && "code" in trouble && typeof trouble.code === "number"
    ? trouble.code
    : undefined
}
