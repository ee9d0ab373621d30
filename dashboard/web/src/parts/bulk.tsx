/**
 * Several items decided at once: a technician's, all of one kind. Each is decided and written down
 * by itself; what a pharmacist or a manager decides is never among them.
 */
import { Button } from "@mantine/core"
import { notifications } from "@mantine/notifications"
import { useState } from "react"
import type { Item } from "../../../../modules/work-queue/contract.ts"
import { command } from "../api.ts"
import { useKeys } from "../keys.ts"
import { useIsConnected } from "../live.ts"
import { say } from "../say.ts"
import { covers, type Person } from "../session.ts"
import { titleOf } from "../words.ts"
import { KeyName } from "./key-name.tsx"
import { ReasonDialog } from "./reason-dialog.tsx"

export interface Selection {
  readonly chosen: readonly Item[]
  readonly isChosen: (item: Item) => boolean
  /** Whether the item may stand among those that are chosen. */
  readonly fits: (item: Item) => boolean
  readonly toggle: (item: Item) => void
  readonly clear: () => void
}

const kindOf = ({ command: held, row }: Item): string => `${held ?? ""} ${row}`

export function useSelection(items: readonly Item[], person: Person): Selection {
  const [ids, setIds] = useState<ReadonlySet<string>>(new Set())
  const isFree = ({ tier, state, claimedBy }: Item): boolean =>
    tier === 1 &&
    covers(person.role, 1) &&
    (state === "open" || (state === "claimed" && claimedBy === person.user))
  const chosen = items.filter((item) => ids.has(item.item) && isFree(item))
  const [first] = chosen
  const fits = (item: Item) => isFree(item) && (!first || kindOf(first) === kindOf(item))
  return {
    chosen,
    fits,
    isChosen: ({ item }) => chosen.some((one) => one.item === item),
    toggle: (item) => {
      const others = [...ids].filter((id) => id !== item.item)
      if (ids.has(item.item)) setIds(new Set(others))
      else if (fits(item)) setIds(new Set([...others, item.item]))
    },
    clear: () => setIds(new Set()),
  }
}

type Act = (item: string) => Promise<unknown>

/** One after the other, so that what one of them failed at is told for that one. */
async function forEach(items: readonly Item[], act: Act): Promise<void> {
  let done = 0
  for (const { item } of items) if (await act(item).then(isDone, isNotDone)) done++
  const n = items.length
  notifications.show(
    done === n
      ? { color: "mortar", message: say("{n} items done.", { n }) }
      : {
          color: "red",
          title: say("{done} of {n} done", { done, n }),
          message: say("Somebody else was quicker with the others, or they can't be done now."),
        },
  )
}

const isDone = (): boolean => true
const isNotDone = (): boolean => false

export function BulkBar({ selection }: { selection: Selection }) {
  const { chosen, clear } = selection
  const [isRefusing, setRefusing] = useState(false)
  const [isBusy, setBusy] = useState(false)
  const isReady = useIsConnected() && chosen.length > 0 && !isBusy
  const all = async (act: Act) => {
    setBusy(true)
    await forEach(chosen, act)
    setBusy(false)
    clear()
  }
  const approve = () => void all((item) => command("work-queue", "approve", { item }))
  const claim = () => void all((item) => command("work-queue", "claim", { item }))
  const refuse = () => setRefusing(true)
  useKeys({
    A: () => isReady && approve(),
    C: () => isReady && claim(),
    R: () => isReady && refuse(),
    Escape: clear,
  })
  const [first] = chosen
  if (!first) return null
  const buttons = [
    { name: say("Approve all"), act: approve, key: "A" },
    { name: say("Refuse all"), act: refuse, key: "R" },
    { name: say("Claim all"), act: claim, key: "C" },
  ]
  return (
    <section className="bulk" aria-label={say("Chosen items")}>
      <p role="status">
        {say("{n} chosen: {what}", { n: chosen.length, what: titleOf(first.command, first.row) })}
      </p>
      <div className="buttons">
        {buttons.map(({ name, act, key }) => (
          <Button
            key={key}
            size="compact-md"
            variant={key === "A" ? "filled" : "default"}
            disabled={!isReady}
            onClick={act}
            rightSection={<KeyName name={key} />}
          >
            {name}
          </Button>
        ))}
      </div>
      {isRefusing && (
        <ReasonDialog
          title={say("Refuse these requests")}
          verb={say("Refuse all")}
          close={() => setRefusing(false)}
          give={(reason) => {
            setRefusing(false)
            void all((item) => command("work-queue", "refuse", { item, reason }))
          }}
        />
      )}
    </section>
  )
}
