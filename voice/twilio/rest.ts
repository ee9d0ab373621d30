/** What we ask of Twilio over REST, by its own library; the address can be a simulator's. */
import twilio, { type Twilio } from "twilio"
import { Outage } from "#core/fault.ts"

const TIMEOUT_MS = 5_000
/** Twilio's code for a recipient who answered STOP. */
const OPTED_OUT = 21_610

export interface RestAccount {
  readonly accountSid: string
  readonly authToken: string
  /** Another address than Twilio's own. */
  readonly apiUrl?: string | undefined
}

export interface TwilioRest {
  /** Gives a live call new instructions. Throws an outage when Twilio can't be reached. */
  updateCall(call: string, twiml: string): Promise<void>
  placeCall(to: string, from: string, twiml: string): Promise<string>
  /** The message's id, or `opted_out`. */
  sendText(to: string, from: string, text: string): Promise<{ message: string } | "opted_out">
}

/** A client for one account. */
export function twilioRest(account: RestAccount): TwilioRest {
  let made: Twilio | undefined
  // Made when needed: the library refuses an account without an id, and a demo has none.
  const client = () => (made ??= clientOf(account))
  return {
    async updateCall(call, twiml) {
      await reach(() => client().calls(call).update({ twiml }))
    },
    async placeCall(to, from, twiml) {
      return (await reach(() => client().calls.create({ to, from, twiml }))).sid
    },
    async sendText(to, from, text) {
      try {
        return { message: (await client().messages.create({ to, from, body: text })).sid }
      } catch (error) {
        if (codeOf(error) === OPTED_OUT) return "opted_out"
        throw new Outage("telephony_down")
      }
    },
  }
}

/** The library's errors carry numbers that people dial; they end here. */
async function reach<T>(request: () => Promise<T>): Promise<T> {
  try {
    return await request()
  } catch {
    throw new Outage("telephony_down")
  }
}

function codeOf(error: unknown): unknown {
  return typeof error === "object" && error !== null && "code" in error ? error.code : undefined
}

function clientOf({ accountSid, authToken, apiUrl }: RestAccount): Twilio {
  const client = twilio(accountSid, authToken, { timeout: TIMEOUT_MS })
  if (apiUrl) client.api.baseUrl = apiUrl.replace(/\/$/, "")
  return client
}
