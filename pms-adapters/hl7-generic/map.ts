/**
 * What the pharmacy system says in HL7, in our words. Pure. What it left out stays as it was, what
 * it deleted goes, what nobody documented is `unknown`.
 */
import type { DeaSchedule, RefillEligibility } from "#core/decision.ts"
import type { FillStatus } from "#core/pms.ts"
import { centsOf } from "../hl7/charge.ts"
import type { Segment } from "../hl7/message.ts"
import type { Drug, Order } from "../hl7/order.ts"
import { readPerson, type Person as Told } from "../hl7/person.ts"
import { dayOf, momentOf } from "../hl7/time.ts"
import { valueAt } from "../hl7/value.ts"
import { e164Of, present } from "../loose.ts"
import { quantityOf } from "./quantity.ts"
import type { Person, Script } from "./records.ts"
import type { Settings } from "./settings.ts"

/** Table 0477. VI is a drug that is not controlled. */
const schedules: Readonly<Record<string, DeaSchedule>> = {
  I: "CI",
  II: "CII",
  III: "CIII",
  IV: "CIV",
  V: "CV",
  VI: "none",
}

/** Table 0038, where it says something of a fill. A completed order may be anywhere after that. */
const statusFills: Readonly<Record<string, FillStatus>> = {
  SC: "queued",
  IP: "in_process",
  CA: "cancelled",
}

/** ORC-5, where it settles whether a refill is possible. */
const statusEligibilities: Readonly<Record<string, RefillEligibility>> = {
  HD: "on_hold",
  DC: "discontinued",
  CA: "discontinued",
}

const fillEligibilities: Readonly<Partial<Record<FillStatus, RefillEligibility>>> = {
  queued: "already_in_process",
  in_process: "already_in_process",
  waiting_payer: "already_in_process",
  waiting_prescriber: "already_in_process",
  verified: "already_in_process",
  ready: "ready_now",
}

const languages: Readonly<Record<string, "en" | "es">> = {
  EN: "en",
  ENG: "en",
  ES: "es",
  SPA: "es",
}

/** The identifier that is the patient's number: of the type that was agreed on, or the only one. */
export function patientIdOf(
  ids: readonly { readonly id: string; readonly type?: string }[],
  type: string,
): string | undefined {
  const [only, ...others] = ids
  const typed = ids.find((one) => one.type === type)
  return typed?.id ?? (others.length === 0 ? only?.id : undefined)
}

export function personOf(segment: Segment, patient: string, before: Person | undefined): Person {
  const told = readPerson(segment)
  const spoken = told.language
  const language = typeof spoken === "string" ? languages[spoken.toUpperCase()] : spoken
  return {
    patient,
    phones: phonesOf(told.phones, before?.phones ?? []),
    ...present({
      firstName: updated(capitalised(told.givenName), before?.firstName),
      lastName: updated(capitalised(told.familyName), before?.lastName),
      dateOfBirth: updated(told.bornOn, before?.dateOfBirth),
      zip: updated(told.zip, before?.zip),
      language: updated<"en" | "es">(language, before?.language),
    }),
  }
}

function phonesOf(told: Told["phones"], before: readonly string[]): string[] {
  return told === undefined ? [...before] : (told ?? []).flatMap((phone) => e164Of(phone) ?? [])
}

/** Names that come in capitals would be spelt out by a voice. */
function capitalised(name: string | null | undefined): string | null | undefined {
  if (!name || name !== name.toUpperCase()) return name
  return name.toLowerCase().replace(/(?<!\p{L})\p{L}/gu, (letter) => letter.toUpperCase())
}

export interface Telling {
  readonly order: Order
  readonly patient: string
  readonly rxNumber: string
  readonly readAtMs: number
}

export function scriptOf(telling: Telling, before: Script | undefined, site: Settings): Script {
  const { order, patient, rxNumber, readAtMs } = telling
  const { encoded, dispensed } = order
  const drug = encoded?.drug ?? dispensed?.drug
  const own = (path: keyof Settings["paths"]) => ownValue(order, site.paths[path])
  return {
    rxNumber,
    patient,
    drugName: (updated(drug?.name, undefined) ?? before?.drugName ?? "").toLowerCase(),
    schedule: scheduleOf(encoded?.schedule) ?? before?.schedule ?? "unknown",
    fill: fillOf(order, site) ?? before?.fill ?? "unknown",
    readAtMs,
    ...present({
      ndc: updated(ndcOf(drug), before?.ndc),
      refillsLeft: updated(
        countOf(dispensed?.refillsLeft ?? encoded?.refillsLeft),
        before?.refillsLeft,
      ),
      expiresOn: updated(dayOrNull(own("expires")), before?.expiresOn),
      lastFilledOn: updated(
        dayOrNull(dispensed?.dispensedAt ?? encoded?.lastFilledAt),
        before?.lastFilledOn,
      ),
      daysSupply: updated(countOf(own("daysSupply")), before?.daysSupply),
      quantity: updated(quantityOf(order, site.countedIn), before?.quantity),
      prescriber: updated(order.prescriber, before?.prescriber),
      readyAtMs: updated(momentOrNull(own("promised"), site.timeZone), before?.readyAtMs),
      copayCents: updated(copayOf(own("copay")), before?.copayCents),
      status: updated(order.status, before?.status),
      eligibility: updated(own("eligibility"), before?.eligibility),
      earliestOn: updated(dayOrNull(own("earliest")), before?.earliestOn),
    }),
  }
}

/** The vendor's own code where the site has one, or what the order's status settles. */
export function fillOf(order: Order, { paths, fillCodes }: Settings): FillStatus | undefined {
  const code = ownValue(order, paths.fill)
  if (code) return Object.hasOwn(fillCodes, code) ? fillCodes[code] : "unknown"
  if (paths.fill) return undefined
  return order.status ? (statusFills[order.status] ?? "unknown") : undefined
}

/**
 * HL7 has no answer to "may it be refilled?": it is the vendor's own code where the site has one,
 * or what follows from what was told. Nothing follows when nothing was told for too long.
 */
export function eligibilityOf(
  script: Script,
  { site, today, isStale }: { site: Settings; today: string; isStale: boolean },
): RefillEligibility {
  if (isStale) return "unknown"
  const { eligibility: code, status = "", refillsLeft, expiresOn, fill } = script
  if (code) {
    const known = Object.hasOwn(site.eligibilityCodes, code)
    return (known ? site.eligibilityCodes[code] : undefined) ?? "unknown"
  }
  const settled = statusEligibilities[status] ?? fillEligibilities[fill]
  if (settled) return settled
  if (expiresOn && expiresOn < today) return "expired"
  if (refillsLeft === undefined) return "unknown"
  return refillsLeft > 0 ? "refillable" : "no_refills"
}

/** A value of the vendor's own segments, or of any other segment of the order. */
export function ownValue(order: Order, path: string | undefined): string | null | undefined {
  const [, id, field, component = "1"] = /^(\w{3})-(\d+)(?:\.(\d+))?$/.exec(path ?? "") ?? []
  const segment = order.segments.find((one) => one.id === id)
  return valueAt(segment, Number(field), Number(component))
}

/** Said now, or as it was; gone when it was deleted. */
function updated<T>(told: T | null | undefined, before: T | undefined): T | undefined {
  return told === undefined ? before : (told ?? undefined)
}

function scheduleOf(code: string | null | undefined): DeaSchedule | undefined {
  return code ? (schedules[code] ?? "unknown") : undefined
}

function ndcOf(drug: Drug | undefined): string | null | undefined {
  return drug?.system === "NDC" ? drug.code : undefined
}

function countOf(text: string | null | undefined): number | null | undefined {
  if (text === undefined || text === null) return text
  return /^\d{1,4}$/.test(text) ? Number(text) : undefined
}

function dayOrNull(text: string | null | undefined): string | null | undefined {
  return text === null ? null : dayOf(text)
}

function momentOrNull(text: string | null | undefined, zone: string): number | null | undefined {
  return text === null ? null : momentOf(text, zone)
}

function copayOf(text: string | null | undefined): number | null | undefined {
  return text === null ? null : centsOf(text, { segment: "ORC", field: 1 })
}
