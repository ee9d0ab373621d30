/** What every part of the simulated cloud shares, and what a request about a call says. */
import type { Clock } from "./clock.ts"
import type { Leg } from "./leg.ts"
import type { Person } from "./person.ts"
import type { Room } from "./room.ts"
import type { Params } from "./signature.ts"
import type { WebhookReply } from "./webhook.ts"

/** Twilio does not say what follows when a media socket breaks without being closed. */
export type AfterSocketLoss = "continue" | "hangUp"

export interface Exchange {
  readonly clock: Clock
  readonly accountSid: string
  readonly authToken: string
  readonly afterSocketLoss: AfterSocketLoss
  readonly reach: (url: URL) => URL
  speak(text: string, language: string): Promise<Uint8Array>
  request(url: string, method: string, params: Params): Promise<WebhookReply>
  /** Sends a callback whose answer nobody waits for. */
  notify(url: string, method: string, params: Params): void
  /** Remembers work that has to settle before the cloud is closed. */
  track<T>(work: Promise<T>): Promise<T>
  personAt(number: string): Person
  room(name: string): Room
  keepRecording(wav: Buffer): { sid: string; url: string }
}

export const apiVersion = "2010-04-01"

/** The parameters that every request about a call carries. */
export function callParams(exchange: Exchange, leg: Leg): Params {
  const { from, to, direction, parentSid } = leg.options
  return {
    CallSid: leg.sid,
    AccountSid: exchange.accountSid,
    From: from,
    To: to,
    Caller: from,
    Called: to,
    CallStatus: leg.status,
    ApiVersion: apiVersion,
    Direction: direction,
    ...placeOf("From", from),
    ...placeOf("To", to),
    ...(direction === "inbound" ? { StirVerstat: "TN-Validation-Passed-A" } : {}),
    ...(parentSid === undefined ? {} : { ParentCallSid: parentSid }),
  }
}

/** Where a number is registered. Every simulated number lives in the same made-up town. */
function placeOf(side: "From" | "To", number: string): Params {
  if (!number.startsWith("+1")) return {}
  return {
    [`${side}City`]: "SAMPLEVILLE",
    [`${side}State`]: "TX",
    [`${side}Zip`]: "00000",
    [`${side}Country`]: "US",
  }
}
