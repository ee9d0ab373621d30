/**
 * The named patients of the demo and of the golden calls. README.md has the same table; both change
 * together. Rx numbers and dates of birth here are promises to every test that names them.
 */
import { plusDays } from "./days.ts"
import { drugNamed } from "./drugs.ts"
import type { Alert, CheckCode, FillCode, Patient, Pharmacy, Script } from "./records.ts"

interface Part {
  readonly drug: string
  readonly number: string
  readonly check: CheckCode
  readonly fill?: FillCode
  readonly refillsLeft?: number
  readonly promisedAt?: string
  readonly copayCents?: number
  readonly earliestInDays?: number
  readonly filledDaysAgo?: number
  readonly alerts?: readonly Alert[]
  readonly prescriber?: string
}

interface Member {
  readonly name: readonly [first: string, last: string]
  readonly bornOn: string
  /** The last two digits of (512) 555-01xx, and of ZIP 771xx. */
  readonly line: string
  readonly zip: string
  readonly language?: "ES"
  readonly shows: string
  readonly parts: readonly Part[]
}

const members: readonly Member[] = [
  {
    name: ["James", "Carter"],
    bornOn: "1958-03-14",
    line: "00",
    zip: "77101",
    shows: "plain patient, three refillable drugs",
    parts: [
      { drug: "atorvastatin", number: "7001234", check: "OK", refillsLeft: 3 },
      { drug: "lisinopril", number: "7001235", check: "OK", refillsLeft: 2 },
      {
        drug: "metformin",
        number: "7001236",
        check: "OK",
        refillsLeft: 5,
        prescriber: "Dr. June Field",
      },
    ],
  },
  {
    name: ["Grace", "Kim"],
    bornOn: "1971-07-22",
    line: "01",
    zip: "77102",
    shows: "controlled drugs: CII and CIV, and one plain",
    parts: [
      { drug: "oxycodone", number: "7001241", check: "CR", refillsLeft: 0 },
      { drug: "zolpidem", number: "7001242", check: "CR", refillsLeft: 2 },
      { drug: "levothyroxine", number: "7001243", check: "OK", refillsLeft: 4 },
    ],
  },
  {
    name: ["Robert", "Hayes"],
    bornOn: "1949-11-02",
    line: "02",
    zip: "77103",
    shows: "too soon, with the first allowed day nine days ahead",
    parts: [
      { drug: "amlodipine", number: "7001251", check: "TE", earliestInDays: 9, filledDaysAgo: 14 },
    ],
  },
  {
    name: ["Linda", "Brooks"],
    bornOn: "1965-05-30",
    line: "03",
    zip: "77104",
    shows: "no refills left, and one the prescriber may renew",
    parts: [
      { drug: "losartan", number: "7001261", check: "NR", refillsLeft: 0 },
      { drug: "omeprazole", number: "7001262", check: "MD", refillsLeft: 0 },
    ],
  },
  {
    name: ["Walter", "Stone"],
    bornOn: "1952-09-09",
    line: "04",
    zip: "77105",
    shows: "one ready with a copay of $12.50, one being filled for 5:30 PM, one with the payer",
    parts: [
      {
        drug: "tamsulosin",
        number: "7001271",
        check: "RD",
        fill: "50",
        promisedAt: "09:00",
        copayCents: 1250,
        filledDaysAgo: 0,
      },
      {
        drug: "finasteride",
        number: "7001272",
        check: "IP",
        fill: "20",
        promisedAt: "17:30",
        filledDaysAgo: 0,
      },
      { drug: "rosuvastatin", number: "7001273", check: "IP", fill: "25", filledDaysAgo: 0 },
    ],
  },
  {
    name: ["Susan", "Reed"],
    bornOn: "1980-01-17",
    line: "05",
    zip: "77106",
    shows: "picked up two days ago",
    parts: [{ drug: "pantoprazole", number: "7001281", check: "PU", filledDaysAgo: 2 }],
  },
  {
    name: ["Henry", "Walsh"],
    bornOn: "1961-12-25",
    line: "06",
    zip: "77107",
    shows: "on hold",
    parts: [{ drug: "clopidogrel", number: "7001291", check: "OH" }],
  },
  {
    name: ["Diana", "Foster"],
    bornOn: "1975-04-08",
    line: "07",
    zip: "77108",
    shows: "one transferred out, one discontinued",
    parts: [
      { drug: "montelukast", number: "7001301", check: "TR" },
      { drug: "glipizide", number: "7001302", check: "DC" },
    ],
  },
  {
    name: ["Frank", "Palmer"],
    bornOn: "1943-08-19",
    line: "08",
    zip: "77109",
    shows: "expired",
    parts: [{ drug: "furosemide", number: "7001311", check: "EX", filledDaysAgo: 200 }],
  },
  {
    name: ["Helen", "Marsh"],
    bornOn: "1968-02-11",
    line: "09",
    zip: "77110",
    shows: "two look-alike pairs",
    parts: [
      { drug: "hydroxyzine", number: "7001321", check: "OK", refillsLeft: 2 },
      { drug: "hydralazine", number: "7001322", check: "OK", refillsLeft: 2 },
      { drug: "metformin", number: "7001323", check: "OK", refillsLeft: 1 },
      { drug: "metronidazole", number: "7001324", check: "NR", refillsLeft: 0 },
    ],
  },
  {
    name: ["Amy", "Bennett"],
    bornOn: "1986-06-03",
    line: "10",
    zip: "77111",
    shows: "mother of Lily Bennett, same phone",
    parts: [{ drug: "sumatriptan", number: "7001331", check: "OK" }],
  },
  {
    name: ["Lily", "Bennett"],
    bornOn: "2017-10-12",
    line: "10",
    zip: "77111",
    shows: "child of Amy Bennett",
    parts: [{ drug: "albuterol", number: "7001332", check: "OK" }],
  },
  {
    name: ["Rose", "Lane"],
    bornOn: "1941-01-20",
    line: "11",
    zip: "77112",
    shows: "cared for by Peter Lane",
    parts: [{ drug: "donepezil", number: "7001341", check: "OK" }],
  },
  {
    name: ["Peter", "Lane"],
    bornOn: "1969-08-15",
    line: "12",
    zip: "77113",
    shows: "caregiver of Rose Lane, other phone",
    parts: [{ drug: "metoprolol", number: "7001342", check: "OK" }],
  },
  {
    name: ["Maria", "Lopez"],
    bornOn: "1964-09-27",
    line: "13",
    zip: "77114",
    language: "ES",
    shows: "Spanish speaker; insulin (high alert) and one plain",
    parts: [
      { drug: "insulin glargine", number: "7001351", check: "OK" },
      { drug: "atorvastatin", number: "7001352", check: "OK" },
    ],
  },
  {
    name: ["Anna", "Price"],
    bornOn: "1990-05-05",
    line: "14",
    zip: "77115",
    shows: "twin of Emma Price",
    parts: [{ drug: "cetirizine", number: "7001361", check: "OK" }],
  },
  {
    name: ["Emma", "Price"],
    bornOn: "1990-05-05",
    line: "14",
    zip: "77115",
    shows: "twin of Anna Price",
    parts: [{ drug: "loratadine", number: "7001362", check: "OK" }],
  },
  {
    name: ["Daniel", "Ross"],
    bornOn: "1983-03-21",
    line: "15",
    zip: "77116",
    shows: "sensitive drugs: one ready, one CIII",
    parts: [
      {
        drug: "emtricitabine",
        number: "7001371",
        check: "RD",
        fill: "50",
        promisedAt: "10:00",
        copayCents: 0,
        filledDaysAgo: 0,
      },
      { drug: "buprenorphine", number: "7001372", check: "CR", refillsLeft: 1 },
    ],
  },
  {
    name: ["Paul", "Grant"],
    bornOn: "1955-07-07",
    line: "16",
    zip: "77117",
    shows: "high-alert drugs; a pharmacist must speak; DUR contraindicated and major",
    parts: [
      { drug: "warfarin", number: "7001381", check: "RP", alerts: [{ severity: "2", code: "DD" }] },
      {
        drug: "methotrexate",
        number: "7001382",
        check: "OK",
        alerts: [{ severity: "1", code: "DC" }],
      },
    ],
  },
  {
    name: ["Nancy", "Cole"],
    bornOn: "1970-10-30",
    line: "17",
    zip: "77118",
    shows: "codes nobody documented, for eligibility and for the fill",
    parts: [{ drug: "gabapentin", number: "7001391", check: "Z9", fill: "87" }],
  },
  {
    name: ["Victor", "Shaw"],
    bornOn: "1947-06-18",
    line: "18",
    zip: "77119",
    shows: "DUR moderate and minor; a CV drug",
    parts: [
      {
        drug: "spironolactone",
        number: "7001401",
        check: "OK",
        alerts: [{ severity: "3", code: "DD" }],
      },
      {
        drug: "potassium",
        number: "7001402",
        check: "OK",
        alerts: [{ severity: "4", code: "TD" }],
      },
      { drug: "pregabalin", number: "7001403", check: "CR", refillsLeft: 2 },
    ],
  },
]

function script(part: Part, patientId: string, today: string): Script {
  const filledDaysAgo = part.filledDaysAgo ?? 28
  const refillsLeft = part.refillsLeft ?? 3
  const expiresInDays = part.check === "EX" ? -30 : 200
  return {
    number: part.number,
    patientId,
    drug: drugNamed(part.drug),
    directions: "TAKE AS DIRECTED",
    prescriber: part.prescriber ?? "Dr. Ada Winter",
    refillsAuthorized: refillsLeft + 2,
    refillsUsed: 2,
    daysSupply: 30,
    writtenOn: plusDays(today, expiresInDays - 365),
    expiresOn: plusDays(today, expiresInDays),
    lastFilledOn: plusDays(today, -filledDaysAgo),
    check: part.check,
    fill: part.fill ?? "60",
    ...(part.earliestInDays === undefined
      ? {}
      : { earliestOn: plusDays(today, part.earliestInDays) }),
    ...(part.promisedAt === undefined ? {} : { promisedAt: { day: today, time: part.promisedAt } }),
    ...(part.copayCents === undefined ? {} : { copayCents: part.copayCents }),
    alerts: part.alerts ?? [],
  }
}

function patient(member: Member, index: number): Patient {
  return {
    id: String(1001 + index),
    firstName: member.name[0],
    lastName: member.name[1],
    bornOn: member.bornOn,
    phones: [`51255501${member.line}`],
    zip: member.zip,
    language: member.language ?? "EN",
  }
}

/** The cast's patients and prescriptions, with dates counted from `today`. */
export function castPharmacy(today: string): Pharmacy {
  const patients = members.map(patient)
  const scripts = members.flatMap((member, index) =>
    member.parts.map((part) => script(part, patients[index]!.id, today)),
  )
  return { today, patients, scripts }
}

/** What `GET /cast` answers: who they are and what each of them is good for. */
export function castTable(): readonly object[] {
  return members.map((member, index) => ({
    patient: patient(member, index),
    shows: member.shows,
    prescriptions: member.parts.map(({ number, drug, check }) => ({ rx: number, drug, check })),
  }))
}
