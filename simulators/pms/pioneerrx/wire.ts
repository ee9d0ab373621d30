/**
 * How PioneerRx writes its records. Numbers are numbers and moments are ISO, until `isOdd`: then
 * numbers are text, keys begin big, a collection of one is that one, and nothing is an empty GUID.
 */
import { vendorDay } from "../demo/days.ts"
import type { CheckCode, FillCode, Patient, Script } from "../demo/records.ts"

const EMPTY_GUID = "00000000-0000-0000-0000-000000000000"

const statuses: Readonly<Record<CheckCode, string>> = {
  OK: "Active",
  NR: "Active",
  EX: "Active",
  TE: "Active",
  OH: "On Hold",
  DC: "Discontinued",
  TR: "Transferred",
  IP: "Fill in Progress",
  RD: "Fill in Progress",
  PU: "Active",
  CR: "Active",
  MD: "Active",
  RP: "Active",
  Z9: "Under The Sea",
}

const fills: Readonly<Record<FillCode, string>> = {
  "10": "Waiting for Data Entry",
  "20": "Waiting for Fill",
  "25": "Waiting on Insurance",
  "27": "Waiting on Prescriber",
  "40": "Checked",
  "50": "Ready for Pickup",
  "60": "Completed",
  "70": "Shipped",
  "75": "Delivered",
  "80": "Reversed",
  "90": "Cancelled",
  "87": "Teleported",
}

const classes: Readonly<Record<string, string>> = {
  "2": "Schedule II",
  "3": "Schedule III",
  "4": "Schedule IV",
  "5": "Schedule V",
}

export function personGuid(id: string): string {
  return `0e0b0c0d-0000-4000-8000-${id.padStart(12, "0")}`
}

export function rxGuid(number: string): string {
  return `0f0b0c0d-0000-4000-8000-${number.padStart(12, "0")}`
}

/** What stands in the cast under a GUID's number. */
export function numberOfGuid(guid: string): string {
  return guid.slice(24).replace(/^0+/, "")
}

export function patientRow(patient: Patient, isOdd: boolean): object {
  const [year = "", month = "", day = ""] = patient.bornOn.split("-")
  return {
    personID: personGuid(patient.id),
    firstName: patient.firstName.toUpperCase(),
    lastName: patient.lastName.toUpperCase(),
    dateOfBirth: `${month}/${day}/${year}`,
    languageText: patient.language === "ES" ? "Spanish" : "English",
    facilityID: isOdd ? EMPTY_GUID : null,
  }
}

export function phoneRow({ phones: [phone = ""] }: Patient, isOdd: boolean): object {
  return {
    areaCode: isOdd ? Number(phone.slice(0, 3)) : phone.slice(0, 3),
    number: `${phone.slice(3, 6)}-${phone.slice(6)}`,
    isInactive: isOdd ? "0" : false,
  }
}

export function addressRow({ zip }: Patient, isOdd: boolean): object {
  return { city: "Nowhere", state: "TX", zipCode: `${zip}-0001`, isPrimary: isOdd ? "1" : true }
}

export function rxRow(script: Script, isOdd: boolean): object {
  const number = (value: number) => (isOdd ? value.toFixed(5) : value)
  const moment = (day = "0001-01-01") =>
    isOdd ? `${vendorDay(day)} 3:00:00 PM` : `${day}T15:00:00.0000000Z`
  const medication = {
    drugName: script.drug.name.toUpperCase(),
    ndc: script.drug.ndc,
    quantity: number(script.daysSupply),
    daysSupply: number(script.daysSupply),
    drugClassText: classes[script.drug.schedule] ?? "Legend",
  }
  const { copayCents } = script
  return {
    rxID: rxGuid(script.number),
    personID: personGuid(script.patientId),
    rxNumber: isOdd ? script.number : Number(script.number),
    currentRxStatusText: statuses[script.check],
    currentRxTransactionStatusText: fills[script.fill],
    medicationPrescribed: medication,
    medicationDispensed: medication,
    dateFilledUTC: moment(script.lastFilledOn),
    [isOdd ? "expirationDateUTCDateTime" : "expirationDateUTC"]: `${script.expiresOn}T00:00:00`,
    refillsRemaining: number(script.refillsAuthorized - script.refillsUsed),
    patientPaidAmount: copayCents === undefined ? null : (copayCents / 100).toFixed(2),
    prescriberName: script.prescriber,
    facilityID: isOdd ? EMPTY_GUID : null,
  }
}

/** What the payer said to a claim: the codes it refused it with, or none and so paid it. */
export type Adjudicated = readonly string[]

/** An event as it is pushed; without a claim where the site is sent none. */
export function eventOf(messageId: string, script: Script, claim?: Adjudicated): object {
  const { rxNumber, ...rest } = Object.assign({ rxNumber: "" }, rxRow(script, true))
  const Rx = Object.fromEntries(Object.entries(rest).map(([key, value]) => [big(key), value]))
  return {
    MessageHeader: {
      Version: "2.0",
      MessageID: messageId,
      SentOnUTC: "11/20/2026 6:00:00 PM",
      InitiatingEventText: "StatusChange",
    },
    Body: {
      Rx: { ...Rx, RxNumber: rxNumber },
      Claims: claim ? claimOf(claim) : [],
    },
  }
}

/** One claim, and so not in a list. The payer's answer stands in it as it came over the wire. */
function claimOf(codes: Adjudicated): object {
  const isRefused = codes.length > 0
  return {
    ClaimPioneerRxID: "0c0b0c0d-0000-4000-8000-000000000001",
    BillingOrder: "1",
    BinNumber: "999901",
    GroupNumber: "DEMO1",
    TransactionResponseStatus: isRefused ? "R" : "P",
    ClaimEdiSent: "",
    ClaimEdiReceived: ediOf(codes),
  }
}

const [FIELD, GROUP, SEGMENT] = ["\x1c", "\x1d", "\x1e"]

/** A payer's answer to a billing, by NCPDP's D.0: header, status, and a claim to go with it. */
function ediOf(codes: Adjudicated): string {
  const header = `D0B11A01${"1234567893".padEnd(15)}20261120`
  const counted = codes.length > 0 ? [`FA${String(codes.length).padStart(2, "0")}`] : []
  const status = [codes.length > 0 ? "ANR" : "ANP", ...counted, ...codes.map((code) => `FB${code}`)]
  const segment = (id: string, fields: readonly string[]) =>
    SEGMENT + [`AM${id}`, ...fields].map((field) => FIELD + field).join("")
  return header + GROUP + segment("21", status) + segment("22", ["EM1", "D27001234"])
}

/** The rows of an answer, below the method's own name for them. */
export function answerOf(name: string, rows: readonly object[], isOdd: boolean): object {
  if (!isOdd) return { results: { [name]: rows } }
  const odd = rows.map((row) =>
    Object.fromEntries(Object.entries(row).map(([key, value]) => [big(key), value])),
  )
  return { results: { "1": odd.length === 1 ? odd[0] : odd } }
}

function big(key: string): string {
  return key.charAt(0).toUpperCase() + key.slice(1)
}
