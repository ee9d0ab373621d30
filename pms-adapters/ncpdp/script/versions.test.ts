/** The same prescription as both versions say it, and histories: shapes from public code. */
import assert from "node:assert/strict"
import { test } from "node:test"
import { XmlError } from "../xml/trouble.ts"
import { isMessage, readScript, writeScript } from "./message.ts"
import { bytesOf } from "./sample.ts"
import { stampsFor, type versions } from "./version.ts"

type Version = (typeof versions)[number]

function read(version: Version, body: string) {
  const stamps = Object.entries(stampsFor(version)).map(([name, day]) => `${name}="${day}"`)
  const header =
    `<Header><To Qualifier="D">1</To><From Qualifier="P">2</From><MessageID>3</MessageID>` +
    `<SentTime>2026-11-20T15:04:05Z</SentTime></Header>`
  const text = `<Message ${stamps.join(" ")}>${header}<Body>${body}</Body></Message>`
  const { message, notes } = readScript(bytesOf(text))
  assert.deepEqual(readScript(writeScript(message)).message, message)
  return { message, notes }
}

const written = "<WrittenDate><Date>2026-11-01</Date></WrittenDate>"
const amount = "<Quantity><Value>30</Value><CodeListQualifier>38</CodeListQualifier></Quantity>"
const sig = "<NumberOfRefills>2</NumberOfRefills><Sig><SigText>Take one daily.</SigText></Sig>"
const born = "<DateOfBirth><Date>1950-01-02</Date></DateOfBirth>"
const pharmacy =
  "<Pharmacy><Identification><NCPDPID>0000001</NCPDPID></Identification>" +
  "<BusinessName>Corner Pharmacy</BusinessName></Pharmacy>"

const nameOf = (last: string, first: string) =>
  `<Name><LastName>${last}</LastName><FirstName>${first}</FirstName></Name>`

/** What is said differently: people, the code of a drug, and whether another may be given. */
const parts: Readonly<Record<Version, (status: string) => string>> = {
  "2017071": (status) =>
    `<RxFill><FillStatus>${status}</FillStatus><Patient><HumanPatient>` +
    `${nameOf("Example", "Ada")}<Gender>F</Gender>${born}</HumanPatient></Patient>${pharmacy}` +
    `<Prescriber><NonVeterinarian>${nameOf("Sample", "Grace")}</NonVeterinarian></Prescriber>` +
    "<MedicationDispensed><DrugDescription>lisinopril 10 mg tablet</DrugDescription>" +
    "<DrugCoded><ProductCode><Code>00071015523</Code><Qualifier>ND</Qualifier></ProductCode>" +
    `</DrugCoded>${amount}${written}<Substitutions>0</Substitutions>${sig}` +
    "</MedicationDispensed></RxFill>",
  "2023011": (status) =>
    `<RxFill><StatusType>${status}</StatusType><Patient><HumanPatient>` +
    `<Names>${nameOf("Example", "Ada")}</Names><GenderAndSex><AdministrativeGender>F` +
    `</AdministrativeGender></GenderAndSex>${born}</HumanPatient></Patient>${pharmacy}` +
    `<Prescriber><NonVeterinarian><Names>${nameOf("Sample", "Grace")}</Names>` +
    "</NonVeterinarian></Prescriber><MedicationDispensed>" +
    "<DrugDescription>lisinopril 10 mg tablet</DrugDescription>" +
    `<Product><DrugCoded><NDC>00071015523</NDC></DrugCoded></Product>${amount}${written}` +
    `<Substitutions><Substitutions>0</Substitutions></Substitutions>${sig}` +
    "</MedicationDispensed></RxFill>",
}

test("a fill as 2017071 has it: one name, one gender, an NDC under a qualifier", () => {
  const { message, notes } = read("2017071", parts["2017071"]("<Dispensed/>"))
  assert.ok(message.kind === "RxFill")
  assert.deepEqual(notes, [])
  const { FillStatus, Patient, MedicationDispensed: drug } = message.body
  assert.deepEqual(FillStatus, { Dispensed: {} })
  assert.equal(Patient.HumanPatient?.Name?.LastName, "Example")
  assert.equal(Patient.HumanPatient?.Gender, "F")
  assert.equal(drug?.DrugCoded?.ProductCode?.Code, "00071015523")
  assert.deepEqual(drug?.Substitutions, { Value: "0" })
})

test("a fill as 2023011 has it: names in a group, the NDC under the product", () => {
  const status = "<PartiallyDispensed><ReasonCode>AB</ReasonCode></PartiallyDispensed>"
  const { message, notes } = read("2023011", parts["2023011"](status))
  assert.ok(message.kind === "RxFill")
  assert.deepEqual(notes, [])
  const { StatusType, Patient, Prescriber, MedicationDispensed: drug } = message.body
  assert.deepEqual(StatusType, { PartiallyDispensed: { ReasonCode: "AB" } })
  assert.equal(Patient.HumanPatient?.Names?.Name?.FirstName, "Ada")
  assert.equal(Patient.HumanPatient?.GenderAndSex?.AdministrativeGender, "F")
  assert.equal(Prescriber.NonVeterinarian?.Names?.Name?.LastName, "Sample")
  assert.equal(drug?.Product?.DrugCoded?.NDC, "00071015523")
  assert.deepEqual(drug?.Substitutions, { Substitutions: "0" })
})

test("a new prescription and its cancellation need not name a pharmacy", () => {
  const people = /<Patient>.*<\/Patient>/.exec(parts["2023011"]("<Dispensed/>"))?.[0] ?? ""
  const prescriber = /<Prescriber>.*<\/Prescriber>/.exec(parts["2023011"]("<Dispensed/>"))?.[0]
  const drug =
    `<MedicationPrescribed><DrugDescription>lisinopril</DrugDescription>${amount}${written}` +
    `${sig}</MedicationPrescribed>`
  for (const kind of ["NewRx", "CancelRx"]) {
    const { message, notes } = read("2023011", `<${kind}>${people}${prescriber}${drug}</${kind}>`)
    assert.equal(message.kind, kind)
    assert.deepEqual(notes, [])
  }
})

const line =
  `<MedicationDispensed><DrugDescription>oxycodone 5 mg</DrugDescription>${amount}` +
  "<LastFillDate><Date>2026-10-20</Date></LastFillDate>" +
  `${pharmacy}<HistorySource><SourceReference>07001261</SourceReference>` +
  "<FillNumber>00</FillNumber><PaymentType>01</PaymentType></HistorySource></MedicationDispensed>"

test("a history says for which days it is, and of each line its number, fill and payment", () => {
  const days = "<StartDate><Date>2026-01-01</Date></StartDate><EndDate>2026-11-20</EndDate>"
  const body =
    `<RxHistoryResponse><RequestedDates>${days}</RequestedDates>${line}${line}` +
    "</RxHistoryResponse>"
  const { message, notes } = read("2017071", body)
  assert.ok(message.kind === "RxHistoryResponse")
  assert.deepEqual(notes, [])
  assert.deepEqual(message.body.RequestedDates, {
    StartDate: { Date: "2026-01-01" },
    EndDate: { Value: "2026-11-20" },
  })
  assert.deepEqual(
    message.body.MedicationDispensed?.map(({ HistorySource }) => HistorySource),
    [1, 2].map(() => ({ SourceReference: "07001261", FillNumber: "00", PaymentType: "01" })),
  )
})

test("who asks for a history may ask from a facility", () => {
  const body =
    "<RxHistoryRequest><Facility><FacilityName>Elm House</FacilityName></Facility><Patient>" +
    `<HumanPatient>${nameOf("Example", "Ada")}${born}</HumanPatient></Patient></RxHistoryRequest>`
  const { message, notes } = read("2017071", body)
  assert.ok(message.kind === "RxHistoryRequest")
  assert.equal(message.body.Facility?.FacilityName, "Elm House")
  assert.deepEqual(notes, [])
})

test("a patient, a prescriber and a fill say who and what in one place or the other", () => {
  for (const [version, gone, at] of [
    ["2017071", nameOf("Example", "Ada"), "Patient/HumanPatient/Name"],
    ["2023011", `<Names>${nameOf("Example", "Ada")}</Names>`, "Patient/HumanPatient/Name"],
    ["2017071", nameOf("Sample", "Grace"), "Prescriber/NonVeterinarian/Name"],
    ["2023011", "<StatusType><Dispensed/></StatusType>", "FillStatus"],
  ] as const) {
    const whole = parts[version]("<Dispensed/>")
    assert.throws(
      () => read(version, whole.replace(gone, "")),
      (error) =>
        error instanceof XmlError &&
        error.code === "missing" &&
        error.at === `Message/Body/RxFill/${at}`,
    )
  }
  const { message } = read("2017071", parts["2017071"]("<Dispensed/>"))
  assert.ok(message.kind === "RxFill")
  const { FillStatus: _, ...body } = message.body
  assert.equal(isMessage({ ...message, body }), false)
  assert.throws(() => writeScript({ ...message, body }), { code: "wrong_form" })
})
