/** The nine reports as tables: which acts stand in each, and what is told of them. Pure. */
import { DateTime } from "luxon"
import type { System } from "#core/actor.ts"
import type { Act } from "./acts.ts"
import { isDone } from "./acts.ts"
import type { ReportKind } from "./contract.ts"

/** From the moment the pharmacy opens to the moment it closes. */
export interface Opening {
  readonly fromMs: number
  readonly untilMs: number
}

export interface Circumstances {
  readonly timeZone: string
  /** Only what is asked about opening hours looks at them. */
  readonly openings: readonly Opening[]
  /** From so many patients within one hour on, somebody's work is bulk access. */
  readonly bulkPatients: number
}

export type Row = readonly string[]

interface Kind {
  readonly title: string
  readonly columns: readonly string[]
  /** The columns whose values are counted under the table. */
  readonly counted: readonly string[]
  readonly rows: (acts: readonly Act[], site: Circumstances) => readonly Row[]
}

const at = ["entry", "when"]
const access = [...at, "person", "role", "what", "patient", "outcome", "why"]

export const kinds: Readonly<Record<ReportKind, Kind>> = {
  accounting: {
    title: "Accounting of disclosures",
    columns: [...at, "recipient", "what", "purpose", "accounting"],
    counted: ["accounting"],
    rows: (acts, site) => acts.flatMap((act) => disclosureOf(act, site)),
  },
  accesses: {
    title: "Accesses by person",
    columns: access,
    counted: ["person"],
    rows: (acts, site) => acts.filter(isAccess).map((act) => accessOf(act, site)),
  },
  after_hours: {
    title: "Access after hours",
    columns: access,
    counted: ["person"],
    rows: (acts, site) =>
      acts
        .filter((act) => isAccess(act) && !isOpenAt(site, act.atMs))
        .map((act) => accessOf(act, site)),
  },
  bulk: {
    title: "Bulk access",
    columns: ["person", "hour", "patients", "accesses"],
    counted: ["person"],
    rows: bulkOf,
  },
  denied: {
    title: "Denied attempts",
    columns: [...at, "who", "what", "patient", "outcome", "why"],
    counted: ["who"],
    rows: (acts, site) =>
      acts
        .filter(isDenied)
        .map((act) => [...placeOf(act, site), whoIs(act), ...whatOf(act), whyOf(act)]),
  },
  break_glass: {
    title: "Emergency rights",
    columns: [...at, "person", "role", "what", "patient", "outcome"],
    counted: ["person"],
    rows: (acts, site) =>
      acts
        .filter(isUnderGlass)
        .map((act) => [...placeOf(act, site), whoIs(act), roleOf(act), ...whatOf(act)]),
  },
  cloud: {
    title: "Disclosures to the cloud",
    columns: [...at, "recipient", "purpose", "patient", "fingerprint", "dollars", "outcome"],
    counted: ["recipient"],
    rows: (acts, site) => acts.flatMap((act) => departureOf(act, site)),
  },
  approvals: {
    title: "Approvals by tier",
    columns: [...at, "tier", "event", "who", "role", "what", "patient", "outcome", "why"],
    counted: ["tier", "event"],
    rows: (acts, site) => acts.flatMap((act) => approvalOf(act, site)),
  },
  recordings: {
    title: "Recordings retained and destroyed",
    columns: [...at, "event", "who", "patient", "outcome"],
    counted: ["event"],
    rows: (acts, site) => acts.flatMap((act) => recordingOf(act, site)),
  },
}

/** How often each value stands in a counted column, after the number of rows. */
export function figuresOf(kind: ReportKind, rows: readonly Row[]) {
  const { columns, counted } = kinds[kind]
  const counts = new Map<string, number>([["rows", rows.length]])
  for (const column of counted) {
    const place = columns.indexOf(column)
    for (const row of rows) {
      const name = `${column}: ${row[place] ?? ""}`
      counts.set(name, (counts.get(name) ?? 0) + 1)
    }
  }
  return [...counts].map(([name, count]) => ({ name, count }))
}

export function momentText(atMs: number, timeZone: string): string {
  return DateTime.fromMillis(atMs, { zone: timeZone }).toFormat("yyyy-MM-dd HH:mm:ss")
}

function isOpenAt({ openings }: Circumstances, atMs: number): boolean {
  return openings.some(({ fromMs, untilMs }) => fromMs <= atMs && atMs < untilMs)
}

function placeOf({ seq, atMs }: Act, { timeZone }: Circumstances): Row {
  return [`${seq}`, momentText(atMs, timeZone)]
}

function whatOf({ what, patient = "", outcome = "not completed" }: Act): Row {
  return [what, patient, outcome]
}

function whoIs({ actor }: Act): string {
  switch (actor?.kind) {
    case "caller":
      return `caller, ${actor.identity}, in ${actor.conversation}`
    case "staff":
      return actor.person
    case "partner":
      return `partner ${actor.key}`
    case "system":
      return systemName(actor)
    default:
      return "unknown"
  }
}

/** Which automation it was is told by the id that its own page shows. */
function systemName({ module, schedule }: System): string {
  return schedule === undefined ? `system ${module}` : `system ${module} ${schedule}`
}

function roleOf({ actor }: Act): string {
  if (actor?.kind !== "staff") return ""
  return actor.glass ? `${actor.glass.own} as ${actor.role}` : actor.role
}

function whyOf({ decision }: Act): string {
  if (!decision) return ""
  const { row, rules } = decision
  return rules.length > 0 ? `${row} (${rules.join(", ")})` : row
}

function isAccess({ actor, patient }: Act): boolean {
  return actor?.kind === "staff" && patient !== undefined
}

function accessOf(act: Act, site: Circumstances): Row {
  return [...placeOf(act, site), whoIs(act), roleOf(act), ...whatOf(act), whyOf(act)]
}

const refusedAtTheDoor = ["sign_in.refused", "session.unlock_refused"]

function isDenied({ decision, what }: Act): boolean {
  return decision?.verdict === "refuse" || refusedAtTheDoor.includes(what)
}

function isUnderGlass({ actor, what }: Act): boolean {
  return what.startsWith("break_glass.") || (actor?.kind === "staff" && actor.glass !== undefined)
}

const MICRO = 1_000_000

function departureOf(act: Act, site: Circumstances): readonly Row[] {
  const { left, patient = "", outcome = "not completed" } = act
  if (act.what !== "cloud.ask" || !left) return []
  const dollars = ((left.costMicroDollars ?? 0) / MICRO).toFixed(6)
  const to = `${left.to} (${left.model})`
  return [[...placeOf(act, site), to, left.purpose, patient, left.sha256, dollars, outcome]]
}

/** Every disclosure outside the house; the last column says what 164.528 asks for it. */
function disclosureOf(act: Act, site: Circumstances): readonly Row[] {
  const { actor, left, patient, what } = act
  if (patient === undefined) return []
  const row = (...told: Row): readonly Row[] => [[...placeOf(act, site), ...told]]
  if (left)
    return row(
      `${left.to} (${left.model})`,
      what,
      left.purpose,
      "not asked for: business associate",
    )
  if (!isDone(act)) return []
  if (what === "privacy.export")
    return row("the patient", what, "access by the individual", "not asked for: the patient")
  if (actor?.kind === "partner") return row(whoIs(act), what, whyOf(act), "to be accounted for")
  const isCarer = actor?.kind === "caller" && actor.patient !== patient
  if (isCarer) return row(whoIs(act), what, whyOf(act), "not asked for: involved in care")
  return []
}

function approvalOf(act: Act, site: Circumstances): readonly Row[] {
  const { actor, decision, what } = act
  if (!decision) return []
  const event = approvalEvent(act)
  if (event === undefined) return []
  const tier = what === "work-queue.refuse" ? "any" : `T${decision.tier}`
  const who = actor?.kind === "caller" ? "caller" : whoIs(act)
  const told = [tier, event, who, roleOf(act), ...whatOf(act), whyOf(act)]
  return [[...placeOf(act, site), ...told]]
}

function approvalEvent({ actor, decision, what }: Act): string | undefined {
  if (decision?.verdict === "ask") return "asked"
  if (actor?.kind !== "staff" || decision?.verdict !== "allow") return undefined
  if (what === "work-queue.refuse") return "refused"
  return decision.tier > 0 ? "approved" : undefined
}

const recordingEvents: Readonly<Record<string, string>> = {
  "recordings.end": "retained",
  "recordings.exportWav": "exported",
  "recordings.destroy": "destroyed",
}

function recordingOf(act: Act, site: Circumstances): readonly Row[] {
  const event = recordingEvents[act.what]
  if (event === undefined) return []
  const { patient = "", outcome = "not completed" } = act
  return [[...placeOf(act, site), event, whoIs(act), patient, outcome]]
}

/** Hours of the clock, so that the table can be checked by counting. */
function bulkOf(acts: readonly Act[], { bulkPatients, timeZone }: Circumstances): readonly Row[] {
  const hours = new Map<string, { patients: Set<string>; accesses: number }>()
  for (const act of acts.filter(isAccess)) {
    const hour = momentText(act.atMs, timeZone).slice(0, 13)
    const key = `${whoIs(act)}\n${hour}`
    const seen = hours.get(key) ?? { patients: new Set(), accesses: 0 }
    seen.patients.add(act.patient ?? "")
    seen.accesses++
    hours.set(key, seen)
  }
  return [...hours]
    .filter(([, { patients }]) => patients.size >= bulkPatients)
    .map(([key, { patients, accesses }]) => {
      const [person = "", hour = ""] = key.split("\n")
      return [person, `${hour}:00`, `${patients.size}`, `${accesses}`]
    })
}
