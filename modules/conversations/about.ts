/** Whom a caller may speak of: all that is known of them, so that nothing of theirs leaves the
 * house with a question. It is handed to the anonymiser and to nobody else. */
import { Outage } from "#core/fault.ts"
import type { PatientRecord, Prescription } from "#core/pms.ts"
import { type About, intent } from "../../intent/contract.ts"
import { patients } from "../patients/contract.ts"
import { prescriptions } from "../prescriptions/contract.ts"
import { noClaims, unique } from "./claims.ts"
import type { Here } from "./needs.ts"
import type { State } from "./state.ts"

const PEOPLE_MAX = 20
const KNOWN_HERE_MAX = 8
const RX_MAX = 50
const DRUGS_MAX = 200
const LONGEST = 300
/** A pharmacy system that takes longer keeps the turn in the house. */
const LOOK_MS_MAX = 1_500
const CONVERSATIONS_MAX = 200
const titles = /\b(dr|dra|doctora?|md|do|np|pa|phd|rn)\b\.?/gi

type Person = About["people"][number]
type Call = Here["call"]

/** What the pharmacy knows, read once for each state of who is calling. */
interface Onfile {
  readonly people: readonly Person[]
  readonly drugs: readonly string[]
}
const read = new Map<string, Promise<Onfile>>()

/**
 * Undefined where nothing may leave: the cloud is off, or the pharmacy system could not say whom
 * the words may be about.
 */
export async function aboutWhom(state: State, call: Call): Promise<About | undefined> {
  if (!(await mayLeave(call))) return undefined
  const { conversation, from, caller } = state
  const people = [caller.patient, ...(caller.caresFor ?? [])].filter((one) => one !== undefined)
  const key = [conversation, from, ...people].join("|")
  const found = read.get(key) ?? onFile({ from, people }, call)
  remember(key, found)
  try {
    const { people, drugs } = await found
    const told = [...claimed(state), ...people].slice(0, PEOPLE_MAX)
    const medicines = unique([...(caller.medicines ?? []), ...drugs].map(short))
    return { people: told, drugs: medicines.slice(0, DRUGS_MAX) }
  } catch (trouble) {
    read.delete(key)
    if (trouble instanceof Outage) return undefined
    throw trouble
  }
}

/** Who cannot be asked sends nothing out either; the turn itself waits until they are back. */
async function mayLeave(call: Call): Promise<boolean> {
  try {
    const asked = await call(intent, "asksOutside", {})
    return asked.ok && asked.value.isOn
  } catch (trouble) {
    if (trouble instanceof Outage) return false
    throw trouble
  }
}

function remember(key: string, found: Promise<Onfile>): void {
  read.delete(key)
  read.set(key, found)
  const [oldest] = read.keys()
  if (read.size > CONVERSATIONS_MAX && oldest !== undefined) read.delete(oldest)
}

/** Claims are of people who may not exist; each is somebody of their own. */
function claimed({ caller, claims = noClaims, from }: State): Person[] {
  const [first = "", ...rest] = short(caller.name ?? "").split(" ")
  const [zip] = claims.zips
  const self: Person = {
    role: "caller",
    ...(first && { first }),
    ...(rest.length > 0 && { last: rest.join(" ") }),
    phones: from === undefined ? [] : [from],
    rxNumbers: claims.rxNumbers,
    ...(zip === undefined ? {} : { zip }),
  }
  const zips = claims.zips.slice(1).map((one): Person => ({ role: "patient", zip: one }))
  const dates = claims.datesOfBirth.map((dateOfBirth): Person => ({ role: "patient", dateOfBirth }))
  return [
    self,
    ...claims.names.map((name): Person => ({ role: "caller", ...name })),
    ...dates,
    ...zips,
  ]
}

/** Whoever was proven, those they care for, and whoever has the number they call from. */
async function onFile(
  { from, people }: { from: string | undefined; people: readonly string[] },
  call: Call,
): Promise<Onfile> {
  const options = { deadlineMs: LOOK_MS_MAX }
  const own = await Promise.all(
    people.map((patient) => call(patients, "contact", { patient }, options)),
  )
  const proven = own.flatMap(({ ...found }, at) =>
    found.ok ? [{ ...found.value, patient: people[at] ?? "" }] : [],
  )
  const beside =
    from === undefined ? undefined : await call(patients, "atNumber", { phone: from }, options)
  const others = beside?.ok ? beside.value.patients : []
  const all = [...proven, ...others.filter(({ patient }) => !people.includes(patient))]
  const known = all.slice(0, KNOWN_HERE_MAX)
  const profiles = await Promise.all(
    known.map(({ patient }) => call(prescriptions, "profile", { patient }, options)),
  )
  const written = profiles.map((found) => (found.ok ? found.value.prescriptions : []))
  return {
    people: [
      ...known.map((one, at) => personOf(one, written[at] ?? [])),
      ...prescribersOf(written),
    ],
    drugs: written.flat().map(({ drugName }) => drugName),
  }
}

function personOf(
  { firstName, lastName, dateOfBirth, phones, zip }: Omit<PatientRecord, "language">,
  written: readonly Prescription[],
): Person {
  return {
    role: "patient",
    first: short(firstName),
    last: short(lastName),
    dateOfBirth,
    phones,
    rxNumbers: written.map(({ rxNumber }) => rxNumber).slice(0, RX_MAX),
    ...(zip && { zip: zip.slice(0, 10) }),
  }
}

function prescribersOf(written: readonly (readonly Prescription[])[]): Person[] {
  const names = written.flat().map(({ prescriber = "" }) => prescriber.replace(titles, " ").trim())
  return unique(names.filter((name) => name !== "")).map((name) => ({
    role: "prescriber",
    last: short(name),
  }))
}

function short(text: string): string {
  return text.slice(0, LONGEST)
}
