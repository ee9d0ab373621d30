/**
 * How Liberty writes its records. Numbers are numbers and days are ISO days, until `isOdd`: then
 * numbers are text, days have times or are the year one, and who has no id has the empty GUID.
 */
import { vendorDay } from "../demo/days.ts"
import type { CheckCode, FillCode, Patient, Script } from "../demo/records.ts"

const EMPTY_GUID = "00000000-0000-0000-0000-000000000000"

const fillCodes: Readonly<Record<FillCode, string>> = {
  "10": "Entered",
  "20": "Counted",
  "25": "Entered",
  "27": "Entered",
  "40": "Verified",
  "50": "Verified",
  "60": "PickedUp",
  "70": "Shipped",
  "75": "Delivered",
  "80": "Entered",
  "90": "Entered",
  "87": "Teleported",
}

const lastFills: Readonly<Record<FillCode, string>> = {
  "10": "In_Process",
  "20": "In_Process",
  "25": "In_Process",
  "27": "In_Process",
  "40": "In_Process",
  "50": "Ready",
  "60": "Picked_Up",
  "70": "Shipped",
  "75": "Delivered",
  "80": "Picked_Up",
  "90": "Picked_Up",
  "87": "Teleported",
}

const statuses: Readonly<Record<CheckCode, string>> = {
  OK: "Refillable",
  NR: "No_Refills",
  EX: "Expired",
  TE: "Too_Early",
  OH: "On_Hold",
  DC: "On_Hold",
  TR: "On_Hold",
  IP: "Too_Early",
  RD: "Too_Early",
  PU: "Too_Early",
  CR: "Refillable",
  MD: "No_Refills",
  RP: "On_Hold",
  Z9: "Under_The_Sea",
}

export function patientWire(patient: Patient, isOdd: boolean): object {
  return {
    Id: patientGuid(patient.id),
    ExternalId: isOdd ? EMPTY_GUID : "",
    Name: { FirstName: patient.firstName, MiddleInitial: "", LastName: patient.lastName },
    Address: { Street1: "1 Nowhere Lane", City: "Nowhere", State: "TX", Zip: patient.zip },
    BirthDate: isOdd ? `${patient.bornOn}T00:00:00` : patient.bornOn,
    Phone: patient.phones[0] ?? "",
    PhoneType: "H",
    Phone2: isOdd ? null : "",
    IsTextOk: isOdd ? "1" : true,
    Language: patient.language === "ES" ? "Spanish" : "English",
    Allergies: [],
  }
}

/** Ids are GUIDs, made from the cast's numbers. */
export function patientGuid(id: string): string {
  return `0a0b0c0d-0000-4000-8000-${id.padStart(12, "0")}`
}

export function patientOfGuid(guid: string): string {
  return guid.slice(24).replace(/^0+/, "")
}

export function scriptWire(script: Script, patient: Patient, isOdd: boolean): object {
  const number = (value: number) => (isOdd ? String(value) : value)
  return {
    ScriptNumber: number(Number(script.number)),
    WrittenDate: isOdd ? `${script.writtenOn} 00:00:00` : script.writtenOn,
    RefillsAuthorized: number(script.refillsAuthorized),
    LastRefillNumber: number(script.refillsUsed),
    RefillUntilDate: isOdd ? vendorDay(script.expiresOn) : script.expiresOn,
    FullDispenseQuantity: isOdd ? "30.00000" : 30,
    AvailableQuantity: isOdd ? "90.00000" : 90,
    Origin: "3",
    Patient: patientWire(patient, isOdd),
    DrugPrescribed: {
      NDC: script.drug.ndc,
      Name: script.drug.name.toUpperCase(),
      Schedule: isOdd ? Number(script.drug.schedule) : script.drug.schedule,
      IsCompound: isOdd ? "0" : false,
    },
    Prescriber: { Name: { FirstName: "", LastName: script.prescriber }, NPI: "1999999984" },
    QueueName: null,
    IsAutoFill: false,
    Fills: fillsWire(script, isOdd),
  }
}

function fillsWire(script: Script, isOdd: boolean): readonly object[] {
  const pay = (script.copayCents ?? 0) / 100
  const isPriced = script.copayCents !== undefined
  const dispensed = script.lastFilledOn ?? "0001-01-01"
  return [
    {
      RefillNumber: 0,
      DispenseDate: "0001-01-01T00:00:00",
      DaysSupply: 30,
      StatusCode: "PickedUp",
    },
    {
      RefillNumber: isOdd ? String(script.refillsUsed) : script.refillsUsed,
      DispenseDate: isOdd ? `${dispensed}T00:00:00` : dispensed,
      DaysSupply: isOdd ? String(script.daysSupply) : script.daysSupply,
      StatusCode: fillCodes[script.fill],
      PatientPay: isPriced ? (isOdd ? pay.toFixed(2) : pay) : null,
      PickupDate: isOdd ? "0001-01-01T00:00:00" : null,
    },
  ]
}

/** What `GET /refill/{number}` answers. */
export function statusWire(number: string, script: Script | undefined): object {
  if (!script) return { ScriptNumber: Number(number), Status: "Invalid_Script_Number" }
  return {
    ScriptNumber: Number(number),
    Status: statuses[script.check],
    NextRefillDate: script.earliestOn ? vendorDay(script.earliestOn) : null,
    LastFill: {
      RefillNumber: script.refillsUsed,
      Status: lastFills[script.fill],
      FillDate: script.lastFilledOn ? vendorDay(script.lastFilledOn) : null,
    },
  }
}
