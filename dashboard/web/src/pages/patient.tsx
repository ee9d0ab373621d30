/** One patient: profile, who may act for them, how they want to be reached, history, who looked. */
import { Anchor } from "@mantine/core"
import { useCallback } from "react"
import { command } from "../api.ts"
import type { Change } from "../live.ts"
import { Card } from "../parts/card.tsx"
import { Consents } from "../parts/consents.tsx"
import { Fact } from "../parts/fact.tsx"
import { PreferencesCard } from "../parts/preferences-card.tsx"
import { NotLoaded } from "../parts/states.tsx"
import { Tag } from "../parts/tag.tsx"
import { go } from "../router.ts"
import { say } from "../say.ts"
import type { Person } from "../session.ts"
import { useLoaded } from "../use-loaded.ts"
import { useNow } from "../use-now.ts"
import { agoText, inWords, phoneText, timeOfDay, titleOf } from "../words.ts"

const never = (): boolean => false
const LISTED_MAX = 50

interface Of {
  readonly patient: string
}

export function PatientView({ patient, person }: Of & { person: Person }) {
  const load = useCallback(() => command("patients", "get", { patient }), [patient])
  const { value, trouble, again } = useLoaded(load, never)
  if (!value) return <NotLoaded trouble={trouble} again={again} />
  const { firstName, lastName, dateOfBirth, phones, zip, language } = value
  return (
    <>
      <Card title={`${firstName} ${lastName}`} size="h5" className="card-wide">
        <dl className="facts">
          <Fact name={say("Date of birth")}>{dateOfBirth}</Fact>
          <Fact name={say("Phone")}>{phones.map(phoneText).join(", ") || "–"}</Fact>
          {zip && <Fact name={say("Zip")}>{zip}</Fact>}
          {language && <Fact name={say("Speaks")}>{languageName(language)}</Fact>}
        </dl>
      </Card>
      <Prescriptions patient={patient} />
      <Consents patient={patient} />
      <PreferencesCard patient={patient} />
      <History patient={patient} phones={phones} />
      {person.role === "manager" && <WhoLooked patient={patient} />}
    </>
  )
}

function languageName(language: "en" | "es"): string {
  return language === "es" ? say("Spanish") : say("English")
}

function Prescriptions({ patient }: Of) {
  const nowMs = useNow()
  const load = useCallback(() => command("prescriptions", "list", { patient }), [patient])
  const { value, trouble } = useLoaded(load, never)
  const readAtMs = value?.prescriptions[0]?.readAtMs
  return (
    <Card title={say("Prescriptions")} size="h5" className="card-wide">
      {trouble && <p className="dim">{trouble.message}</p>}
      {value?.prescriptions.length === 0 && <p className="dim">{say("None on file.")}</p>}
      <ul className="history">
        {value?.prescriptions.map(({ rxNumber, drugName, fill, refillsLeft }) => (
          <li key={rxNumber}>
            <span>{drugName}</span>
            <span className="numbers">{rxNumber}</span>
            <Tag>{inWords(fill)}</Tag>
            {refillsLeft !== undefined && (
              <span className="dim">{say("{n} refills left", { n: refillsLeft })}</span>
            )}
          </li>
        ))}
      </ul>
      {readAtMs !== undefined && (
        <p className="dim small">
          {say("Prescription as of {when}", { when: agoText(readAtMs, nowMs) })}
        </p>
      )}
    </Card>
  )
}

interface Past {
  readonly key: string
  readonly atMs: number
  readonly what: string
  readonly path?: string
}

const isAboutHistory = ({ kind }: Change): boolean => ["call", "item", "text"].includes(kind)

async function loadHistory(patient: string, phones: readonly string[]): Promise<readonly Past[]> {
  const [{ calls }, { items }, ...threads] = await Promise.all([
    command("calls", "list", { patient, limit: LISTED_MAX }),
    command("work-queue", "list", { patient, limit: LISTED_MAX }),
    ...phones.map((phone) => command("messaging", "thread", { phone, limit: LISTED_MAX })),
  ])
  const texts = threads.flatMap(({ messages }) => messages)
  return [
    ...calls.map(({ call, startedAtMs, state }) => ({
      ...{ key: call, atMs: startedAtMs, path: `/calls/${call}` },
      what: `${say("Call")} · ${inWords(state)}`,
    })),
    ...items.map(({ item, openedAtMs, command: held, row, state }) => ({
      ...{ key: item, atMs: openedAtMs, path: `/queue/${item}` },
      what: `${titleOf(held, row)} · ${inWords(state)}`,
    })),
    ...texts.map(({ atMs, direction, text }, place) => ({
      ...{ key: `text ${place}`, atMs },
      what: `${direction === "in" ? say("Text from them") : say("Text to them")} · “${text}”`,
    })),
  ].toSorted((a, b) => b.atMs - a.atMs)
}

function History({ patient, phones }: Of & { readonly phones: readonly string[] }) {
  const nowMs = useNow()
  const load = useCallback(() => loadHistory(patient, phones), [patient, phones])
  const { value, trouble } = useLoaded(load, isAboutHistory)
  return (
    <Card title={say("History")} size="h5" className="card-wide">
      {trouble && <p className="dim">{trouble.message}</p>}
      {value?.length === 0 && <p className="dim">{say("Nothing yet.")}</p>}
      <ul className="history">
        {value?.map(({ key, atMs, what, path }) => (
          <li key={key}>
            <span className="dim numbers">{agoText(atMs, nowMs)}</span>
            {path ? (
              <Anchor component="button" type="button" onClick={() => go(path)}>
                {what}
              </Anchor>
            ) : (
              <span>{what}</span>
            )}
          </li>
        ))}
      </ul>
    </Card>
  )
}

/** For managers: whoever's program touched this record, as the audit log has it. */
function WhoLooked({ patient }: Of) {
  const load = useCallback(
    () => command("dashboard", "auditLog", { patient, limit: 200 }),
    [patient],
  )
  const { value, trouble } = useLoaded(load, never)
  const before = value?.entries.filter(({ phase }) => phase === "before").toReversed()
  return (
    <Card title={say("Who looked")} size="h5" className="card-wide">
      {trouble && <p className="dim">{trouble.message}</p>}
      <ul className="history" aria-label={say("Who looked")}>
        {before?.map(({ seq, atMs, actor, what }) => (
          <li key={seq}>
            <span className="dim numbers">
              {new Date(atMs).toLocaleDateString()} {timeOfDay(atMs)}
            </span>
            <span>
              {actorName(actor)} · {what}
            </span>
          </li>
        ))}
      </ul>
    </Card>
  )
}

function actorName(actor: unknown): string {
  if (typeof actor !== "object" || actor === null) return say("Somebody")
  if ("person" in actor) return String(actor.person)
  if ("module" in actor) return String(actor.module)
  return "kind" in actor && actor.kind === "caller" ? say("The caller") : say("Somebody")
}
