/** What callers said that nothing understood, so that somebody can teach it; words on asking. */
import "../parts/calls.css"
import { Button } from "@mantine/core"
import { IconEar, IconEarOff } from "@tabler/icons-react"
import { useState } from "react"
import { useAct } from "../account/use-act.ts"
import { command } from "../api.ts"
import type { Change } from "../live.ts"
import { Card } from "../parts/card.tsx"
import { Reading } from "../parts/reading.tsx"
import { EmptyState, NotLoaded } from "../parts/states.tsx"
import { Tag } from "../parts/tag.tsx"
import { go } from "../router.ts"
import { locale, say } from "../say.ts"
import { type Alike, alike, type Missed, readWords, type Said } from "../understanding.ts"
import { useLoaded } from "../use-loaded.ts"
import { inWords, timeOfDay } from "../words.ts"

const MISSED_MAX = 50
const loadMissed = () => command("analytics", "missed", { limit: MISSED_MAX })
/** A list that moves under the reader's eyes is read wrong; it is loaded on coming here. */
const never = (_: Change): boolean => false

export function UnderstandingPage() {
  const { value, trouble, again } = useLoaded(loadMissed, never)
  return (
    <Reading title={say("Not understood")}>
      <p className="dim">
        {say("What nothing understood in the last seven days, and what it was taken for then.")}
      </p>
      {!value && <NotLoaded trouble={trouble} again={again} />}
      {value?.missed.length === 0 && (
        <EmptyState
          title={say("Everything was understood")}
          icon={<IconEar size={34} stroke={1.5} aria-hidden />}
        >
          {say("Or nobody has called yet. Silence is not counted.")}
        </EmptyState>
      )}
      {value && value.missed.length > 0 && <Words missed={value.missed} />}
    </Reading>
  )
}

function Words({ missed }: { missed: Missed }) {
  const [said, setSaid] = useState<readonly Said[]>()
  const { act, isBusy } = useAct()
  const calls = new Set(missed.map(({ conversation }) => conversation)).size
  if (said)
    return (
      <ul className="plain" aria-label={say("Not understood")}>
        {alike(said).map((group) => (
          <li key={group.key}>
            <OneGroup group={group} />
          </li>
        ))}
      </ul>
    )
  return (
    <Card
      title={
        missed.length === MISSED_MAX
          ? say("The newest {n} times, in {calls} conversations", { n: missed.length, calls })
          : say("{n} times, in {calls} conversations", { n: missed.length, calls })
      }
    >
      <p>{say("What callers said may name a patient or a medicine.")}</p>
      <p className="dim small">
        {say("Each conversation that is opened for it is written into the audit log.")}
      </p>
      <Button
        leftSection={<IconEarOff size={17} />}
        loading={isBusy}
        onClick={() => void act(async () => setSaid(await readWords(missed)))}
      >
        {say("Read what they said")}
      </Button>
    </Card>
  )
}

function OneGroup({ group: { words, said } }: { group: Alike }) {
  return (
    <section className="card">
      <div className="card-top">
        <p className={words === undefined ? "dim" : "words"}>
          {words === undefined ? say("The words are not kept.") : `“${words}”`}
        </p>
        <Tag tone={said.length > 1 ? "soon" : "calm"}>{say("{n} ×", { n: said.length })}</Tag>
      </div>
      <ul className="history">
        {said.map(({ conversation, atMs, inTheEnd }) => (
          <li key={`${conversation} ${atMs}`}>
            <Button
              variant="default"
              size="compact-sm"
              onClick={() => go(`/calls/${conversation}`)}
            >
              {say("The call of {day}, {time}", {
                day: new Date(atMs).toLocaleDateString(locale()),
                time: timeOfDay(atMs),
              })}
            </Button>
            <span className="dim">
              {inTheEnd === undefined
                ? say("in the end: nothing was understood")
                : say("in the end: {intent}", { intent: inWords(inTheEnd) })}
            </span>
          </li>
        ))}
      </ul>
    </section>
  )
}
