/** Gathers what the rules for anomalies look at: who opened what lately, and last names. */
import { Outage } from "#core/fault.ts"
import type { AuditEntry } from "#core/ports.ts"
import { patients } from "../patients/contract.ts"
import { staffAccounts } from "../staff-accounts/contract.ts"
import { actsOf, type Period } from "./acts.ts"
import { type Access, anomaliesOf, patientKey, personKey } from "./anomalies.ts"
import type { Anomaly } from "./contract.ts"
import type { Here } from "./needs.ts"
import { entriesOf } from "./report.ts"

const DAY_MS = 86_400_000
/** What is usual is what somebody did in so many days before. */
const USUAL_DAYS = 30
/** Names are asked for of so many patients, those seen last. */
const NAMES_MAX = 300

/** Undefined when there is more to look through than fits. */
export async function suspicions(
  period: Period,
  context: Here,
): Promise<readonly Anomaly[] | undefined> {
  const accounts = await context.call(staffAccounts, "list", {})
  const people = accounts.ok ? accounts.value.accounts : []
  const looked = { ...period, fromMs: period.fromMs - USUAL_DAYS * DAY_MS }
  const accesses: Access[] = []
  for (const { user: person } of people) {
    const entries = await entriesOf(context.ports.audit.query, { ...looked, person })
    if (!entries) return undefined
    accesses.push(...accessesOf(entries, looked))
  }
  const judged = accesses.filter(({ atMs }) => atMs >= period.fromMs)
  const lastNames = new Map([
    ...people.map(({ user, fullName }) => [personKey(user), lastWord(fullName)] as const),
    ...(await namesOf(judged, context)),
  ])
  const { timeZone } = context.config
  const found = anomaliesOf(accesses, { fromMs: period.fromMs, timeZone, lastNames })
  return await Promise.all(found.map((one) => withDismissal(one, context)))
}

function accessesOf(entries: readonly AuditEntry[], period: Period): readonly Access[] {
  return actsOf(entries, period).flatMap(({ actor, patient, atMs }) =>
    actor?.kind === "staff" && patient !== undefined
      ? [{ person: actor.person, patient, atMs }]
      : [],
  )
}

function lastWord(name: string): string {
  return name.trim().split(/\s+/).at(-1) ?? ""
}

/** While the pharmacy system is silent, no name is known and the other rules still hold. */
async function namesOf(judged: readonly Access[], { call, log }: Here) {
  const seen = [...new Set(judged.map(({ patient }) => patient).reverse())].slice(0, NAMES_MAX)
  const names: (readonly [string, string])[] = []
  try {
    for (const patient of seen) {
      const found = await call(patients, "contact", { patient })
      if (found.ok) names.push([patientKey(patient), found.value.lastName])
    }
  } catch (trouble) {
    if (!(trouble instanceof Outage)) throw trouble
    log.warn("last names were not compared", { code: trouble.code })
  }
  return names
}

async function withDismissal(one: Anomaly, { store }: Here): Promise<Anomaly> {
  const dismissed = (await store.dismissals.get(one.anomaly))?.doc
  return dismissed ? { ...one, dismissed } : one
}
