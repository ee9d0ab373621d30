/** What is out of the ordinary in who opened whose record, with the reason; false alarms noted. */
import { Button } from "@mantine/core"
import { IconShieldCheck } from "@tabler/icons-react"
import { useState } from "react"
import type { Anomaly } from "../../../../modules/reports/contract.ts"
import { useAct } from "../account/use-act.ts"
import { command } from "../api.ts"
import { daysAgo } from "../reports.ts"
import { locale, say } from "../say.ts"
import { useLoaded } from "../use-loaded.ts"
import { timeOfDay } from "../words.ts"
import { Card } from "./card.tsx"
import { ReasonDialog } from "./reason-dialog.tsx"
import { EmptyState, NotLoaded } from "./states.tsx"

const JUDGED_DAYS = 7
const never = (): boolean => false
const loadAnomalies = () =>
  command("reports", "anomalies", { from: daysAgo(JUDGED_DAYS), until: daysAgo(0) })

export function Anomalies() {
  const { value, trouble, again } = useLoaded(loadAnomalies, never)
  return (
    <Card title={say("Out of the ordinary")} className="card-wide">
      <p className="dim small">{say("In the last seven days, each with its reason.")}</p>
      {!value && <NotLoaded trouble={trouble} again={again} />}
      {value?.anomalies.length === 0 && (
        <EmptyState
          title={say("Nothing is out of the ordinary")}
          icon={<IconShieldCheck size={34} stroke={1.5} aria-hidden />}
        >
          {say("Everybody looked at about as much as they usually do.")}
        </EmptyState>
      )}
      {value?.anomalies.map((one) => (
        <OneAnomaly key={one.anomaly} one={one} again={again} />
      ))}
    </Card>
  )
}

function OneAnomaly({ one, again }: { one: Anomaly; again: () => void }) {
  const [isAsking, setAsking] = useState(false)
  const { act, isBusy } = useAct()
  const { anomaly, atMs, dismissed } = one
  const dismiss = async (because: string): Promise<void> => {
    setAsking(false)
    const done = say("It is not raised again.")
    await act(() => command("reports", "dismiss", { anomaly, because }), done)
    again()
  }
  const day = new Date(atMs).toLocaleDateString(locale())
  return (
    <section className={dismissed ? "card card-wide" : "card card-wide card-soon"}>
      <p className="words">{reasonText(one)}</p>
      <p className="dim small">
        {day} {timeOfDay(atMs)}
      </p>
      {dismissed ? (
        <p className="dim small">
          {say("{user} said: {reason}", { user: dismissed.by, reason: dismissed.because })}
        </p>
      ) : (
        <Button variant="default" loading={isBusy} onClick={() => setAsking(true)}>
          {say("A false alarm")}
        </Button>
      )}
      {isAsking && (
        <ReasonDialog
          title={say("Why is it a false alarm?")}
          verb={say("A false alarm")}
          close={() => setAsking(false)}
          give={(because) => void dismiss(because)}
        />
      )}
    </section>
  )
}

/** The rule that spoke, with the figures it rests on. */
function reasonText({ why, person, patient = "", figures }: Anomaly): string {
  const values = { person, patient, ...figures }
  switch (why) {
    case "same_last_name":
      return say(
        "{person} opened the record of patient {patient}, who has the same last name.",
        values,
      )
    case "hours_never_worked":
      return say(
        "{person} opened a record at {hour}:00, an hour not worked on {days} earlier days.",
        values,
      )
    case "unusual_number":
      return figures.usual
        ? say(
            "{person} opened {records} records in a day; on {days} earlier days usually {usual}.",
            values,
          )
        : say("{person} opened {records} records in one day, and has no usual yet.", values)
  }
}
