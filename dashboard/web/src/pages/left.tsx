/** What left the house for a model elsewhere, word for word, for managers. Each look is logged. */

import { IconCloudOff } from "@tabler/icons-react"
import type { Static } from "typebox"
import type { dashboard } from "../../../contract.ts"
import { command } from "../api.ts"
import { Card } from "../parts/card.tsx"
import { Reading } from "../parts/reading.tsx"
import { EmptyState, NotLoaded } from "../parts/states.tsx"
import { locale, say } from "../say.ts"
import { useLoaded } from "../use-loaded.ts"
import { inWords, timeOfDay } from "../words.ts"

type Entry = Static<typeof dashboard.commands.auditLog.output>["entries"][number]

/** One text that left: what was written before it did, and what was written afterwards. */
interface Departure {
  readonly before: Entry
  readonly after: Entry | undefined
}

const LISTED_MAX = 400
const never = (): boolean => false

async function loadDepartures(): Promise<readonly Departure[]> {
  const asked = { what: "cloud.ask", limit: LISTED_MAX }
  const { entries } = await command("dashboard", "auditLog", asked)
  const settled = new Map(entries.filter(({ phase }) => phase === "after").map((e) => [e.act, e]))
  return entries
    .filter(({ phase }) => phase === "before")
    .map((before) => ({ before, after: settled.get(before.act) }))
    .reverse()
}

export function LeftPage() {
  const { value: departures, trouble, again } = useLoaded(loadDepartures, never)
  return (
    <Reading title={say("What left the house")}>
      <p className="dim">
        {say("Every text that went to a language model elsewhere, as it went: names taken out.")}
      </p>
      <p className="dim">
        {say("The newest first. The fingerprint is the SHA-256 of exactly these bytes.")}
      </p>
      {!departures && <NotLoaded trouble={trouble} again={again} />}
      {departures?.length === 0 && (
        <EmptyState
          title={say("Nothing has left")}
          icon={<IconCloudOff size={34} stroke={1.5} aria-hidden />}
        >
          {say("The cloud is off unless the site has switched it on.")}
        </EmptyState>
      )}
      {departures?.map((departure) => (
        <DepartureCard key={departure.before.seq} departure={departure} />
      ))}
    </Reading>
  )
}

function DepartureCard({ departure: { before, after } }: { departure: Departure }) {
  const { left } = before
  if (!left) return null
  const { to, model, purpose, sha256, text = "" } = left
  const cost = after?.left?.costMicroDollars
  const at = new Date(before.atMs)
  return (
    <Card
      title={say("{purpose}, to {provider}", { purpose: inWords(purpose), provider: inWords(to) })}
    >
      <p className="dim small">
        {at.toLocaleDateString(locale())} {timeOfDay(before.atMs)} · {model} ·{" "}
        {after ? inWords(after.outcome ?? "") : say("No outcome was written")}
        {cost !== undefined && ` · ${dollarsText(cost)}`}
      </p>
      <p>{wordsIn(text)}</p>
      <details>
        <summary>{say("Every byte that left")}</summary>
        <p className="small left-bytes">{text}</p>
        <p className="small left-bytes">{`SHA-256 ${sha256}`}</p>
      </details>
    </Card>
  )
}

function dollarsText(microDollars: number): string {
  return `$${(microDollars / 1_000_000).toFixed(4)}`
}

/** The question itself, out of the request around it; all of it when it has another form. */
function wordsIn(request: string): string {
  try {
    const { messages } = JSON.parse(request)
    return String(messages.at(-1).content)
  } catch {
    return request
  }
}
