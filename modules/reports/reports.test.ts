/** Reports out of made-up entries, and the files they are handed over as. */
import assert from "node:assert/strict"
import { test } from "node:test"
import fc from "fast-check"
import type { AuditEntry } from "#core/ports.ts"
import { anomaliesOf, patientKey, personKey } from "./anomalies.ts"
import type { Report, ReportKind } from "./contract.ts"
import { toCsv } from "./csv.ts"
import { textOf } from "./fixtures/pdf-text.ts"
import { toPdf } from "./pdf.ts"
import { type Ask, makeReport, type Query, reportOf } from "./report.ts"

const HOUR_MS = 3_600_000
const DAY_MS = 24 * HOUR_MS
/** Monday, 2 November 2026, ten in the morning in Austin. */
const MONDAY_MS = Date.parse("2026-11-02T16:00:00Z")
const timeZone = "America/Chicago"
/** That Monday, from nine to six. */
const openings = [{ fromMs: MONDAY_MS - HOUR_MS, untilMs: MONDAY_MS + 8 * HOUR_MS }]
const site = {
  ...{ timeZone, openings },
  bulkPatients: 3,
}
const open = async () => openings
const note = "pharmacy.example/audit\n1000\ncm9vdA==\n\n— pharmacy.example/audit c2lnbmVk\n"
const made = { by: "dana (manager)", atMs: MONDAY_MS }

const staff = (person: string, role = "technician") => ({ kind: "staff", person, role })
const allow = { verdict: "allow", tier: 0, row: "staff_view", rules: [] }

/** One act as the gate writes it: announced, then completed. */
function act(about: Partial<AuditEntry>, outcome: string | null = "done") {
  const entry = { atMs: MONDAY_MS, actor: staff("tina"), what: "patients.get", decision: allow }
  const name = `${Math.random()}`
  const before = { ...entry, ...about, act: name, phase: "before" as const }
  return outcome === null ? [before] : [before, { ...before, phase: "after" as const, outcome }]
}

const numbered = (entries: readonly Omit<AuditEntry, "seq">[]): readonly AuditEntry[] =>
  entries.map((entry, seq) => ({ ...entry, seq }))

function make(kind: ReportKind, entries: readonly Omit<AuditEntry, "seq">[]): Report {
  const ask: Ask = { kind, from: "2026-11-01", until: "2026-11-30" }
  const period = {
    fromMs: Date.parse("2026-11-01T05:00:00Z"),
    beforeMs: Date.parse("2026-12-01T06:00:00Z"),
  }
  const checkpoint = { size: 1_000, root: "cm9vdA==", note }
  return reportOf(ask, numbered(entries), { checkpoint, period, site, made })
}

const column = ({ columns, rows }: Report, name: string) =>
  rows.map((row) => row[columns.indexOf(name)])

test("an act is one row, with what became of it, and an act cut short says so", () => {
  const entries = [...act({ patient: "1001" }), ...act({ patient: "1002" }, null)]
  const report = make("accesses", entries)
  assert.deepEqual(column(report, "patient"), ["1001", "1002"])
  assert.deepEqual(column(report, "outcome"), ["done", "not completed"])
  assert.deepEqual(report.figures[0], { name: "rows", count: 2 })
})

test("a report rests on no entry that its checkpoint does not vouch for", () => {
  const entries = numbered([...act({ patient: "1001" }), ...act({ patient: "1002" })])
  const later = entries.map((entry) => ({ ...entry, seq: entry.seq + 998 }))
  const ask: Ask = { kind: "accesses", from: "2026-11-01", until: "2026-11-30" }
  const period = { fromMs: 0, beforeMs: MONDAY_MS + DAY_MS }
  const checkpoint = { size: 1_000, root: "", note }
  const { rows } = reportOf(ask, later, { checkpoint, period, site, made })
  assert.equal(rows.length, 1)
})

test("what was done while the pharmacy was not open is after hours, to the minute", () => {
  const opens = MONDAY_MS - HOUR_MS
  const times = [opens - 1, opens, MONDAY_MS, MONDAY_MS + 8 * HOUR_MS, MONDAY_MS - DAY_MS]
  const entries = times.flatMap((atMs) => act({ atMs, patient: "1001" }))
  assert.deepEqual(column(make("after_hours", entries), "when"), [
    "2026-11-02 08:59:59",
    "2026-11-02 18:00:00",
    "2026-11-01 10:00:00",
  ])
})

test("many patients within an hour are bulk access; many looks at one patient are not", () => {
  const many = ["1", "2", "3"].flatMap((patient) => act({ patient }))
  const one = ["1", "1", "1", "2"].flatMap((patient) => act({ patient, actor: staff("omar") }))
  const { rows } = make("bulk", [...many, ...one])
  assert.deepEqual(rows, [["tina", "2026-11-02 10:00", "3", "3"]])
})

test("denied attempts hold what the gate refused and who was turned away at the door", () => {
  const refused = act({ decision: { ...allow, verdict: "refuse" } }, "refused")
  const door = { ...act({})[0]!, phase: "event" as const, what: "sign_in.refused", outcome: "no" }
  const { decision: _, ...turnedAway } = door
  const report = make("denied", [...refused, ...act({}), turnedAway])
  assert.deepEqual(column(report, "what"), ["patients.get", "sign_in.refused"])
})

test("emergency rights show who had them and what was done under them", () => {
  const glass = { ...staff("tina", "pharmacist"), glass: { id: "g", own: "technician" } }
  const report = make("break_glass", [...act({ actor: glass, patient: "1001" }), ...act({})])
  assert.deepEqual(column(report, "role"), ["technician as pharmacist"])
})

test("the accounting names every recipient outside, and says what the rule asks for it", () => {
  const caller = {
    ...{ kind: "caller", conversation: "CA1", channel: "phone", identity: "verified" },
    ...{ patient: "1001", caresFor: ["1002"] },
  }
  const left = { to: "anthropic", model: "m", purpose: "hard_turn", sha256: "ab" }
  const report = make("accounting", [
    ...act({ actor: { kind: "partner", key: "lab", scopes: [] }, patient: "1002" }),
    ...act({ actor: caller, patient: "1002" }),
    ...act({ actor: caller, patient: "1001" }),
    ...act({ patient: "1002" }),
    ...act({ patient: "1002", what: "cloud.ask", left }),
  ])
  assert.deepEqual(column(report, "accounting"), [
    "to be accounted for",
    "not asked for: involved in care",
    "not asked for: business associate",
  ])
})

test("approvals are told by tier: what was asked, approved and refused", () => {
  const t2 = { verdict: "allow", tier: 2, row: "controlled_substance", rules: [] }
  const report = make("approvals", [
    ...act({ decision: { ...t2, verdict: "ask" } }, "asked:item"),
    ...act({ actor: staff("grace", "pharmacist"), decision: t2, what: "refills.request" }),
    ...act({ actor: staff("grace", "pharmacist"), what: "work-queue.refuse" }),
    ...act({}),
  ])
  assert.deepEqual(column(report, "event"), ["asked", "approved", "refused"])
  assert.ok(report.figures.some(({ name, count }) => name === "tier: T2" && count === 2))
})

test("which automation acted is told, and another of them is another line of the figures", () => {
  const ask = { verdict: "ask", tier: 2, row: "clinical_consultation", rules: [] }
  const of = (schedule: string) => ({ kind: "system", module: "automations", schedule })
  const report = make("denied", [
    ...act({ actor: of("a1"), decision: { ...ask, verdict: "refuse" } }, "refused"),
    ...act({ actor: of("a2"), decision: { ...ask, verdict: "refuse" } }, "refused"),
    ...act({ actor: { kind: "system", module: "voice" }, decision: { ...ask, verdict: "refuse" } }),
  ])
  const who = ["system automations a1", "system automations a2", "system voice"]
  assert.deepEqual(column(report, "who"), who)
  assert.deepEqual(
    report.figures.slice(1).map(({ name }) => name),
    who.map((one) => `who: ${one}`),
  )
  const asked = make("approvals", act({ actor: of("a1"), decision: ask }, "asked:item"))
  assert.deepEqual(column(asked, "who"), ["system automations a1"])
})

test("recordings are told as kept, handed out and destroyed", () => {
  const voice = { kind: "system", module: "voice" }
  const names = ["recordings.end", "recordings.exportWav", "recordings.destroy", "patients.get"]
  const report = make(
    "recordings",
    names.flatMap((what) => act({ what, actor: voice })),
  )
  assert.deepEqual(column(report, "event"), ["retained", "exported", "destroyed"])
})

test("pages of the log are put together without loss, also within one millisecond", async () => {
  const looks = Array.from({ length: 7_000 }, (_, at) =>
    act({ atMs: MONDAY_MS + Math.floor(at / 3), patient: "1001" }, null),
  )
  const entries = numbered(looks.flat())
  const query: Query = async ({ fromMs = 0, beforeMs = 0, limit = 0 }) =>
    entries.filter(({ atMs }) => atMs >= fromMs && atMs < beforeMs).slice(-limit)
  const source = { query, note: note.replace("1000", "7000"), site, openings: open }
  const ask: Ask = { kind: "accesses", from: "2026-11-01", until: "2026-11-30" }
  const report = await makeReport(ask, source, made)
  assert.ok(typeof report !== "string")
  assert.equal(report.rows.length, 7_000)
})

test("no period, no patient, no checkpoint: each is said", async () => {
  const query: Query = async () => []
  const days = { from: "2026-11-01", until: "2026-11-30" }
  const source = { query, note, site, openings: open }
  const say = (ask: Ask, from = source as Parameters<typeof makeReport>[1]) =>
    makeReport(ask, from, made)
  assert.equal(await say({ kind: "accounting", ...days }), "needs_patient")
  assert.equal(await say({ kind: "cloud", from: days.until, until: days.from }), "bad_period")
  assert.equal(await say({ kind: "cloud", from: "2019-01-01", until: days.until }), "bad_period")
  assert.equal(
    await say({ kind: "cloud", ...days }, { ...source, note: undefined }),
    "no_checkpoint",
  )
})

/** The cells of a CSV as a spreadsheet reads them. */
function cellsOf(csv: string): readonly string[] {
  return [...csv.matchAll(/("(?:[^"]|"")*"|[^,\r\n]*)(?:,|\r\n)/g)].map(([, cell = ""]) =>
    cell.startsWith('"') ? cell.slice(1, -1).replaceAll('""', '"') : cell,
  )
}

test("no cell of a CSV begins a formula, and each reads back as it was", () => {
  const sign = fc.constantFrom("=", "+", "-", "@", "\t=", " =", "|", "")
  fc.assert(
    fc.property(sign, fc.string({ minLength: 1 }), (begin, rest) => {
      const person = `${begin}${rest}`
      const report = make("accesses", act({ patient: "1", actor: staff(person) }))
      const cells = cellsOf(toCsv(report))
      assert.ok(cells.includes(person) || cells.includes(`'${person}`))
      for (const cell of cells) assert.doesNotMatch(cell, /^\s*[=+\-@|]/)
    }),
  )
})

test("a PDF says the same as the report: title, figures, every row, and the proof on each page", async () => {
  const entries = Array.from({ length: 120 }, (_, at) => act({ patient: `patient-${at}` })).flat()
  const report = make("accesses", entries)
  const bytes = await toPdf(report, "Willow Street Pharmacy")
  const text = textOf(bytes)
  assert.match(text, /Accesses by person/)
  assert.match(text, /rows = 120/)
  assert.match(text, /person: tina = 120/)
  for (const [, , , , , patient = ""] of report.rows) assert.ok(text.includes(patient), patient)
  const pages = text.match(/page \d+ of \d+\. 1000 entries, root cm9vdA==/g) ?? []
  assert.ok(pages.length > 3)
  assert.equal(bytes.toString("latin1").match(/\/Type \/Page\b(?!s)/g)?.length, pages.length)
})

const usual = (person: string, count: number, atMs: number) =>
  Array.from({ length: count }, (_, at) => ({ person, patient: `p${at}`, atMs }))

/** Eight ordinary days of a dozen records each, then a ninth. */
function ninth(count: number, atMs = MONDAY_MS + 8 * DAY_MS) {
  const days = Array.from({ length: 8 }, (_, day) => usual("tina", 12, MONDAY_MS + day * DAY_MS))
  return [...days.flat(), ...usual("tina", count, atMs)]
}

const around = { fromMs: MONDAY_MS + 7.5 * DAY_MS, timeZone, lastNames: new Map() }

test("a day of far more records than that person's other days is told with both figures", () => {
  const [found, ...more] = anomaliesOf(ninth(60), around)
  assert.deepEqual(more, [])
  assert.equal(found?.why, "unusual_number")
  assert.deepEqual(found?.figures, { records: 60, usual: 12, days: 8 })
  assert.deepEqual(anomaliesOf(ninth(20), around), [])
})

test("an hour at which that person never worked is told; the hours beside theirs are not", () => {
  const night = anomaliesOf(ninth(3, MONDAY_MS + 8 * DAY_MS + 13 * HOUR_MS), around)
  assert.deepEqual(
    night.map(({ why, figures }) => [why, figures]),
    [["hours_never_worked", { hour: 23, days: 8 }]],
  )
  assert.deepEqual(anomaliesOf(ninth(3, MONDAY_MS + 8 * DAY_MS + HOUR_MS), around), [])
})

test("a patient of the same last name is told once, however it is written", () => {
  const lastNames = new Map([
    [personKey("tina"), "Núñez"],
    [patientKey("p1"), "NUNEZ"],
    [patientKey("p2"), "Kim"],
  ])
  const found = anomaliesOf(ninth(3), { ...around, lastNames })
  assert.deepEqual(
    found.map(({ why, patient }) => [why, patient]),
    [["same_last_name", "p1"]],
  )
})
