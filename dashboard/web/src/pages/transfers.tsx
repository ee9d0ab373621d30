/** Prescriptions that move: what waits for a pharmacist, in and out, and what has ended. */
import { IconArrowsExchange } from "@tabler/icons-react"
import { useState } from "react"
import type { Transfer } from "../../../../modules/transfers/contract.ts"
import { command, type Trouble } from "../api.ts"
import type { Change } from "../live.ts"
import { type CaseGroup, CaseList, type CaseRow } from "../parts/case-list.tsx"
import { CasePage, NEW, NoneChosen } from "../parts/case-page.tsx"
import { EmptyState, LoadingState, TroubleState } from "../parts/states.tsx"
import { say } from "../say.ts"
import type { Person } from "../session.ts"
import { NewTransfer } from "../transfers/new-transfer.tsx"
import { DirectionTag, StateTag, TransferView, titleOf } from "../transfers/transfer-view.tsx"
import { useLoaded } from "../use-loaded.ts"
import { useNow } from "../use-now.ts"
import { agoText } from "../words.ts"

const PATH = "/transfers"
const isAboutTransfers = ({ kind }: Change): boolean => kind === "transfer"

interface Listed {
  readonly waiting: readonly Transfer[]
  readonly ended: readonly Transfer[]
}

/** What waits comes whole; of the others as many as the newest list holds. */
async function loadAll(): Promise<Listed> {
  const [waiting, all] = await Promise.all([
    command("transfers", "list", {}),
    command("transfers", "list", { includeEnded: true }),
  ])
  const ended = all.transfers.filter(({ endedAtMs }) => endedAtMs !== undefined)
  return { waiting: waiting.transfers, ended }
}

export function TransfersPage({ id, person }: { id: string | undefined; person: Person }) {
  const { value, trouble, again } = useLoaded(loadAll, isAboutTransfers)
  const [shown, show] = useState("waiting")
  const nowMs = useNow()
  const groups = value ? groupsOf(value, shown, nowMs) : []
  return (
    <CasePage
      {...{ path: PATH, title: say("Transfers"), id, shown, show }}
      choices={[
        { value: "waiting", label: say("Waiting") },
        { value: "ended", label: say("Ended") },
      ]}
      list={<Shown {...{ value, trouble, again, groups, chosen: id }} />}
      inHand={<InHand id={id} listed={value} {...{ person, again }} />}
    />
  )
}

interface ShownProps {
  readonly value: Listed | undefined
  readonly trouble: Trouble | undefined
  readonly again: () => void
  readonly groups: readonly CaseGroup[]
  readonly chosen: string | undefined
}

function Shown({ value, trouble, again, groups, chosen }: ShownProps) {
  if (!value) return trouble ? <TroubleState {...{ trouble, again }} /> : <LoadingState />
  if (groups.every(({ rows }) => rows.length === 0))
    return (
      <EmptyState
        title={say("No transfer is here")}
        icon={<IconArrowsExchange size={34} stroke={1.5} aria-hidden />}
      >
        {say("Those that callers ask for appear here once they are taken down.")}
      </EmptyState>
    )
  return <CaseList path={PATH} groups={groups} chosen={chosen} />
}

interface InHandProps {
  readonly id: string | undefined
  readonly listed: Listed | undefined
  readonly person: Person
  readonly again: () => void
}

function InHand({ id, listed, person, again }: InHandProps) {
  if (id === undefined) return <NoneChosen />
  if (id === NEW) return <NewTransfer />
  if (!listed) return <LoadingState />
  const found = [...listed.waiting, ...listed.ended].find(({ transfer }) => transfer === id)
  if (!found) return <EmptyState title={say("No transfer is here")} />
  return <TransferView key={id} transfer={found} person={person} again={again} />
}

function groupsOf({ waiting, ended }: Listed, shown: string, nowMs: number): readonly CaseGroup[] {
  const rows = (all: readonly Transfer[]) => all.map((one) => rowOf(one, nowMs))
  if (shown === "ended") return [{ title: "Ended", rows: rows(ended) }]
  const going = (direction: Transfer["direction"]) =>
    rows(waiting.filter((one) => one.direction === direction))
  return [
    { title: "Going out", rows: going("out") },
    { title: "Coming in", rows: going("in") },
  ]
}

function rowOf(transfer: Transfer, nowMs: number): CaseRow {
  const { transfer: id, patientName, otherPharmacy, askedAtMs } = transfer
  return {
    id,
    title: titleOf(transfer),
    words: [patientName, otherPharmacy].filter(Boolean).join(" · "),
    when: <span className="dim small numbers">{agoText(askedAtMs, nowMs)}</span>,
    tags: (
      <>
        <DirectionTag transfer={transfer} />
        <StateTag transfer={transfer} />
      </>
    ),
  }
}
