/** What is set and what is missing, and who changed what, when and why. */
import { Title } from "@mantine/core"
import { useCallback } from "react"
import { command } from "../api.ts"
import { Card } from "../parts/card.tsx"
import { NotLoaded } from "../parts/states.tsx"
import { locale, say } from "../say.ts"
import { useLoaded } from "../use-loaded.ts"
import { phoneText, timeOfDay } from "../words.ts"
import type { Missing } from "./missing.ts"
import type { Shown } from "./part-form.tsx"
import { type StepId, steps } from "./steps.ts"

const never = (): boolean => false

/** The step that a part of the set-up is edited on. */
const stepOf: Readonly<Record<keyof Shown["setUp"], StepId>> = {
  pharmacy: "pharmacy",
  hours: "hours",
  holidays: "holidays",
  phones: "numbers",
  facts: "facts",
  greeting: "greeting",
}

export interface OverviewProps {
  readonly shown: Shown
  readonly missing: readonly Missing[]
}

export function Overview({ shown, missing }: OverviewProps) {
  const { pharmacy, phones, holidays } = shown.setUp
  const { street, city, state, zip } = pharmacy.address
  return (
    <>
      <section className="card card-wide" aria-label={say("What callers are told")}>
        <Title order={2} size="h4">
          {pharmacy.name}
        </Title>
        <p>
          {street}, {city}, {state} {zip}
        </p>
        <p className="numbers">{phoneText(phones.pharmacy)}</p>
        <p className="dim">{say("{n} holidays are written down.", { n: holidays.length })}</p>
      </section>
      <Card title={say("What is missing")} className="card-wide">
        {missing.length === 0 && <p>{say("Nothing is missing.")}</p>}
        <ul className="plain-list">
          {missing.map(({ says }) => (
            <li key={says}>{say(says)}</li>
          ))}
        </ul>
      </Card>
      <Changes revision={shown.revision} />
    </>
  )
}

function Changes({ revision }: { revision: number }) {
  // Another revision is another history.
  const load = useCallback(
    async () => ({ revision, ...(await command("store-info", "history", {})) }),
    [revision],
  )
  const { value, trouble, again } = useLoaded(load, never)
  if (!value) return <NotLoaded trouble={trouble} again={again} />
  return (
    <Card title={say("History")} className="card-wide">
      {value.changes.length === 0 && <p>{say("The site file counts: nobody changed it here.")}</p>}
      <ul className="plain-list">
        {value.changes.map(({ revision, by, atMs, reason, parts }) => (
          <li key={revision}>
            <strong>{by}</strong> · {dayOf(atMs)} {timeOfDay(atMs)} · {namesOf(parts)}
            <div className="dim">{reason}</div>
          </li>
        ))}
      </ul>
    </Card>
  )
}

function dayOf(atMs: number): string {
  return new Date(atMs).toLocaleDateString(locale())
}

function namesOf(parts: readonly (keyof Shown["setUp"])[]): string {
  const changed = steps.filter(({ id }) => parts.some((part) => stepOf[part] === id))
  return changed.map(({ label }) => say(label)).join(", ")
}
