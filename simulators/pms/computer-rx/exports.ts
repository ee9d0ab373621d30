/**
 * The files this vendor drops for others: patients, prescriptions, fills. The first of each kind is
 * whole; each later one holds what changed, and names the one before it.
 */
import { renameSync, writeFileSync } from "node:fs"
import { join } from "node:path"
import { quantityOf } from "../demo/drugs.ts"
import type { CheckCode, FillCode, Patient, Pharmacy, Script } from "../demo/records.ts"
import type { Queue } from "../rest/queue.ts"
import { bytesOf, type Fields, type Layout, lineOf, trailerOf } from "./columns.ts"

const refills: Readonly<Record<CheckCode, string>> = {
  OK: "A",
  NR: "N",
  EX: "X",
  TE: "S",
  OH: "H",
  DC: "D",
  TR: "T",
  IP: "A",
  RD: "A",
  PU: "P",
  CR: "C",
  MD: "M",
  RP: "K",
  Z9: "?",
}

const fills: Readonly<Record<FillCode, string>> = {
  "10": "Q",
  "20": "W",
  "25": "I",
  "27": "O",
  "40": "V",
  "50": "R",
  "60": "U",
  "70": "M",
  "75": "L",
  "80": "B",
  "90": "Z",
  "87": "?",
}

const kinds = { PATIENT: "patient", SCRIPT: "script", FILL: "fill" } as const
type Kind = keyof typeof kinds

export interface Written {
  readonly pharmacy: Pharmacy
  readonly scripts: readonly Script[]
  readonly scope: "F" | "C"
  readonly isOdd: boolean
  readonly nowMs: number
}

export class Exports {
  readonly #folder: string
  readonly #last = new Map<Kind, string>()
  #count = 0

  constructor(folder: string) {
    this.#folder = folder
  }

  /** Drops one file of each kind. */
  drop(written: Written): void {
    const { pharmacy, scripts, isOdd } = written
    const ids = new Set(scripts.map(({ patientId }) => patientId))
    const people = pharmacy.patients.filter(({ id }) => ids.has(id))
    this.#file(
      "PATIENT",
      people.map((one) => patientFields(one, isOdd)),
      written,
    )
    this.#file("SCRIPT", scripts.map(scriptFields), written)
    this.#file(
      "FILL",
      scripts.map((one) => fillFields(one, isOdd)),
      written,
    )
  }

  /** Drops a file that names one before it which was never seen. */
  leaveOut(kind: Kind): void {
    this.#last.set(kind, this.#next(Date.now()))
  }

  #next(nowMs: number): string {
    return `${String(nowMs).padStart(15, "0")}${String(++this.#count).padStart(6, "0")}`
  }

  #file(kind: Kind, records: readonly Fields[], { scope, isOdd, nowMs }: Written): void {
    const layout: Layout = kinds[kind]
    const number = this.#next(Date.now())
    const head = {
      kind,
      version: "01",
      written: new Date(nowMs).toISOString().replace(/\D/g, "").slice(0, 14),
      number,
      before: this.#last.get(kind) ?? "",
      scope,
      store: "1234567",
    }
    const lines = [
      lineOf("H", "header", head),
      ...records.map((fields) => lineOf("D", layout, fields)),
      trailerOf(records.length),
    ]
    this.#last.set(kind, number)
    const shown = isOdd ? lines.map((line) => line.trimEnd()) : lines
    const path = join(this.#folder, `${kind}-${number}`)
    writeFileSync(`${path}.TMP`, bytesOf(shown))
    renameSync(`${path}.TMP`, `${path}.TXT`)
  }
}

const digits = (day: string | undefined): string => (day ?? "").replaceAll("-", "")

function patientFields(patient: Patient, isOdd: boolean): Fields {
  const phone = patient.phones[0] ?? ""
  return {
    patient: isOdd ? patient.id.padStart(12, "0") : patient.id,
    lastName: patient.lastName.toUpperCase(),
    firstName: patient.firstName.toUpperCase(),
    bornOn: digits(patient.bornOn),
    phone: isOdd ? phone : `(${phone.slice(0, 3)})${phone.slice(3, 6)}-${phone.slice(6)}`,
    cell: isOdd ? "NONE" : "",
    zip: isOdd ? `${patient.zip}-0000` : patient.zip,
    language: patient.language,
  }
}

function scriptFields(script: Script): Fields {
  const left = Math.max(0, script.refillsAuthorized - script.refillsUsed)
  return {
    rx: script.number,
    patient: script.patientId,
    drug: script.drug.name.toUpperCase(),
    ndc: script.drug.ndc,
    schedule: script.drug.schedule,
    refillsLeft: String(left).padStart(3, "0"),
    expiresOn: digits(script.expiresOn),
    prescriber: script.prescriber.toUpperCase(),
    refill: refills[script.check],
    earliestOn: digits(script.earliestOn),
  }
}

function fillFields(script: Script, isOdd: boolean): Fields {
  const { promisedAt: at, copayCents } = script
  const copay = copayCents === undefined ? "" : (copayCents / 100).toFixed(2)
  const quantity = quantityOf(script.drug, script.daysSupply)
  return {
    rx: script.number,
    status: fills[script.fill],
    filledOn: digits(script.lastFilledOn) || (isOdd ? "00000000" : ""),
    daysSupply: isOdd ? String(script.daysSupply) : String(script.daysSupply).padStart(3, "0"),
    promised: at ? digits(at.day) + at.time.replace(":", "") : "",
    copay: isOdd ? copay.padStart(9) : copay,
    quantity: isOdd ? quantity.padStart(11, "0") : quantity,
  }
}

export function allOf({ pharmacy }: Queue, script: (number: string) => Script | undefined) {
  return pharmacy.scripts.map((one) => script(one.number) ?? one)
}
