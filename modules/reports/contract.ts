/** What an auditor asks of the log: nine reports, each with the checkpoint that proves it. */
import { type Static, Type as t } from "typebox"
import { defineContract } from "#core/contract.ts"
import { Day, PatientId } from "#core/pms.ts"

export const ReportKind = t.Union([
  /** To whom a patient's record went outside this house: 45 CFR 164.528. */
  t.Literal("accounting"),
  /** Whose record each person opened or acted on. */
  t.Literal("accesses"),
  t.Literal("after_hours"),
  /** Many records by one person within an hour. */
  t.Literal("bulk"),
  t.Literal("denied"),
  t.Literal("break_glass"),
  /** What left for a language model elsewhere. */
  t.Literal("cloud"),
  /** What was asked of a tier, and who approved or refused it. */
  t.Literal("approvals"),
  t.Literal("recordings"),
])
export type ReportKind = Static<typeof ReportKind>

const Person = t.String({ minLength: 1, maxLength: 64 })

const asked = {
  kind: ReportKind,
  /** Days of the pharmacy's own calendar, both included. */
  from: Day,
  until: Day,
  patient: t.Optional(PatientId),
  person: t.Optional(Person),
}

const Format = t.Union([t.Literal("pdf"), t.Literal("csv")])
export type Format = Static<typeof Format>

/** What the report was made from. Whoever keeps it can check the log against it for ever. */
const Checkpoint = t.Object({
  /** Entries that it vouches for. The report rests on these and on no later one. */
  size: t.Integer(),
  root: t.String(),
  /** The signed note, as `mortar audit verify --kept` takes it. */
  note: t.String(),
})

export const Report = t.Object({
  ...asked,
  title: t.String(),
  timeZone: t.String(),
  madeBy: t.String(),
  madeAtMs: t.Integer(),
  checkpoint: Checkpoint,
  columns: t.Array(t.String()),
  rows: t.Array(t.Array(t.String())),
  /** What the rows come to, `rows` first. */
  figures: t.Array(t.Object({ name: t.String(), count: t.Integer() })),
})
export type Report = Static<typeof Report>

export const Anomaly = t.Object({
  anomaly: t.String(),
  why: t.Union([
    t.Literal("unusual_number"),
    t.Literal("same_last_name"),
    t.Literal("hours_never_worked"),
  ]),
  person: t.String(),
  atMs: t.Integer(),
  patient: t.Optional(t.String()),
  /** The figures that the reason rests on: `records`, `usual`, `days`, `hour`. */
  figures: t.Record(t.String(), t.Integer()),
  /** Who said that it is a false alarm, and why. It is not raised again. */
  dismissed: t.Optional(t.Object({ by: t.String(), because: t.String(), atMs: t.Integer() })),
})
export type Anomaly = Static<typeof Anomaly>

const trouble = {
  bad_period: "The period ends before it begins, or is longer than six years.",
  needs_patient: "This report is about one patient. Say which.",
  too_many: "There are too many entries for one report. Take a shorter period.",
  no_checkpoint: "The audit log has no signed checkpoint yet. Try again in a second.",
}

export const reports = defineContract({
  name: "reports",
  version: "0.1.0",
  commands: {
    make: {
      does: "Make a report out of the audit log.",
      effect: "read",
      action: "audit_read",
      discloses: true,
      input: t.Object(asked),
      output: Report,
      faults: trouble,
      phi: ["patient"],
    },
    file: {
      does: "Make a report as a file to hand over.",
      effect: "read",
      action: "audit_read",
      discloses: true,
      input: t.Object({ ...asked, format: Format }),
      output: t.Object({ name: t.String(), base64: t.String() }),
      faults: trouble,
      phi: ["patient"],
    },
    kept: {
      does: "List the reports that were made on schedule, the newest first.",
      effect: "read",
      action: "audit_read",
      input: t.Object({}),
      output: t.Object({
        kept: t.Array(
          t.Object({
            id: t.String(),
            kind: ReportKind,
            from: Day,
            until: Day,
            madeAtMs: t.Integer(),
            rows: t.Integer(),
          }),
        ),
      }),
      faults: {},
    },
    openKept: {
      does: "Open a report that was made on schedule.",
      effect: "read",
      action: "audit_read",
      discloses: true,
      input: t.Object({ id: t.String({ maxLength: 64 }), format: Format }),
      output: t.Object({ name: t.String(), base64: t.String() }),
      faults: {
        unknown_report: "No report has that id.",
        unreadable: "The report cannot be opened. Its file is damaged or gone.",
      },
    },
    keep: {
      does: "Make the reports of a month and keep them sealed.",
      effect: "write",
      action: "internal",
      input: t.Object({ month: t.String({ pattern: "^\\d{4}-\\d{2}$" }) }),
      output: t.Object({ kept: t.Integer() }),
      faults: trouble,
    },
    anomalies: {
      does: "List what is unusual in who opened whose record, with the reason for each.",
      effect: "read",
      action: "audit_read",
      discloses: true,
      input: t.Object({ from: Day, until: Day }),
      output: t.Object({ anomalies: t.Array(Anomaly) }),
      faults: trouble,
    },
    dismiss: {
      does: "Note that something unusual was a false alarm, so that it is not raised again.",
      effect: "write",
      action: "audit_read",
      input: t.Object({
        anomaly: t.String({ maxLength: 200 }),
        because: t.String({ minLength: 3, maxLength: 300 }),
      }),
      output: t.Object({}),
      faults: {},
      phi: ["because"],
    },
  },
  events: {},
})
