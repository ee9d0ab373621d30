/** Prescriptions that move: what waits for a pharmacist, in and out, and what has ended. */
import { IconArrowsExchange } from "@tabler/icons-react"
import { useState } from "react"
import type { Transfer } from "../../../../modules/transfers/contract.ts"
import { command } from "../api.ts"
import type { Change } from "../live.ts"
import type { CaseGroup, CaseRow } from "../parts/case-list.tsx"
import { CasePage, NEW, NoneChosen } from "../parts/case-page.tsx"
import { EmptyState, LoadingState } from "../parts/states.tsx"
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
  const loaded = useLoaded(loadAll, isAboutTransfers)
  const [shown, show] = useState("waiting")
  const nowMs = useNow()
  const { value, again } = loaded
  return (
    <CasePage
      {...{ path: PATH, title: say("Transfers"), id, shown, show, loaded }}
      choices={[
        { value: "waiting", label: say("Waiting") },
        { value: "ended", label: say("Ended") },
      ]}
      groups={value ? groupsOf(value, shown, nowMs) : []}
      none={
        <EmptyState
          title={say("No transfer is here")}
          icon={<IconArrowsExchange size={34} stroke={1.5} aria-hidden />}
        >
          {say("Those that callers ask for appear here once they are taken down.")}
        </EmptyState>
      }
      inHand={<InHand id={id} listed={value} {...{ person, again }} />}
    />
  )
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
