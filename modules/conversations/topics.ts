/** What a conversation can be about: each wish, and the topic that carries it. */
import type { IntentName } from "../../intent/contract.ts"
import type { Topic } from "./topic.ts"
import { ask, askVerified } from "./topics/ask.ts"
import { complaint } from "./topics/complaint.ts"
import { controlled } from "./topics/controlled.ts"
import { hours } from "./topics/hours.ts"
import { insurance } from "./topics/insurance.ts"
import { priorAuth } from "./topics/prior-auth.ts"
import { refill } from "./topics/refill.ts"
import { status } from "./topics/status.ts"
import { storeFact } from "./topics/store-fact.ts"
import { transfer } from "./topics/transfer.ts"

const topics: Readonly<Partial<Record<IntentName, Topic>>> = {
  refill,
  status,
  hours,
  store_fact: storeFact,
  controlled,
  insurance,
  transfer_in: transfer,
  transfer_out: transfer,
  complaint,
  prior_auth: priorAuth,
  price: askVerified,
  refund: askVerified,
}

/** Everything that has no topic of its own is put before a person. */
export function topicOf(intent: IntentName): Topic {
  return topics[intent] ?? ask
}
