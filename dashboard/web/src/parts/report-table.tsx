/** One report on the screen: what it comes to, its rows, and what proves it. */

import type { Report } from "../../../../modules/reports/contract.ts"
import { titleOfReport } from "../reports.ts"
import { say } from "../say.ts"
import { inWords } from "../words.ts"
import { Card } from "./card.tsx"
import { LineTable } from "./line-table.tsx"
import { To } from "./to.tsx"

const ROWS_MAX = 200

export function ReportTable({ report }: { report: Report }) {
  const { columns, figures, kind, rows } = report
  const title = titleOfReport(kind)
  return (
    <Card title={title} className="card-wide">
      <ul className="report-figures">
        {figures.map(({ name, count }) => (
          <li key={name}>
            {figureText(name)} <strong className="numbers">{count}</strong>
          </li>
        ))}
      </ul>
      <LineTable label={say("Lines of the report")} heads={columns.map(inWords)}>
        {rows.slice(0, ROWS_MAX).map((row) => (
          <tr key={row.join("\n")}>
            {row.map((cell, at) => (
              <td key={columns[at]}>
                <Cell>{cell}</Cell>
              </td>
            ))}
          </tr>
        ))}
      </LineTable>
      {rows.length > ROWS_MAX && (
        <p className="dim small">
          {say("The first {n} rows of {all}; the file holds them all.", {
            n: ROWS_MAX,
            all: rows.length,
          })}
        </p>
      )}
      <Proof report={report} />
    </Card>
  )
}

/** An automation stands in the log by its id; its page says what it is called and who made it. */
function Cell({ children }: { children: string }) {
  const [, automation] = /^system automations (\w+)$/.exec(children) ?? []
  return automation ? <To path={`/automations/${automation}`}>{children}</To> : children
}

/** `rows`, or a column and one of its values. */
function figureText(name: string): string {
  const [column = "", ...value] = name.split(": ")
  return value.length > 0 ? `${inWords(column)}: ${value.join(": ")}` : inWords(column)
}

function Proof({ report: { checkpoint, madeBy } }: { report: Report }) {
  return (
    <details>
      <summary>{say("What proves it")}</summary>
      <p>
        {say("Made by {who}, out of the first {n} entries of the log.", {
          who: madeBy,
          n: checkpoint.size,
        })}
      </p>
      <p className="dim">
        {say(
          "Keep these lines: with them anybody can check that the log still holds these entries.",
        )}
      </p>
      <pre className="small report-note">{checkpoint.note}</pre>
    </details>
  )
}
