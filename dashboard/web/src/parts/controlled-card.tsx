/**
 * What the law says of a controlled prescription, and whether the state's programme is to be asked.
 * What the programme answers is fetched for a pharmacist alone, on a key of theirs.
 */
import { Anchor, Button } from "@mantine/core"
import { useCallback, useState } from "react"
import type { Item } from "../../../../modules/work-queue/contract.ts"
import { command } from "../api.ts"
import { say } from "../say.ts"
import type { Person } from "../session.ts"
import { troubleOf, useLoaded } from "../use-loaded.ts"
import { Card } from "./card.tsx"
import { Fact } from "./fact.tsx"
import { Tag } from "./tag.tsx"

const never = (): boolean => false

type Report = Awaited<ReturnType<typeof command<"pdmp", "ask">>>
type Ruling = Awaited<ReturnType<typeof command<"controlled-substances", "review">>>["refill"]

export function ControlledCard({ item, person }: { item: Item; person: Person }) {
  const { rxNumber, schedule = "none" } = item.facts
  if (schedule === "none") return null
  return (
    <>
      {rxNumber !== undefined && <Law rxNumber={rxNumber} />}
      <Programme id={item.item} isPharmacist={person.role === "pharmacist"} />
    </>
  )
}

function Law({ rxNumber }: { rxNumber: string }) {
  const load = useCallback(
    () => command("controlled-substances", "review", { rxNumber }),
    [rxNumber],
  )
  const { value, trouble } = useLoaded(load, never)
  return (
    <Card title={say("The law on this prescription")} size="h5">
      {trouble && <p className="dim">{trouble.message}</p>}
      {value && (
        <dl className="facts">
          <Fact name={say("Refill")}>
            <Ruled ruling={value.refill} />
          </Fact>
          <Fact name={say("Transfer")}>
            <Ruled ruling={value.transfer} />
          </Fact>
        </dl>
      )}
    </Card>
  )
}

export function Ruled({ ruling: { isAllowed, broken, unknown } }: { ruling: Ruling }) {
  if (!isAllowed)
    return (
      <>
        <Tag tone="late">{say("Not allowed")}</Tag> {broken?.is}{" "}
        <span className="dim">{broken?.source}</span>
      </>
    )
  return (
    <>
      <Tag>{say("No rule stands in the way")}</Tag>{" "}
      {unknown.length > 0 && <span className="dim">{say("Look at the prescription itself.")}</span>}
    </>
  )
}

function Programme({ id, isPharmacist }: { id: string; isPharmacist: boolean }) {
  const load = useCallback(() => command("pdmp", "duty", { item: id }), [id])
  const { value, trouble } = useLoaded(load, never)
  const [report, setReport] = useState<Report>()
  const [failed, setFailed] = useState<string>()
  const fetchInto = async (work: () => Promise<Report>) => {
    setFailed(undefined)
    try {
      setReport(await work())
    } catch (error) {
      setFailed(troubleOf(error).message)
    }
  }
  if (!trouble && !value?.duty) return null
  const known = value?.report
  return (
    <Card title={say("Monitoring programme")} size="h5">
      {trouble && <p className="dim">{trouble.message}</p>}
      {value?.duty && <p>{value.duty.is}</p>}
      {failed && <p>{failed}</p>}
      {isPharmacist && !report && (
        <div className="row-tags">
          <Button
            size="compact-sm"
            onClick={() => void fetchInto(() => command("pdmp", "ask", { item: id }))}
          >
            {say("Ask the programme")}
          </Button>
          {known !== undefined && (
            <Button
              size="compact-sm"
              variant="default"
              onClick={() => void fetchInto(() => command("pdmp", "view", { report: known }))}
            >
              {say("Show the last answer")}
            </Button>
          )}
        </div>
      )}
      {!isPharmacist && <p className="dim">{say("Only a pharmacist sees what it answers.")}</p>}
      {report && <Answer report={report} onTrouble={setFailed} />}
    </Card>
  )
}

function Answer({ report, onTrouble }: { report: Report; onTrouble: (why: string) => void }) {
  const [link, setLink] = useState<string>()
  const { report: id, message, scores, remarks, hasFullReport } = report
  const open = async () => {
    try {
      setLink((await command("pdmp", "openReport", { report: id })).link)
    } catch (error) {
      onTrouble(troubleOf(error).message)
    }
  }
  return (
    <>
      {message && <p>{message}</p>}
      <dl className="facts">
        {scores.map(({ type, value }) => (
          <Fact key={type} name={type}>
            {value}
          </Fact>
        ))}
      </dl>
      {remarks.map(({ text }) => (
        <p key={text}>{text}</p>
      ))}
      {hasFullReport && !link && (
        <Button size="compact-sm" variant="default" onClick={() => void open()}>
          {say("Fetch the whole report")}
        </Button>
      )}
      {link && (
        <Anchor href={link} target="_blank" rel="noreferrer">
          {say("Open the report. It works once.")}
        </Anchor>
      )}
    </>
  )
}
