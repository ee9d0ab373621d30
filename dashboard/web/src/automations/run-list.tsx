/** What an automation did, the newest first, and where what waits can be found. */

import { useCallback } from "react"
import type { Run } from "../../../../modules/automations/contract.ts"
import { command } from "../api.ts"
import type { Change } from "../live.ts"
import { Card } from "../parts/card.tsx"
import { LineTable } from "../parts/line-table.tsx"
import { NotLoaded } from "../parts/states.tsx"
import { Tag } from "../parts/tag.tsx"
import { To } from "../parts/to.tsx"
import { say, told } from "../say.ts"
import { useLoaded } from "../use-loaded.ts"
import { inWords, whenText as momentText } from "../words.ts"
import { becameText, fieldName, resultText, resultTones } from "./words.ts"

export function RunList({ automation }: { automation: string }) {
  const load = useCallback(() => command("automations", "runs", { automation }), [automation])
  const isAbout = useCallback(
    (change: Change) => change.kind === "automation" && change.automation === automation,
    [automation],
  )
  const { value, trouble, again } = useLoaded(load, isAbout)
  return (
    <Card title={say("What it did")} className="card-wide">
      {!value && <NotLoaded trouble={trouble} again={again} />}
      {value?.runs.length === 0 && <p className="dim">{say("It has not run yet.")}</p>}
      {value && value.runs.length > 0 && (
        <LineTable
          label={say("Runs")}
          heads={[say("When"), say("Result"), say("Why"), say("About")]}
        >
          {value.runs.map((run) => (
            <RunRow key={run.run} run={run} />
          ))}
        </LineTable>
      )}
    </Card>
  )
}

function RunRow({ run }: { run: Run }) {
  const { atMs, result, item, row, rules, says, about, became, tier } = run
  return (
    <tr>
      <td>{momentText(atMs)}</td>
      <td>
        <Tag tone={resultTones[result]}>{resultText(result)}</Tag>{" "}
        {item && <To path={`/queue/${item}`}>{say("Open the work item")}</To>}
        {became && <p className="dim small">{becameText(became, tier)}</p>}
      </td>
      <td>
        {says
          ? told(says)
          : [row, ...(rules ?? [])]
              .flatMap((one) => one ?? [])
              .map(inWords)
              .join(", ")}
      </td>
      <td>{about && <About {...about} />}</td>
    </tr>
  )
}

function About({ field, id }: { field: string; id: string }) {
  const isCall = field === "conversation" || field === "call"
  return isCall ? (
    <To path={`/calls/${id}`}>{fieldName(field)}</To>
  ) : (
    <span>{fieldName(field)}</span>
  )
}
