/** The reports that were made by themselves, month by month, to be opened again. */
import { Button } from "@mantine/core"
import { useAct } from "../account/use-act.ts"
import { command } from "../api.ts"
import { save, titleOfReport } from "../reports.ts"
import { say } from "../say.ts"
import { useLoaded } from "../use-loaded.ts"
import { Card } from "./card.tsx"
import { NotLoaded } from "./states.tsx"

const loadKept = () => command("reports", "kept", {})
const never = (): boolean => false

type Kept = Awaited<ReturnType<typeof loadKept>>["kept"][number]

export function KeptReports() {
  const { value, trouble, again } = useLoaded(loadKept, never)
  return (
    <Card title={say("Made on schedule")} className="card-wide">
      <p className="dim small">
        {say("On the first of each month, for the month before. Kept sealed for six years.")}
      </p>
      {!value && <NotLoaded trouble={trouble} again={again} />}
      {value?.kept.length === 0 && <p className="dim">{say("None yet")}</p>}
      {value?.kept.map((kept) => (
        <OneKept key={kept.id} kept={kept} />
      ))}
    </Card>
  )
}

function OneKept({ kept: { id, kind, from, until, rows } }: { kept: Kept }) {
  const { act, isBusy } = useAct()
  const title = say("{title}, {from} to {until}", { title: titleOfReport(kind), from, until })
  const open = (format: "pdf" | "csv") =>
    void act(async () => save(await command("reports", "openKept", { id, format })))
  return (
    <div className="card-top">
      <span>
        {title} <span className="dim small">{say("{n} rows", { n: rows })}</span>
      </span>
      <span className="row-tags">
        {(["pdf", "csv"] as const).map((format) => (
          <Button
            key={format}
            size="xs"
            variant="default"
            loading={isBusy}
            aria-label={`${title}, ${format.toUpperCase()}`}
            onClick={() => open(format)}
          >
            {format.toUpperCase()}
          </Button>
        ))}
      </span>
    </div>
  )
}
