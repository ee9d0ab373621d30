/**
 * How this vendor writes HL7: 2.5.1, its own codes in a segment ZRX, names in capitals, moments in
 * the pharmacy's own time and without an offset.
 */
import { quantityOf } from "../demo/drugs.ts"
import type { Patient, Script } from "../demo/records.ts"

/** ZRX-1, where a fill is. ZZ9 stands for a code nobody documented. */
const fills: Readonly<Record<Script["fill"], string>> = {
  "10": "QUE",
  "20": "FIL",
  "25": "TPR",
  "27": "DOC",
  "40": "VER",
  "50": "RDY",
  "60": "PUP",
  "70": "SHP",
  "75": "DLV",
  "80": "RTS",
  "90": "CAN",
  "87": "ZZ9",
}

/** ZRX-2, whether it may be refilled. Q7 stands for a code nobody documented. */
const checks: Readonly<Record<Script["check"], string>> = {
  OK: "YES",
  NR: "NONE",
  EX: "EXPIRED",
  TE: "SOON",
  OH: "HOLD",
  DC: "STOPPED",
  TR: "MOVED",
  IP: "BUSY",
  RD: "WAITING",
  PU: "TAKEN",
  CR: "CONTROLLED",
  MD: "ASKDOCTOR",
  RP: "COUNSEL",
  Z9: "Q7",
}

/** ORC-5, table 0038. */
const statuses: Readonly<Partial<Record<Script["check"], string>>> = { OH: "HD", DC: "DC" }
/** RXE-35, table 0477: II to VI, where VI is a drug that is not controlled. */
const schedules = ["VI", "I", "II", "III", "IV", "V", "VI"]

/** What has left the shelf; before that there is nothing to tell in RXD. */
const DISPENSED: readonly Script["fill"][] = ["40", "50", "60", "70", "75"]
/** RXE-11 and RXD-5, by what stands in a drug's name. */
const units: Readonly<Record<string, string>> = {
  tablet: "TAB",
  capsule: "CAP^Capsule",
  inhaler: "GM",
  gel: "GM",
  suspension: "ML",
  insulin: "ML",
}

export interface Envelope {
  readonly type: string
  readonly controlId: string
  /** Digits: `20261120101500`. */
  readonly at: string
}

export function headerLine({ type, controlId, at }: Envelope): string {
  const names = "MSH|^~\\&|PHARMSYS|STORE1|MORTAR|STORE1"
  return `${names}|${at}||${type}|${controlId}|P|2.5.1|||AL|NE||UNICODE UTF-8`
}

export function patientLine(patient: Patient): string {
  const [area, exchange, line] = [0, 3, 6].map((at) =>
    patient.phones[0]?.slice(at, at + (at < 6 ? 3 : 4)),
  )
  return [
    "PID|1|",
    `${patient.id}^^^STORE1^PI~MRN${patient.id}^^^HOUSE^MR`,
    "",
    `${text(patient.lastName.toUpperCase())}^${text(patient.firstName.toUpperCase())}`,
    "",
    digits(patient.bornOn),
    "U||",
    `1 NOWHERE LANE^^AUSTIN^TX^${patient.zip}`,
    "",
    `(${area})${exchange}-${line}`,
    "",
    patient.language,
  ].join("|")
}

export function orderLines(script: Script, control: string, placer = ""): readonly string[] {
  const [last, first] = script.prescriber.replace("Dr. ", "").split(" ").reverse()
  const drug = `${script.drug.ndc}^${text(script.drug.name.toUpperCase())}^NDC`
  const left = Math.max(0, script.refillsAuthorized - script.refillsUsed)
  const encoded: string[] = ["RXE", "1", drug]
  encoded[10] = amountOf(script)
  encoded[11] = unitsOf(script)
  encoded[12] = String(script.refillsAuthorized)
  encoded[15] = script.number
  encoded[16] = String(left)
  encoded[18] = digits(script.lastFilledOn ?? "")
  encoded[35] = schedules[Number(script.drug.schedule)] ?? ""
  const status = statuses[script.check] ?? "IP"
  const order = `ORC|${control}|${placer}|${script.number}^PHARMSYS||${status}`
  return [
    `${order}|||||||1234567893^${text(last ?? "")}^${text(first ?? "")}`,
    Array.from(encoded, (field) => field ?? "").join("|"),
    ...(control === "SC" && DISPENSED.includes(script.fill) ? [dispensedLine(script, drug)] : []),
    houseLine(script),
  ]
}

function dispensedLine(script: Script, drug: string): string {
  const { number, lastFilledOn = "" } = script
  const filled = [digits(lastFilledOn), amountOf(script), unitsOf(script), "", number]
  return ["RXD", "1", drug, ...filled].join("|")
}

const amountOf = ({ drug, daysSupply }: Script): string =>
  String(Number(quantityOf(drug, daysSupply)))

function unitsOf({ drug: { name } }: Script): string {
  const found = Object.entries(units).find(([form]) => name.includes(form))
  return found?.[1] ?? "EA"
}

/** What HL7 has no place for. */
function houseLine(script: Script): string {
  const { promisedAt, copayCents } = script
  return [
    "ZRX",
    fills[script.fill],
    checks[script.check],
    digits(script.earliestOn ?? ""),
    promisedAt ? digits(promisedAt.day) + promisedAt.time.replace(":", "") : "",
    String(script.daysSupply),
    digits(script.expiresOn),
    copayCents === undefined ? "" : (copayCents / 100).toFixed(2),
  ].join("|")
}

const digits = (day: string): string => day.replaceAll("-", "")

function text(plain: string): string {
  return plain
    .replaceAll("\\", "\\E\\")
    .replaceAll("|", "\\F\\")
    .replaceAll("^", "\\S\\")
    .replaceAll("&", "\\T\\")
    .replaceAll("~", "\\R\\")
}
