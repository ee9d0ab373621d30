/**
 * Tries a configured pharmacy system for an installer: every question that only reads, one line of
 * plain words each. It never acts, and no line holds a value of a patient.
 */
import { Outage } from "#core/fault.ts"
import { pms } from "#core/pms.ts"
import type { Command, Lacks, Partly } from "./define.ts"
import type { Running } from "./test-context.ts"

export interface Finding {
  readonly operation: Command
  readonly mark: "works" | "fails" | "absent" | "untried"
  readonly says: string
}

/** All it needs of an adapter: one that this program started, or the house's own. */
export type Askable = Pick<Running, "ask" | "offers">

type Answer<T> = { ok: true; value: T } | { ok: false; fault: { says: string } }
type Question = () => Promise<string | undefined>

/** What the adapter itself says of its operations, in sentences. */
export interface Reach {
  readonly lacks: Lacks
  readonly partly: Partly
}

/** `rxNumber` is one whose patient agreed, or a test's; without it only the connection is tried. */
export async function tryOut(
  running: Askable,
  { lacks, partly }: Reach,
  rxNumber?: string,
): Promise<readonly Finding[]> {
  const said: Readonly<Partial<Record<Command, string>>> = { ...lacks, ...partly }
  const findings: Finding[] = []
  for (const [operation, question] of questions(running, rxNumber)) {
    const finding = await findingOf(running, operation, question)
    const says = [finding.says, said[operation]].filter((words) => words !== undefined).join(" ")
    findings.push({ ...finding, says })
    const isDead = operation === "ping" && findings.at(-1)?.mark === "fails"
    if (isDead) break
  }
  return findings
}

/** What earlier questions learned, for later ones to ask with. Empty: not known. */
interface Learned {
  patient: string
  lastName: string
  dateOfBirth: string
  phone: string
}

type Asked = readonly [Command, Question | string]

/** Undefined from a question: there is nothing to ask with. */
function questions(running: Askable, rxNumber?: string): readonly Asked[] {
  const learned: Learned = { patient: "", lastName: "", dateOfBirth: "", phone: "" }
  return [
    ["ping", async () => `${given(await running.ask("ping", {})).system} answers.`],
    ["readStock", async () => stockSaid(given(await running.ask("readStock", {})).stock.length)],
    ...(rxNumber === undefined
      ? untriedReads.map((name): Asked => [name, async () => undefined])
      : [
          ...aboutPerson(running, rxNumber, learned),
          ...aboutPrescription(running, rxNumber, learned),
        ]),
    ...(["submitRefill", "requestRenewal", "requestTransfer"] as const).map(
      (act): Asked => [act, "Offered. Not tried, because it would be carried out."],
    ),
  ]
}

function stockSaid(products: number): string {
  return products > 0 ? "It says what is on hand." : "It was asked, and told of no product."
}

const untriedReads = [
  "getPrescription",
  "getPatient",
  "findPatients",
  "findPatientsByPhone",
  "listPrescriptions",
  "refillEligibility",
  "durAlerts",
  "claimRejects",
] as const

function aboutPerson(running: Askable, rxNumber: string, learned: Learned): readonly Asked[] {
  const prescription: Question = async () => {
    const found = given(await running.ask("getPrescription", { rxNumber }))
    learned.patient = found.patient
    const isReadable = found.schedule !== "unknown" && found.fill !== "unknown"
    return isReadable
      ? "The prescription was read, with its schedule and its fill."
      : "The prescription was read, but its schedule or its fill is a code nobody knows."
  }
  const person: Question = async () => {
    const { patient } = learned
    if (patient === "") return undefined
    const found = given(await running.ask("getPatient", { patient }))
    Object.assign(learned, { lastName: found.lastName, dateOfBirth: found.dateOfBirth })
    learned.phone = found.phones[0] ?? ""
    return found.phones.length > 0
      ? "Its patient was read, with a telephone."
      : "Its patient was read, but has no telephone."
  }
  const byName: Question = async () => {
    const { patient, lastName, dateOfBirth } = learned
    if (lastName === "") return undefined
    const { patients } = given(await running.ask("findPatients", { lastName, dateOfBirth }))
    return isAmong(patients, patient, "by name and birth date")
  }
  const byPhone: Question = async () => {
    const { patient, phone } = learned
    if (phone === "") return undefined
    const { patients } = given(await running.ask("findPatientsByPhone", { phone }))
    return isAmong(patients, patient, "by telephone")
  }
  return [
    ["getPrescription", prescription],
    ["getPatient", person],
    ["findPatients", byName],
    ["findPatientsByPhone", byPhone],
  ]
}

function aboutPrescription(running: Askable, rxNumber: string, learned: Learned): readonly Asked[] {
  const list: Question = async () => {
    const { patient } = learned
    if (patient === "") return undefined
    const { prescriptions } = given(await running.ask("listPrescriptions", { patient }))
    if (!prescriptions.some((one) => one.rxNumber === rxNumber)) throw new Missing()
    return "The patient's prescriptions were read, this one among them."
  }
  const eligibility: Question = async () => {
    const told = given(await running.ask("refillEligibility", { rxNumber }))
    return told.eligibility === "unknown"
      ? "It answered with a code nobody knows; such a refill goes to a technician."
      : "It says whether the prescription may be refilled."
  }
  const alerts: Question = async () => {
    given(await running.ask("durAlerts", { rxNumber }))
    return "Alerts were read."
  }
  const rejects: Question = async () => {
    const { codes } = given(await running.ask("claimRejects", { rxNumber }))
    return codes.length > 0 ? "It says why its claim was refused." : "No refused claim was told."
  }
  return [
    ["listPrescriptions", list],
    ["refillEligibility", eligibility],
    ["durAlerts", alerts],
    ["claimRejects", rejects],
  ]
}

/** The vendor answered, and yet what must be there was not. */
class Missing extends Error {}

/** What the vendor's own answer was: an expected refusal, in the contract's words. */
class Refused extends Error {}

function given<T>(answer: Answer<T>): T {
  if (!answer.ok) throw new Refused(answer.fault.says)
  return answer.value
}

function isAmong(found: readonly { patient: string }[], patient: string, how: string): string {
  if (!found.some((one) => one.patient === patient)) throw new Missing()
  return `The same patient was found ${how}.`
}

async function findingOf(
  running: Askable,
  operation: Command,
  question: Question | string,
): Promise<Finding> {
  if (!running.offers(operation)) {
    const isAct = pms.commands[operation].effect !== "read"
    const says = isAct ? "Not offered; callers are told, and staff get a task." : "Not offered."
    return { operation, mark: "absent", says }
  }
  if (typeof question === "string") return { operation, mark: "untried", says: question }
  try {
    const says = await question()
    return says === undefined
      ? { operation, mark: "untried", says: "Not tried: --rx gives a prescription to ask with." }
      : { operation, mark: "works", says }
  } catch (trouble) {
    return { operation, mark: "fails", says: saysOf(trouble) }
  }
}

function saysOf(trouble: unknown): string {
  if (trouble instanceof Refused) return trouble.message
  if (trouble instanceof Missing) return "It answered, but left out what was just read."
  if (trouble instanceof Outage) return trouble.hint
  throw trouble
}
