/** Prior authorisations: what presses first, and beside the list the one in hand. */
import { IconCertificate } from "@tabler/icons-react"
import { useState } from "react"
import type { PriorAuth, Wait } from "../../../../modules/prior-auth/contract.ts"
import { command } from "../api.ts"
import type { Change } from "../live.ts"
import type { CaseGroup, CaseRow } from "../parts/case-list.tsx"
import { CasePage, NEW, NoneChosen } from "../parts/case-page.tsx"
import { EmptyState, LoadingState } from "../parts/states.tsx"
import { DueTag, Tag } from "../parts/tag.tsx"
import { AuthView, StateTag } from "../prior-auth/auth-view.tsx"
import { NewAuth } from "../prior-auth/new-auth.tsx"
import { alarmOf, inGroups } from "../prior-auth/standing.ts"
import { type Answered, WaitView } from "../prior-auth/wait-view.tsx"
import { say } from "../say.ts"
import { useLoaded } from "../use-loaded.ts"
import { useNow } from "../use-now.ts"
import { agoText } from "../words.ts"

const PATH = "/prior-auth"
const isAboutAuths = ({ kind }: Change): boolean => kind === "prior_auth"

interface Listed {
  readonly auths: readonly PriorAuth[]
  readonly over: readonly PriorAuth[]
  readonly waits: readonly Wait[]
}

async function loadAll(): Promise<Listed> {
  const [auths, over, waits] = await Promise.all([
    command("prior-auth", "list", {}),
    command("prior-auth", "list", { isOver: true }),
    command("prior-auth", "waits", {}),
  ])
  return { auths: auths.found, over: over.found, waits: waits.found }
}

export function PriorAuthPage({ id }: { id: string | undefined }) {
  const loaded = useLoaded(loadAll, isAboutAuths)
  const [shown, show] = useState("current")
  const nowMs = useNow()
  const { value } = loaded
  return (
    <CasePage
      {...{ path: PATH, title: say("Prior authorisations"), id, shown, show, loaded }}
      choices={[
        { value: "current", label: say("Under way") },
        { value: "over", label: say("Over") },
      ]}
      groups={value ? groupsOf(value, shown, nowMs) : []}
      none={
        <EmptyState
          title={say("No prior authorisation is here")}
          icon={<IconCertificate size={34} stroke={1.5} aria-hidden />}
        >
          {say("A fill that waits for its payer appears here by itself.")}
        </EmptyState>
      }
      inHand={<InHand key={id} id={id} listed={value} />}
    />
  )
}

function InHand({ id, listed }: { id: string | undefined; listed: Listed | undefined }) {
  const found = listed?.waits.find(({ wait }) => wait === id)
  // Once it is answered it waits no more; what was noted stays in sight.
  const [kept, keep] = useState<{ wait: Wait; answered: Answered }>()
  const wait = kept?.wait ?? found
  if (id === undefined) return <NoneChosen />
  if (id === NEW) return <NewAuth />
  if (!listed) return <LoadingState />
  if (!wait) return <AuthView id={id} />
  const note = (answered: Answered): void => keep({ wait, answered })
  return <WaitView wait={wait} answered={kept?.answered} note={note} />
}

type Groups = readonly CaseGroup[]

function groupsOf({ auths, over, waits }: Listed, shown: string, nowMs: number): Groups {
  const rowOf = (auth: PriorAuth): CaseRow => authRow(auth, nowMs)
  if (shown === "over") return [{ title: "Over", rows: over.map(rowOf) }]
  const ending = over.filter((auth) => alarmOf(auth, nowMs) !== undefined)
  const [alarms, ...rest] = inGroups([...auths, ...ending], nowMs).map(({ title, auths: of }) => ({
    title,
    rows: of.map(rowOf),
  }))
  const waiting = waits.map((one) => waitRow(one, nowMs))
  return [...(alarms ? [alarms] : []), { title: "Waits for the payer", rows: waiting }, ...rest]
}

function authRow(auth: PriorAuth, nowMs: number): CaseRow {
  const { priorAuth, drugName, rxNumber, patientName, state, dueAtMs, validUntil = "" } = auth
  const hasDeadline = state === "submitted" && dueAtMs !== undefined
  return {
    id: priorAuth,
    title: drugName ?? rxNumber,
    words: patientName ?? rxNumber,
    when: hasDeadline && <DueTag dueAtMs={dueAtMs} nowMs={nowMs} />,
    tags: (
      <>
        <StateTag auth={auth} />
        {alarmOf(auth, nowMs) === "ends" && (
          <Tag tone="soon">{say("ends on {day}", { day: validUntil })}</Tag>
        )}
      </>
    ),
  }
}

function waitRow({ wait, drugName, rxNumber, patientName, sinceMs }: Wait, nowMs: number): CaseRow {
  return {
    id: wait,
    title: drugName ?? rxNumber,
    words: patientName ?? rxNumber,
    tags: (
      <>
        <Tag tone="soon">{say("Look at the answer")}</Tag>
        <span className="dim small">{agoText(sinceMs, nowMs)}</span>
      </>
    ),
  }
}
