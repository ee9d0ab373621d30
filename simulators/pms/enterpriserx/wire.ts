/**
 * How EnterpriseRx writes its answers: attributes rather than elements, two namespaces under
 * whatever prefixes, moments with an offset. When `isOdd`, other prefixes, days with times, zeros
 * in front of numbers, comments, and blanks where there is nothing.
 */
import { plusDays } from "../demo/days.ts"
import { quantityOf } from "../demo/drugs.ts"
import type { CheckCode, FillCode, Patient, Script } from "../demo/records.ts"

const SOAP = "http://schemas.xmlsoap.org/soap/envelope/"
const TREX_1_0 = "http://www.techrx.com/trexone/1_0"
const TREX_1_1 = "http://www.techrx.com/trexone/1_1"

/** Why a prescription can't be refilled; none for what can. 42 stands for an undocumented code. */
const reasons: Readonly<Partial<Record<CheckCode, string>>> = {
  NR: "4",
  MD: "4",
  EX: "5",
  TE: "8",
  OH: "10",
  DC: "7",
  TR: "6",
  CR: "3",
  RP: "10",
  Z9: "42",
}

const IN_QUEUE: readonly FillCode[] = ["10", "20", "25", "27", "40"]

type Attributes = Readonly<Record<string, string>>

export const escaped = (text: string): string =>
  text.replace(/[<>&"]/g, (at) => `&#${at.charCodeAt(0)};`)

function tag(name: string, attributes: Attributes, inside = ""): string {
  const pairs = Object.entries(attributes).map(([key, value]) => ` ${key}="${escaped(value)}"`)
  return inside === ""
    ? `<${name}${pairs.join("")}/>`
    : `<${name}${pairs.join("")}>${inside}</${name}>`
}

const word = (name: string, text: string): string =>
  text === "" ? `<${name}/>` : `<${name}>${escaped(text)}</${name}>`

/** One envelope; `name` is what its header calls it. */
export function envelope(name: string, body: string, isOdd = false): string {
  const soap = isOdd ? "SOAP-ENV" : "soap"
  const header = tag("a:MsgHeader", {
    "xmlns:a": TREX_1_1,
    MsgName: name,
    SourceID: "TRexOne",
    DestinationID: "MORTAR",
    Version: "1.1",
    MsgID: "1",
    TimeStamp: isOdd ? "2026-11-19T12:00:00.000-06:00" : new Date().toISOString(),
  })
  const note = isOdd ? "<!-- sent by the interface -->" : ""
  const parts = `<${soap}:Header>${header}</${soap}:Header><${soap}:Body>${body}</${soap}:Body>`
  const root = `<${soap}:Envelope xmlns:${soap}="${SOAP}">${note}${parts}</${soap}:Envelope>`
  return `<?xml version="1.0" encoding="UTF-8"?>\n${root}`
}

export const success = (isOdd: boolean): string =>
  envelope("GenericSuccessRsp", `<n:GenericSuccessRsp xmlns:n="${TREX_1_0}"/>`, isOdd)

export const failure = (isOdd: boolean): string =>
  envelope(
    "GenericFailureRsp",
    `<n:GenericFailureRsp xmlns:n="${TREX_1_0}">Order not accepted</n:GenericFailureRsp>`,
    isOdd,
  )

export const fault = (code: string): string =>
  envelope(
    "SOAPFault",
    tag(
      "soap:Fault",
      {},
      `${word("faultcode", `soap:${code}`)}${word("faultstring", "Not processed")}`,
    ),
  )

export function notFound(store: string, number: string): string {
  const missing = tag("n:RxInfoNotFound", { StoreNum: store, RxNum: number })
  return envelope("RxInfoRsp", `<n:RxInfoRsp xmlns:n="${TREX_1_1}">${missing}</n:RxInfoRsp>`)
}

export interface Found {
  readonly store: string
  readonly script: Script
  readonly patient: Patient
  readonly today: string
  /** What is on hand of its drug; none where the shop never had any. */
  readonly onHand: number | undefined
}

export function found(one: Found, isOdd: boolean): string {
  const { store, script, patient, onHand } = one
  const books = onHand === undefined ? {} : { QtyOnHand: onHand.toFixed(isOdd ? 3 : 1) }
  const number = isOdd ? script.number.padStart(9, "0") : script.number
  const inside = [
    tag("n:PatientInfo", {}, patientWire(patient, isOdd)),
    fillWire(one, isOdd),
    tag("n:ProductInfo", { NDC: script.drug.ndc, ...books }),
  ]
  const record = tag("n:RxInfoFound", { StoreNum: store, RxNum: number }, inside.join("\n"))
  const body = `<n:RxInfoRsp xmlns:n="${TREX_1_1}" xmlns:o="${TREX_1_0}">${record}</n:RxInfoRsp>`
  return envelope("RxInfoRsp", body, isOdd)
}

function patientWire(patient: Patient, isOdd: boolean): string {
  const digits = patient.phones[0] ?? ""
  const phone = [digits.slice(0, 3), digits.slice(3, 6), digits.slice(6)].join("-")
  const address = { State: "TX", City: "NOWHERE", Zip: patient.zip, Line1: "1 NOWHERE LANE" }
  const extension = [
    isOdd ? tag("o:Address", { type: "old", Zip: "00000" }) : "",
    tag("o:Address", { type: "primary", ...address }),
    "<o:SSN/><o:Gender>U</o:Gender>",
  ]
  return [
    word(
      "o:LastName",
      isOdd ? `${patient.lastName.toUpperCase()}  ` : patient.lastName.toUpperCase(),
    ),
    word("o:FirstName", patient.firstName.toUpperCase()),
    word("o:DateOfBirth", isOdd ? `${patient.bornOn}T00:00:00` : patient.bornOn),
    word("o:PrimaryPhone", isOdd ? digits : phone),
    word("o:ExternalPatientID", patient.id),
    tag("o:Extension", {}, extension.join("")),
  ].join("")
}

function fillWire({ script, today }: Found, isOdd: boolean): string {
  const isReady = script.fill === "50"
  const isQueued = IN_QUEUE.includes(script.fill)
  const reason = reasons[script.check]
  const flag = (is: boolean) => (isOdd ? (is ? "1" : "0") : String(is))
  const cents = script.copayCents
  const pay = cents === undefined ? {} : { PatientPayAmount: (cents / 100).toFixed(2) }
  return tag(
    "n:FillInfo",
    {
      IsReady: flag(isReady),
      IsRefillable: flag(reason === undefined),
      RefillQty: amountOf(script, isOdd),
    },
    [
      isReady ? tag("n:ReadyInfo", pay) : "",
      isReady ? "" : notReadyWire(script, isQueued, today),
      reason === undefined ? "" : notRefillableWire(reason, script),
      extensionWire(script, isOdd),
    ].join("\n"),
  )
}

function amountOf({ drug, daysSupply }: Script, isOdd: boolean): string {
  const amount = quantityOf(drug, daysSupply)
  return isOdd ? amount : String(Number(amount))
}

function notReadyWire(script: Script, isQueued: boolean, today: string): string {
  if (isQueued) return tag("n:NotReadyInfo", { NotReadyReasonCode: "1" })
  const isKnown = script.fill === "60"
  const day = script.lastFilledOn ?? today
  return tag("n:NotReadyInfo", {
    NotReadyReasonCode: isKnown ? "2" : "77",
    ReleasedToPatientDateTime: `${day}T15:04:05.000-06:00`,
  })
}

function notRefillableWire(reason: string, { check }: Script): string {
  return tag("n:NotRefillableInfo", {
    NotRefillableReasonCode: reason,
    IsDoctorAuthAllowed: String(check === "MD"),
  })
}

function extensionWire(script: Script, isOdd: boolean): string {
  const { drug, prescriber, refillsAuthorized, refillsUsed } = script
  const [last = "", first = ""] = prescriber.replace("Dr. ", "").split(" ").reverse()
  const supply = { DaysSupply: String(script.daysSupply), Quantity: amountOf(script, isOdd) }
  const moment = (day: string) => (isOdd ? `${day}T00:00:00` : day)
  const isClassed = drug.schedule !== "6" && drug.schedule !== "0"
  const fills = [
    tag("o:FirstFill", { ...supply, FillNumber: "0", FillDate: moment(script.writtenOn) }),
    tag("o:LastFill", {
      ...supply,
      FillNumber: String(refillsUsed),
      FillDate: moment(script.lastFilledOn ?? plusDays(script.writtenOn, 1)),
    }),
  ]
  const rx = {
    RefillsRemaining: String(Math.max(0, refillsAuthorized - refillsUsed)),
    RefillsAuthorized: String(refillsAuthorized),
    ExpirationDate: moment(script.expiresOn),
    SigText: script.directions,
    DrugName: drug.name.toUpperCase(),
    ...(isClassed && { DEAClass: drug.schedule }),
  }
  return tag(
    "n:Extension",
    {},
    [
      word("n:NextRefillDate", script.earliestOn ?? "1900-01-01"),
      tag("n:PrescriberInfo", {
        LastName: last.toUpperCase(),
        FirstName: first.toUpperCase(),
        DEANumber: "",
      }),
      tag("n:RxInfo", rx, fills.join("")),
      word("n:DispensedNDC", drug.ndc),
    ].join(""),
  )
}
