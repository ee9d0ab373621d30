/** What the public server needs to know and to reach. */
import type { Clock } from "#core/clock.ts"
import type { Log } from "#core/log.ts"
import type { Backstage } from "../backstage.ts"
import type { SpeechParts } from "../session.ts"
import type { Switchboard } from "../switchboard.ts"
import type { TwilioRest } from "./rest.ts"
import type { Signers } from "./signature.ts"
import type { SignatureWatch } from "./signature-watch.ts"
import type { Address } from "./twiml.ts"

export interface Limits {
  /** Streams that have connected and not yet shown a token. */
  readonly pendingMax: number
  readonly pendingPerAddressMax: number
  readonly streamsMax: number
  /** Calls answered at one time; the next one is told that the lines are busy. */
  readonly callsMax: number
}

export const defaultLimits: Limits = {
  pendingMax: 32,
  pendingPerAddressMax: 4,
  streamsMax: 128,
  callsMax: 20,
}

export interface Lines {
  /** The number that texts and alarms come from. */
  readonly own: string
  readonly pharmacist?: string | undefined
  readonly technician?: string | undefined
}

export interface Desk {
  readonly clock: Clock
  readonly log: Log
  readonly signers: Signers
  /** Counts what was signed and what was not. */
  readonly watch: SignatureWatch
  readonly address: Address
  readonly lines: Lines
  readonly limits: Limits
  readonly backstage: Backstage
  readonly switchboard: Switchboard
  readonly speech: SpeechParts
  readonly rest: TwilioRest
  /** True while the machine can't serve one caller more. */
  readonly isOverloaded: () => boolean
}
