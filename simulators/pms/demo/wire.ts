/** How the vendor writes its records: everything is text, days are M/D/YYYY, money has a point. */
import { vendorDay, vendorMoment } from "./days.ts"
import { quantityOf } from "./drugs.ts"
import type { Patient, Script } from "./records.ts"
import type { Shelf } from "./stock.ts"

export function patientWire(patient: Patient): object {
  return {
    PatientId: patient.id,
    Name: { FirstName: patient.firstName, MiddleInitial: "", LastName: patient.lastName },
    BirthDate: vendorDay(patient.bornOn),
    Phones: patient.phones.map((phone) => ({ PhoneType: "H", Phone: phoneWire(phone) })),
    Address: { Line1: "1 Nowhere Lane", Zip: patient.zip },
    Language: patient.language,
  }
}

function phoneWire(digits: string): string {
  return `(${digits.slice(0, 3)}) ${digits.slice(3, 6)}-${digits.slice(6)}`
}

export function scriptWire(script: Script): object {
  return {
    ScriptNumber: script.number,
    PatientId: script.patientId,
    DrugPrescribed: {
      Name: script.drug.name.toUpperCase(),
      NDC: script.drug.ndc,
      Schedule: script.drug.schedule,
    },
    Directions: script.directions,
    PrescriberName: script.prescriber,
    WrittenDate: vendorDay(script.writtenOn),
    RefillUntilDate: vendorDay(script.expiresOn),
    RefillsAuthorized: String(script.refillsAuthorized),
    LastRefillNumber: String(script.refillsUsed),
    LastFill: fillWire(script),
  }
}

function fillWire(script: Script): object {
  return {
    StatusCode: script.fill,
    DispenseDate: script.lastFilledOn ? vendorDay(script.lastFilledOn) : "",
    DaysSupply: String(script.daysSupply),
    Quantity: quantityOf(script.drug, script.daysSupply),
    PromisedAt: script.promisedAt
      ? vendorMoment(script.promisedAt.day, script.promisedAt.time)
      : "",
    PatientPay: script.copayCents === undefined ? "" : (script.copayCents / 100).toFixed(2),
  }
}

export function stockWire({ drug, onHand, lots, booked }: Shelf): object {
  return {
    NDC: drug.ndc,
    Name: drug.name.toUpperCase(),
    Schedule: drug.schedule,
    OnHand: onHand.toFixed(3),
    LastBooked: vendorMoment(booked.day, booked.time),
    Lots: lots.map(({ lot, expiresOn, quantity }) => ({
      Lot: lot,
      Expires: vendorDay(expiresOn),
      Quantity: quantity.toFixed(3),
    })),
  }
}

export function checkWire(number: string, script: Script | undefined): object {
  return {
    ScriptNumber: number,
    Status: script?.check ?? "NF",
    EarliestFillDate: script?.earliestOn ? vendorDay(script.earliestOn) : "",
  }
}
