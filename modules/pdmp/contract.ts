/** Monitoring programmes: when one has to be asked, and what it says, for a pharmacist's eyes. */
import { type Static, Type as t } from "typebox"
import { defineContract } from "#core/contract.ts"
import { Day, PatientId } from "#core/pms.ts"

const Line = t.String({ maxLength: 4_000 })
const ItemId = t.String({ maxLength: 64 })
const ReportId = t.String({ maxLength: 64 })

/** What a state's programme answered. It is shown to a pharmacist and to nobody else. */
export const Report = t.Object({
  report: ReportId,
  patient: PatientId,
  askedAtMs: t.Integer(),
  /** Absent when the programme has nothing on file. */
  message: t.Optional(Line),
  scores: t.Array(t.Object({ type: t.String(), value: t.String() }), { maxItems: 20 }),
  remarks: t.Array(t.Object({ text: Line, severity: t.Optional(t.String()) }), { maxItems: 50 }),
  disclaimer: t.Optional(Line),
  hasFullReport: t.Boolean(),
})
export type Report = Static<typeof Report>

/** Why it has to be asked: a state's row, with where it was read. */
export const Duty = t.Object({
  state: t.String(),
  is: t.String(),
  source: t.String(),
  since: t.Optional(Day),
  needsCounsel: t.Boolean(),
})
export type Duty = Static<typeof Duty>

const unknownReport = { unknown_report: "No report has that id, or its time is over." }
const line = {
  no_gateway: "No gateway is configured. Ask the state's programme on its own page.",
  no_answer: "The gateway did not answer usably. Ask again, or on the programme's own page.",
  refused: "The gateway refused. Look at its credentials, or ask on the programme's own page.",
}

export const pdmp = defineContract({
  name: "pdmp",
  version: "0.1.0",
  commands: {
    duty: {
      does: "Tell whether the monitoring programme is to be asked for a work item, and was.",
      effect: "read",
      action: "staff_view",
      discloses: true,
      input: t.Object({ item: ItemId }),
      output: t.Object({
        /** Absent when it need not be asked. */
        duty: t.Optional(Duty),
        askedAtMs: t.Optional(t.Integer()),
        report: t.Optional(ReportId),
      }),
      faults: {},
    },
    ask: {
      does: "Ask the monitoring programme about the patient of a work item.",
      effect: "write",
      action: "pharmacist_act",
      discloses: true,
      input: t.Object({ item: ItemId }),
      output: Report,
      faults: { ...line, not_due: "Nothing about this item is for a monitoring programme." },
    },
    view: {
      does: "Show again what the monitoring programme answered.",
      effect: "read",
      action: "pharmacist_act",
      discloses: true,
      input: t.Object({ report: ReportId }),
      output: Report,
      faults: unknownReport,
    },
    openReport: {
      does: "Fetch the address of the whole report, which works once.",
      effect: "write",
      action: "pharmacist_act",
      discloses: true,
      input: t.Object({ report: ReportId }),
      output: t.Object({ link: t.String({ maxLength: 2_000 }) }),
      faults: {
        ...line,
        ...unknownReport,
        no_full_report: "The programme gave no address of a whole report.",
      },
    },
  },
  events: {},
})
