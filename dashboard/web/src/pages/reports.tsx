/** What an auditor asks for: reports with their proof, what is unusual, and what is kept. */
import { Button, Select, TextInput, Title } from "@mantine/core"
import { IconFileSearch } from "@tabler/icons-react"
import { type FormEvent, useState } from "react"
import type { Input } from "../../../../core/contract.ts"
import type { Report, reports } from "../../../../modules/reports/contract.ts"
import { useAct } from "../account/use-act.ts"
import { command } from "../api.ts"
import { Anomalies } from "../parts/anomalies.tsx"
import { KeptReports } from "../parts/kept-reports.tsx"
import { Reading } from "../parts/reading.tsx"
import { ReportTable } from "../parts/report-table.tsx"
import { EmptyState } from "../parts/states.tsx"
import { daysAgo, kindChoices, save } from "../reports.ts"
import { say } from "../say.ts"

type Ask = Input<typeof reports, "make">
type Kind = Ask["kind"]

const SHOWN_DAYS = 30

export function ReportsPage() {
  const [report, setReport] = useState<Report>()
  return (
    <Reading title={say("Reports")}>
      <p className="dim">
        {say("What the audit log says, as a table that it proves. Looking is itself written down.")}
      </p>
      <ReportForm show={setReport} />
      {report && <Shown report={report} />}
      <Anomalies />
      <KeptReports />
    </Reading>
  )
}

function Shown({ report }: { report: Report }) {
  if (report.rows.length > 0) return <ReportTable report={report} />
  return (
    <EmptyState
      title={say("Nothing of the kind stands in the log")}
      icon={<IconFileSearch size={34} stroke={1.5} aria-hidden />}
    />
  )
}

function ReportForm({ show }: { show: (report: Report) => void }) {
  const [kind, setKind] = useState<Kind>("accesses")
  const [from, setFrom] = useState(daysAgo(SHOWN_DAYS))
  const [until, setUntil] = useState(daysAgo(0))
  const [patient, setPatient] = useState("")
  const [person, setPerson] = useState("")
  const { act, isBusy } = useAct()
  const about = {
    ...(patient.trim() === "" ? {} : { patient: patient.trim() }),
    ...(person.trim() === "" ? {} : { person: person.trim() }),
  }
  const ask: Ask = { kind, from, until, ...about }
  const submit = (event: FormEvent): void => {
    event.preventDefault()
    void act(async () => show(await command("reports", "make", ask)))
  }
  const hand = (format: "pdf" | "csv") =>
    void act(async () => save(await command("reports", "file", { ...ask, format })))
  return (
    <form className="card card-wide" onSubmit={submit}>
      <Title order={2} size="h4">
        {say("Report")}
      </Title>
      <div className="report-asks">
        <Select
          label={say("Report")}
          data={kindChoices()}
          value={kind}
          allowDeselect={false}
          onChange={(value) =>
            setKind(kindChoices().find((one) => one.value === value)?.value ?? kind)
          }
        />
        <Day label={say("From day")} value={from} set={setFrom} />
        <Day label={say("Until day")} value={until} set={setUntil} />
        <Line label={say("Patient number")} value={patient} set={setPatient} />
        <Line label={say("User name of a colleague")} value={person} set={setPerson} />
      </div>
      <div className="row-tags">
        <Button type="submit" loading={isBusy}>
          {say("Show the report")}
        </Button>
        <Button variant="default" disabled={isBusy} onClick={() => hand("pdf")}>
          {say("Save as PDF")}
        </Button>
        <Button variant="default" disabled={isBusy} onClick={() => hand("csv")}>
          {say("Save as CSV")}
        </Button>
      </div>
    </form>
  )
}

interface FieldProps {
  readonly label: string
  readonly value: string
  readonly set: (value: string) => void
}

function Day({ label, value, set }: FieldProps) {
  return (
    <TextInput
      type="date"
      label={label}
      required
      value={value}
      onChange={({ currentTarget }) => set(currentTarget.value)}
    />
  )
}

function Line({ label, value, set }: FieldProps) {
  return (
    <TextInput
      label={label}
      maxLength={64}
      autoComplete="off"
      value={value}
      onChange={({ currentTarget }) => set(currentTarget.value)}
    />
  )
}
