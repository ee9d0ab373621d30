/**
 * Asking the prescriber: through the pharmacy system where it can, else by a technician with the
 * request filled in. One request for one prescription at a time, however often it is asked for.
 */
import { createHash } from "node:crypto"
import type { RefillEligibility } from "#core/decision.ts"
import { type Prescription, pms } from "#core/pms.ts"
import { type Prescriber, prescribers } from "../prescribers/contract.ts"
import { workQueue } from "../work-queue/contract.ts"
import type { Form, Renewal } from "./contract.ts"
import type { Here } from "./needs.ts"

/** A prescriber is asked only for what has run out. */
const renewable: readonly RefillEligibility[] = [
  "no_refills",
  "expired",
  "prescriber_auth_possible",
]

export type Asked =
  | { readonly kind: "asked"; readonly renewal: Renewal }
  | { readonly kind: "not_renewable" | "already_asked" }

export async function ask(prescription: Prescription, context: Here): Promise<Asked> {
  const { call, clock, key, offers, store } = context
  const { rxNumber, patient } = prescription
  // The key names this one request: sent again, it is the same renewal.
  const renewal = createHash("sha256").update(key).digest("base64url")
  const known = await store.renewals.get(renewal)
  if (known) return { kind: "asked", renewal: known.doc }
  const waiting = await store.renewals.find({ where: { rxNumber, isWaiting: true }, limit: 1 })
  if (waiting.length > 0) return { kind: "already_asked" }
  const answer = await call(pms, "refillEligibility", { rxNumber })
  if (!answer.ok || !renewable.includes(answer.value.eligibility)) return { kind: "not_renewable" }
  const form = await filledIn(prescription, context)
  const bare = { renewal, rxNumber, patient, form, askedAtMs: Math.round(clock.nowMs()) }
  const asked: Renewal = (await offers(pms, "requestRenewal"))
    ? { ...bare, how: "sent", ...(await sent(rxNumber, renewal, context)) }
    : { ...bare, how: "by_hand" }
  if (asked.how === "sent" && asked.ticket === undefined) return { kind: "not_renewable" }
  if (asked.how === "by_hand") await giveToTechnician(asked, context)
  await store.renewals.put(renewal, { ...asked, isWaiting: true })
  return { kind: "asked", renewal: asked }
}

async function sent(rxNumber: string, idempotencyKey: string, { call }: Here) {
  const taken = await call(pms, "requestRenewal", { rxNumber, idempotencyKey })
  return taken.ok ? { ticket: taken.value.ticket } : {}
}

async function filledIn(prescription: Prescription, { call }: Here): Promise<Form> {
  const { rxNumber, drugName, lastFilledOn, daysSupply } = prescription
  const writer = await call(prescribers, "writerOf", { rxNumber })
  const { name, prescriber } = writer.ok ? writer.value : {}
  return {
    rxNumber,
    drugName,
    ...(lastFilledOn === undefined ? {} : { lastFilledOn }),
    ...(daysSupply === undefined ? {} : { daysSupply }),
    ...(name === undefined ? {} : { prescriber: name }),
    ...(prescriber ? reachedAt(prescriber) : {}),
  }
}

function reachedAt({ npi, networkId, phone, fax }: Prescriber): Partial<Form> {
  return {
    ...(npi === undefined ? {} : { prescriberNpi: npi }),
    ...(networkId === undefined ? {} : { prescriberNetworkId: networkId }),
    ...(phone === undefined ? {} : { prescriberPhone: phone }),
    ...(fax === undefined ? {} : { prescriberFax: fax }),
  }
}

async function giveToTechnician({ renewal, patient, form }: Renewal, { call }: Here) {
  const { drugName, prescriber = "the prescriber", prescriberFax, prescriberPhone } = form
  const number = prescriberFax ?? prescriberPhone
  const willHappen = `Ask ${prescriber}${number ? ` (${number})` : ""} for a renewal. The request \
is filled in under renewals; note the answer there.`
  await call(
    workQueue,
    "add",
    {
      tier: 1,
      row: "refill_request",
      rules: ["no_refills"],
      context: { patient, drugName, willHappen },
    },
    { key: `${renewal}:task` },
  )
}
