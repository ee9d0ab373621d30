/** This moment: who is on the phone and what about, what waits, and whether all is well. */
import { Anchor, Title } from "@mantine/core"
import { IconPhoneOff } from "@tabler/icons-react"
import { useCallback } from "react"
import type { Call } from "../../../../modules/calls/contract.ts"
import type { Item } from "../../../../modules/work-queue/contract.ts"
import { command, get, Trouble } from "../api.ts"
import type { Change } from "../live.ts"
import { CallActs } from "../parts/call-acts.tsx"
import { isLive, StateTag } from "../parts/call-state.tsx"
import { Card } from "../parts/card.tsx"
import { Figure } from "../parts/figure.tsx"
import { Reading } from "../parts/reading.tsx"
import { EmptyState, NotLoaded } from "../parts/states.tsx"
import { Tag } from "../parts/tag.tsx"
import { Transcript } from "../parts/transcript.tsx"
import { go } from "../router.ts"
import { say } from "../say.ts"
import { covers, type Person } from "../session.ts"
import { useLoaded } from "../use-loaded.ts"
import { useNow } from "../use-now.ts"
import { clockSpan, inWords, phoneText, stepText, tierName, timeOfDay } from "../words.ts"

const ITEMS_MAX = 500

interface Going {
  readonly call: Call
  readonly talk: Awaited<ReturnType<typeof command<"conversations", "get">>> | undefined
  readonly name: string | undefined
  /** Listening, thinking, speaking; absent when the call is on no line of this node. */
  readonly doing: string | undefined
}

async function loadGoing(): Promise<readonly Going[]> {
  const [{ calls }, onLine] = await Promise.all([
    command("calls", "list", { limit: 100 }),
    command("voice", "live", {}).catch(withoutLine),
  ])
  return Promise.all(
    calls.filter(isLive).map(async (call) => {
      const talk = await command("conversations", "get", { conversation: call.call }).catch(absent)
      const patient = talk?.patient
      const known = patient === undefined ? undefined : await nameOf(patient)
      const doing = onLine.calls.find((one) => one.call === call.call)?.doing
      return { call, talk, name: known, doing }
    }),
  )
}

/** The telephone may be out while the pages are not. */
function withoutLine(error: unknown): { readonly calls: [] } {
  if (error instanceof Trouble) return { calls: [] }
  throw error
}

function absent(error: unknown): undefined {
  if (error instanceof Trouble && error.status === 404) return undefined
  throw error
}

async function nameOf(patient: string): Promise<string> {
  const { firstName, lastName } = await command("patients", "get", { patient })
  return `${firstName} ${lastName}`
}

const isAboutCalls = ({ kind }: Change): boolean => kind === "call" || kind === "conversation"
const isAboutItems = ({ kind }: Change): boolean => kind === "item"

export function NowPage({ person }: { person: Person }) {
  const { value: going, trouble, again } = useLoaded(loadGoing, isAboutCalls)
  return (
    <Reading title={say("Now")}>
      <Figures person={person} going={going?.length} />
      <Title order={2} size="h4">
        {say("In progress now")}
      </Title>
      {!going && <NotLoaded trouble={trouble} again={again} />}
      {going?.length === 0 && (
        <EmptyState
          title={say("The line is quiet")}
          icon={<IconPhoneOff size={34} stroke={1.5} aria-hidden />}
        >
          {say("Calls appear here while they are going on.")}
        </EmptyState>
      )}
      <div className="going">
        {going?.map((one) => (
          <GoingCall key={one.call.call} {...one} />
        ))}
      </div>
      <Title order={2} size="h4">
        {say("Health")}
      </Title>
      <Health />
    </Reading>
  )
}

function GoingCall({ call, talk, name, doing }: Going) {
  const nowMs = useNow(1_000)
  return (
    <Card
      title={name ?? (call.from ? phoneText(call.from) : say("No number"))}
      order={3}
      size="h5"
      className="card-wide"
      acts={<span className="numbers dim">{clockSpan(nowMs - call.startedAtMs)}</span>}
    >
      <div className="row-tags">
        <StateTag state={call.state} />
        <Tag tone={talk?.identity === "verified" ? "good" : "soon"}>
          {talk?.identity === "verified" ? say("Verified") : say("Not verified")}
        </Tag>
        {doing && <Tag>{inWords(doing)}</Tag>}
        {talk && <Tag>{stepText(talk.step)}</Tag>}
        {talk?.tone && <Tag tone="late">{inWords(talk.tone)}</Tag>}
        {talk?.about.map((about) => (
          <Tag key={about} tone="calm">
            {inWords(about)}
          </Tag>
        ))}
      </div>
      {talk && <Transcript conversation={call.call} />}
      <CallActs call={call.call} />
      <Anchor component="button" type="button" size="sm" onClick={() => go(`/calls/${call.call}`)}>
        {say("Open the whole call")}
      </Anchor>
    </Card>
  )
}

async function loadFigures() {
  const [today, open, claimed] = await Promise.all([
    command("analytics", "today", {}).catch(absent),
    command("work-queue", "list", { state: "open", limit: ITEMS_MAX }),
    command("work-queue", "list", { state: "claimed", limit: ITEMS_MAX }),
  ])
  return { today, items: [...open.items, ...claimed.items] }
}

function Figures({ person, going }: { person: Person; going: number | undefined }) {
  const isAbout = useCallback(
    (change: Change) => isAboutItems(change) || change.kind === "call",
    [],
  )
  const { value } = useLoaded(loadFigures, isAbout)
  const nowMs = useNow()
  const late = value?.items.filter(({ dueAtMs }) => dueAtMs < nowMs).length
  return (
    <ul className="figures" aria-label={say("Today")}>
      <Figure name={say("Calls today")} value={value?.today?.calls} />
      <Figure name={say("Answered alone")} value={value?.today?.contained} />
      <Figure name={say("In progress now")} value={going} />
      {[1, 2, 3].map((tier) => (
        <Figure
          key={tier}
          name={say("For the {tier}", { tier: tierName(tier).toLowerCase() })}
          value={value && countOf(value.items, tier)}
          isMine={covers(person.role, tier)}
        />
      ))}
      <Figure name={say("Overdue")} value={late} isLate={late !== undefined && late > 0} />
    </ul>
  )
}

function countOf(items: readonly Item[], tier: number): number {
  return items.filter((item) => item.tier === tier).length
}

interface HealthAnswer {
  readonly modules: readonly { readonly module: string; readonly state: string }[]
  readonly pharmacySystem: { readonly state: string; readonly sinceMs: number }
}

const loadHealth = async (): Promise<HealthAnswer> => get("/health")
const always = (): boolean => true

function Health() {
  const { value, trouble, again } = useLoaded(loadHealth, always)
  if (!value) return <NotLoaded trouble={trouble} again={again} />
  const { modules, pharmacySystem } = value
  const down = modules.filter(({ state }) => state !== "running").map(({ module }) => module)
  return (
    <section className="card">
      <div className="row-tags">
        <Tag tone={down.length > 0 ? "late" : "good"}>
          {down.length > 0
            ? say("{names}: not running", { names: down.join(", ") })
            : say("All {n} modules run", { n: modules.length })}
        </Tag>
        <Tag tone={pharmacySystem.state === "silent" ? "late" : "good"}>
          {pmsText(pharmacySystem)}
        </Tag>
      </div>
    </section>
  )
}

function pmsText({ state, sinceMs }: HealthAnswer["pharmacySystem"]): string {
  if (state === "answers") return say("The pharmacy system answers")
  return state === "silent"
    ? say("The pharmacy system has not answered since {time}", { time: timeOfDay(sinceMs) })
    : say("The pharmacy system has not been asked yet")
}
