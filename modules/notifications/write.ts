/** Notices on file: once for a fill, one for what comes together, copies by consent. */
import { DateTime } from "luxon"
import { inTurn } from "#core/in-turn.ts"
import { type Prescription, pms } from "#core/pms.ts"
import { consents } from "../consents/contract.ts"
import { drugs } from "../drugs/contract.ts"
import type { Kind } from "./contract.ts"
import type { Here, Kept } from "./needs.ts"

const MINUTE_MS = 60_000
/** More than anybody has open at once. */
const OPEN_MAX = 100

interface Told {
  readonly kind: Exclude<Kind, "answer">
  readonly notAfterMs: number
}

export async function write(rx: Prescription, told: Told, context: Here): Promise<void> {
  const isBare = await isDelicate(rx, context)
  const recipients = [rx.patient]
  // Of what is nobody's business no other hears, whatever else they may do for the patient.
  if (told.kind === "ready" && !isBare)
    recipients.push(...(await caregiversOf(rx.patient, context)))
  for (const recipient of new Set(recipients))
    await inTurn(`${rx.patient}:${recipient}`, () =>
      joined({ rx, recipient, isBare }, told, context),
    )
}

interface About {
  readonly rx: Prescription
  readonly recipient: string
  readonly isBare: boolean
}

/** What still waits for the same person about the same patient takes it in. */
async function joined(about: About, told: Told, context: Here): Promise<void> {
  const { rx, recipient, isBare } = about
  const { clock, config, newId, store } = context
  const open = await store.notices.find({
    where: { patient: rx.patient, isOpen: true },
    limit: OPEN_MAX,
  })
  const waiting = open.find(
    ({ doc }) => doc.recipient === recipient && doc.kind === told.kind && doc.state === "waiting",
  )
  if (waiting) {
    await store.notices.change(waiting.id, (doc) => ({
      ...doc,
      isBare: doc.isBare || isBare,
      rxNumbers: [...new Set([...doc.rxNumbers, rx.rxNumber])],
      notAfterMs: Math.max(doc.notAfterMs, told.notAfterMs),
    }))
    return
  }
  const nowMs = Math.round(clock.nowMs())
  const notice = newId()
  const doc: Kept = {
    ...{ notice, patient: rx.patient, recipient, kind: told.kind, state: "waiting", isBare },
    ...{ createdAtMs: nowMs, dueAtMs: nowMs + config.gatherMinutes * MINUTE_MS },
    ...{ rxNumbers: [rx.rxNumber], notAfterMs: told.notAfterMs, tries: 0, isOpen: true },
  }
  await store.notices.put(notice, doc, 0)
}

/** Controlled, or of a class that says by itself what somebody has. */
async function isDelicate({ drugName, schedule }: Prescription, { call }: Here): Promise<boolean> {
  if (schedule !== "none") return true
  const described = await call(drugs, "describe", { drugName })
  if (!described.ok) return true
  return described.value.isSensitive || (described.value.schedule ?? "none") !== "none"
}

async function caregiversOf(patient: string, { call, clock, config }: Here) {
  const given = await call(consents, "list", { patient })
  if (!given.ok) return []
  const on = DateTime.fromMillis(clock.nowMs(), { zone: config.timeZone }).toFormat("yyyy-MM-dd")
  return given.value.consents.flatMap(({ caregiver, revokedOn, expiresOn }) =>
    revokedOn === undefined && (expiresOn === undefined || on <= expiresOn) ? [caregiver] : [],
  )
}

/** Whether an answer says what others should not read: a medicine, by name or by its use. */
export async function namesMedicine(text: string, patient: string, { call }: Here) {
  const controlled = await call(drugs, "namesControlled", { text })
  if (!controlled.ok || controlled.value.isNamed) return true
  const profile = await call(pms, "listPrescriptions", { patient })
  if (!profile.ok) return true
  const candidates = profile.value.prescriptions.map(({ rxNumber, drugName }) => ({
    rxNumber,
    drugName,
  }))
  const found = await call(drugs, "match", { text, candidates })
  if (!found.ok) return true
  const { meant, unclear, namesOther, leftOut = [] } = found.value
  return namesOther || meant.length + unclear.length + leftOut.length > 0
}
