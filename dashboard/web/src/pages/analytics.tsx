/** What the days looked like: plots, the same in numbers, a file, a sheet to print. */
import { BarChart } from "@mantine/charts"
import "@mantine/charts/styles.css"
import { Anchor, Button, Group, SegmentedControl, Table } from "@mantine/core"
import { IconChartBar, IconDownload, IconPrinter } from "@tabler/icons-react"
import { useCallback, useState } from "react"
import type { Report } from "../../../../modules/analytics/contract.ts"
import { csvOf, dayBefore, outcomes, weeksOf } from "../analytics.ts"
import { command } from "../api.ts"
import { Card } from "../parts/card.tsx"
import { Figure } from "../parts/figure.tsx"
import { Reading } from "../parts/reading.tsx"
import { EmptyState, NotLoaded } from "../parts/states.tsx"
import { go } from "../router.ts"
import { type English, locale, say } from "../say.ts"
import { useLoaded } from "../use-loaded.ts"
import { useNow } from "../use-now.ts"
import { agoText, inWords, tierName } from "../words.ts"

/** More days than this are easier to see as weeks. */
const DAYS_SHOWN_MAX = 31
const REASONS_SHOWN_MAX = 10
const spans: readonly { readonly days: number; readonly label: English }[] = [
  { days: 7, label: "Last 7 days" },
  { days: 30, label: "Last 30 days" },
  { days: 90, label: "Last 90 days" },
]
const never = (): boolean => false

export function AnalyticsPage() {
  const [days, setDays] = useState(7)
  const load = useCallback(() => loadReport(days), [days])
  const { value: report, trouble, again } = useLoaded(load, never)
  const isEmpty = report && report.all.calls + report.all.texts === 0
  return (
    <Reading title={say("Analytics")} acts={<Acts report={report} {...{ days, setDays }} />}>
      {!report && <NotLoaded trouble={trouble} again={again} />}
      {isEmpty && (
        <EmptyState
          title={say("Nothing was counted on these days")}
          icon={<IconChartBar size={34} stroke={1.5} aria-hidden />}
        >
          {say("Numbers appear here after the first call has ended.")}
        </EmptyState>
      )}
      {report && !isEmpty && <Plots report={report} />}
      <Missed />
    </Reading>
  )
}

/** Today is what the pharmacy's own calendar says, wherever the screen stands. */
async function loadReport(days: number): Promise<Report> {
  const { day } = await command("analytics", "today", {})
  return command("analytics", "report", { from: dayBefore(day, days - 1), until: day })
}

interface ActsProps {
  readonly report: Report | undefined
  readonly days: number
  readonly setDays: (days: number) => void
}

function Acts({ report, days, setDays }: ActsProps) {
  return (
    <Group gap="xs" className="no-print">
      <SegmentedControl
        size="xs"
        aria-label={say("Which days")}
        value={`${days}`}
        onChange={(value) => setDays(Number(value))}
        data={spans.map((span) => ({ value: `${span.days}`, label: say(span.label) }))}
      />
      <Button
        variant="default"
        size="compact-md"
        leftSection={<IconDownload size={16} />}
        disabled={!report}
        onClick={() => report && save(report)}
      >
        {say("Save as CSV")}
      </Button>
      <Button
        variant="default"
        size="compact-md"
        leftSection={<IconPrinter size={16} />}
        onClick={() => window.print()}
      >
        {say("Print")}
      </Button>
    </Group>
  )
}

function save(report: Report): void {
  const url = URL.createObjectURL(new Blob([csvOf(report)], { type: "text/csv" }))
  const link = document.createElement("a")
  link.href = url
  link.download = `mortar-${report.days[0]?.day ?? ""}-${report.days.at(-1)?.day ?? ""}.csv`
  link.click()
  URL.revokeObjectURL(url)
}

function Plots({ report }: { report: Report }) {
  const { all, days, hours, reasons, latencyMs, confidence } = report
  const isByWeek = days.length > DAYS_SHOWN_MAX
  const spansShown = isByWeek ? weeksOf(days) : days
  return (
    <>
      <ul className="figures">
        <Figure name={say("Calls and texts")} value={all.calls + all.texts} />
        <Figure name={say("Answered alone")} value={share(all.contained, all.calls + all.texts)} />
        <Figure
          name={say("Without a repeat call in 24 h")}
          value={share(all.contained - all.repeated, all.contained)}
        />
        <Figure name={say("First sound, half of all")} value={seconds(latencyMs.p50)} />
        <Figure name={say("First sound, 19 of 20")} value={seconds(latencyMs.p95)} />
      </ul>
      <Plot
        title={isByWeek ? say("By week") : say("By day")}
        rows={spansShown.map(({ day, outcomes: counts }) => ({ name: day, ...counts }))}
        series={outcomes.map(({ name, color }) => ({ name, color, label: say(name) }))}
        isStacked
      />
      <Plot
        title={say("By hour")}
        rows={hours.map((count, hour) => ({ name: `${hour}`, count }))}
        series={[{ name: "count", color: "mortar.6", label: say("conversations") }]}
      />
      <Plot
        title={say("What they were about")}
        rows={reasons
          .slice(0, REASONS_SHOWN_MAX)
          .map(({ reason, count }) => ({ name: inWords(reason), count }))}
        series={[{ name: "count", color: "mortar.6", label: say("conversations") }]}
      />
      <Plot
        title={say("How sure the understanding was")}
        rows={confidence.map((count, step) => ({
          name: `${step * 10}–${step * 10 + 10} %`,
          count,
        }))}
        series={[{ name: "count", color: "mortar.6", label: say("wishes") }]}
      />
      <Approvals approvals={report.approvals} />
    </>
  )
}

function share(part: number, whole: number): string {
  return whole === 0 ? "–" : `${Math.round((100 * part) / whole)} %`
}

function seconds(ms: number): string {
  return ms === 0 ? "–" : `${(ms / 1_000).toLocaleString(locale(), { maximumFractionDigits: 2 })} s`
}

interface PlotProps {
  readonly title: string
  readonly rows: readonly Readonly<Record<string, string | number>>[]
  readonly series: readonly {
    readonly name: string
    readonly color: string
    readonly label: string
  }[]
  readonly isStacked?: boolean
}

/** A plot says nothing to who cannot see it: the numbers stand below it, folded away. */
function Plot({ title, rows, series, isStacked = false }: PlotProps) {
  return (
    <Card title={title} size="h5" className="card-wide">
      <div className="plot" role="img" aria-label={title}>
        <BarChart
          h={230}
          data={rows.map((row) => ({ ...row }))}
          dataKey="name"
          series={series.map((one) => ({ ...one }))}
          type={isStacked ? "stacked" : "default"}
          withLegend={isStacked}
          tickLine="none"
        />
      </div>
      <details className="understood no-print">
        <summary>{say("The same in numbers")}</summary>
        <Table className="numbers">
          <Table.Thead>
            <Table.Tr>
              <Table.Th>{title}</Table.Th>
              {series.map(({ name, label }) => (
                <Table.Th key={name}>{label}</Table.Th>
              ))}
            </Table.Tr>
          </Table.Thead>
          <Table.Tbody>
            {rows.map((row) => (
              <Table.Tr key={row.name}>
                <Table.Td>{row.name}</Table.Td>
                {series.map(({ name }) => (
                  <Table.Td key={name}>{row[name] ?? 0}</Table.Td>
                ))}
              </Table.Tr>
            ))}
          </Table.Tbody>
        </Table>
      </details>
    </Card>
  )
}

function Approvals({ approvals }: Pick<Report, "approvals">) {
  return (
    <Card title={say("How long people took to decide")} size="h5" className="card-wide">
      {approvals.length === 0 && <p className="dim">{say("Nothing was decided on these days.")}</p>}
      {approvals.map(({ tier, count, p50, p95 }) => (
        <p key={tier} className="numbers">
          {say("{tier}: half within {p50} min, 19 of 20 within {p95} min ({count})", {
            ...{ tier: tierName(tier), p50, p95, count },
          })}
        </p>
      ))}
    </Card>
  )
}

const loadMissed = async () => (await command("analytics", "missed", { limit: 20 })).missed

/** What the agent could learn next: only where; the words stay in the transcript. */
function Missed() {
  const { value: missed } = useLoaded(loadMissed, never)
  const nowMs = useNow()
  if (!missed) return null
  return (
    <Card title={say("Where nothing was understood")} size="h5" className="card-wide">
      {missed.length === 0 && <p className="dim">{say("Everything was understood lately.")}</p>}
      {missed.map(({ conversation, turn, atMs }) => (
        <p key={`${conversation} ${turn}`}>
          {say("Turn {turn}, {when}", { turn, when: agoText(atMs, nowMs) })}{" "}
          <Anchor component="button" type="button" onClick={() => go(`/calls/${conversation}`)}>
            {say("Look at the call")}
          </Anchor>
        </p>
      ))}
    </Card>
  )
}
