/**
 * How QS/1 writes its records. Numbers are decimals and days are moments with an offset, until
 * `isOdd`: then numbers are text, days have no offset or are the year one, and blanks are null.
 */
import type { CheckCode, FillCode, Patient, Script } from "../demo/records.ts"

const statuses: Readonly<Record<CheckCode, string>> = {
  OK: "F",
  NR: "NR",
  EX: "ES",
  TE: "ER",
  OH: "F",
  DC: "D",
  TR: "T",
  IP: "ER",
  RD: "ER",
  PU: "ER",
  CR: "F",
  MD: "NR",
  RP: "F",
  Z9: "QQ",
}

const lastOrders: Readonly<Record<FillCode, string>> = {
  "10": "N",
  "20": "N",
  "25": "N",
  "27": "N",
  "40": "N",
  "50": "R",
  "60": "D",
  "70": "D",
  "75": "D",
  "80": "D",
  "90": "D",
  "87": "Z",
}

/** What is on hold, or needs the pharmacist, is told in the one way this vendor has for it. */
const FOR_THE_PHARMACIST = ["OH", "RP"]

/** Why a request is refused; empty when it is not. */
export function rejectCodeOf(script: Script | undefined): string {
  if (!script || script.check === "TR") return "NS"
  const status = statuses[script.check]
  if (status === "NR" || status === "ES") return status
  return "ER"
}

export function patientWire(patient: Patient, isOdd: boolean): object {
  const [year = "", month = "", day = ""] = patient.bornOn.split("-")
  const digits = patient.phones[0] ?? ""
  return {
    PatientID: patient.id,
    LastName: isOdd ? `${patient.lastName.toUpperCase()}  ` : patient.lastName.toUpperCase(),
    FirstName: patient.firstName.toUpperCase(),
    MiddleInitial: isOdd ? null : "",
    DateOfBirth: isOdd ? `${patient.bornOn}T00:00:00` : `${year}${month}${day}`,
    HomePhone: `${digits.slice(0, 3)}-${digits.slice(3)}`,
    CellPhone: isOdd ? null : "",
    Zip: isOdd ? Number(patient.zip) : patient.zip,
    Language: patient.language === "ES" ? "SPANISH" : "ENGLISH",
  }
}

export function scriptWire(script: Script, isOdd: boolean): object {
  const number = (value: number) => (isOdd ? value.toFixed(5) : value)
  const moment = (day: string | undefined) =>
    isOdd ? `${day ?? "0001-01-01"}T00:00:00` : `${day ?? "0001-01-01"}T00:00:00.0000000-05:00`
  const left = script.refillsAuthorized - script.refillsUsed
  return {
    RxNumber: script.number,
    PatientID: script.patientId,
    DrugCode: script.drug.ndc,
    DrugName: script.drug.name.toUpperCase(),
    DEAClass: isOdd ? Number(script.drug.schedule) : script.drug.schedule,
    Sig: script.directions,
    QuantityRemaining: number(left * 30),
    RefillsAuthorized: number(script.refillsAuthorized),
    RefillsRemaining: number(left),
    DoctorName: script.prescriber,
    DateWritten: moment(script.writtenOn),
    ExpirationDate: moment(script.expiresOn),
    LastFillDate: moment(script.lastFilledOn),
    DateDue: moment(script.earliestOn),
    DaysSupply: number(script.daysSupply),
    Status: statuses[script.check],
    LastOrderStatus: FOR_THE_PHARMACIST.includes(script.check) ? "P" : lastOrders[script.fill],
  }
}
