/** What the pharmacy system says of the prescription in question, and how old each answer is. */

import type { ReactNode } from "react"
import { useCallback } from "react"
import type { Item } from "../../../../modules/work-queue/contract.ts"
import { command } from "../api.ts"
import type { English } from "../say.ts"
import { say } from "../say.ts"
import { useLoaded } from "../use-loaded.ts"
import { useNow } from "../use-now.ts"
import { agoText, inWords } from "../words.ts"
import { Card } from "./card.tsx"
import { Fact } from "./fact.tsx"
import { Tag, type Tone } from "./tag.tsx"

const never = (): boolean => false

type Prescription = Awaited<
  ReturnType<typeof command<"prescriptions", "list">>
>["prescriptions"][number]
type Alerts = Awaited<ReturnType<typeof command<"prescriptions", "alerts">>>
type Severity = NonNullable<Alerts["alerts"]>[number]["severity"]

export function KnownFacts({ item }: { item: Item }) {
  const { patient = item.context.patient, rxNumber } = item.facts
  if (patient === undefined || rxNumber === undefined) return null
  return <OfPrescription patient={patient} rxNumber={rxNumber} />
}

function OfPrescription({ patient, rxNumber }: { patient: string; rxNumber: string }) {
  const load = useCallback(async () => {
    const [{ prescriptions }, alerts] = await Promise.all([
      command("prescriptions", "list", { patient }),
      command("prescriptions", "alerts", { rxNumber }),
    ])
    return { prescription: prescriptions.find((one) => one.rxNumber === rxNumber), alerts }
  }, [patient, rxNumber])
  const { value, trouble } = useLoaded(load, never)
  return (
    <Card title={say("In the pharmacy system")} size="h5">
      {trouble && <p className="dim">{trouble.message}</p>}
      {!value && !trouble && <p className="dim">{say("Asking the pharmacy system…")}</p>}
      {value && <AlertList alerts={value.alerts} />}
      {value?.prescription && <AsItStands prescription={value.prescription} />}
    </Card>
  )
}

const toneOf: Readonly<Record<Severity, Tone>> = {
  contraindicated: "late",
  major: "late",
  moderate: "soon",
  minor: "calm",
}

/** Reason for service codes of NCPDP, those that pharmacies meet most. reference/pharmacy.md. */
const reasons: Readonly<Record<string, English>> = {
  DD: "Drug and drug",
  DA: "Drug and allergy",
  DC: "Drug and condition",
  TD: "Same kind of drug twice",
  HD: "High dose",
  LD: "Low dose",
  ER: "Used up early",
  LR: "Used up late",
  PA: "Drug and age",
  PG: "Drug and pregnancy",
}

function AlertList({ alerts: { alerts, readAtMs } }: { alerts: Alerts }) {
  const nowMs = useNow()
  if (!alerts)
    return <p className="dim">{say("This pharmacy system tells no interaction alerts.")}</p>
  const numbered = alerts.map((alert, place) => ({ ...alert, place }))
  return (
    <>
      {alerts.length === 0 && <p>{say("No interaction alerts")}</p>}
      {alerts.length > 0 && (
        <ul className="short-list" aria-label={say("Interaction alerts")}>
          {numbered.map(({ severity, reasonCode, place }) => (
            <li key={place}>
              <Tag tone={toneOf[severity]}>{inWords(severity)}</Tag>{" "}
              {reasons[reasonCode] ? say(reasons[reasonCode]) : reasonCode}
            </li>
          ))}
        </ul>
      )}
      <p className="dim small">{say("Alerts as of {when}", { when: agoText(readAtMs, nowMs) })}</p>
    </>
  )
}

function AsItStands({ prescription }: { prescription: Prescription }) {
  const nowMs = useNow()
  const { drugName, fill, refillsLeft, lastFilledOn, daysSupply } = prescription
  const { expiresOn, prescriber, readAtMs } = prescription
  const facts: readonly (readonly [English, ReactNode])[] = [
    ["Drug", drugName],
    ["Fill", inWords(fill)],
    ["Refills left", refillsLeft],
    ["Last filled", lastFilledOn],
    ["Days supply", daysSupply],
    ["Runs out of validity", expiresOn],
    ["Prescriber", prescriber],
  ]
  return (
    <>
      <dl className="facts">
        {facts
          .filter(([, value]) => value !== undefined)
          .map(([name, value]) => (
            <Fact key={name} name={say(name)}>
              {value}
            </Fact>
          ))}
      </dl>
      <p className="dim small">
        {say("Prescription as of {when}", { when: agoText(readAtMs, nowMs) })}
      </p>
    </>
  )
}
