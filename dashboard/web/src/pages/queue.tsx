/** What waits for a person: the list by urgency, and beside it the item in hand. */
import { SegmentedControl, Title } from "@mantine/core"
import { useMediaQuery } from "@mantine/hooks"
import { IconCircleCheck } from "@tabler/icons-react"
import { useCallback, useEffect, useState } from "react"
import type { Item } from "../../../../modules/work-queue/contract.ts"
import { command } from "../api.ts"
import { useKeys } from "../keys.ts"
import type { Change } from "../live.ts"
import { EmptyState, LoadingState, TroubleState } from "../parts/states.tsx"
import { DueTag, Tag } from "../parts/tag.tsx"
import { go } from "../router.ts"
import { say } from "../say.ts"
import { covers, type Person } from "../session.ts"
import { useLoaded } from "../use-loaded.ts"
import { useNow } from "../use-now.ts"
import { tierName, titleOf } from "../words.ts"
import { ItemPage } from "./item.tsx"

const LISTED_MAX = 200
/** Where styles.css shows the list or the item, and not both. */
const NARROW = "(width < 48rem)"
const isAboutItems = (change: Change): boolean => change.kind === "item"
const loadOpen = async (): Promise<readonly Item[]> => {
  const [open, claimed] = await Promise.all([
    command("work-queue", "list", { state: "open", limit: LISTED_MAX }),
    command("work-queue", "list", { state: "claimed", limit: LISTED_MAX }),
  ])
  return [...open.items, ...claimed.items].toSorted((a, b) => a.dueAtMs - b.dueAtMs)
}

export function QueuePage({ item, person }: { item: string | undefined; person: Person }) {
  const { value: items, trouble, again } = useLoaded(loadOpen, isAboutItems)
  const [filter, setFilter] = useState("mine")
  const shown = (items ?? []).filter(({ tier }) => filter === "all" || covers(person.role, tier))
  const chosen = useChosen(item, shown)
  useListKeys(shown, chosen)

  return (
    <div className={item ? "split split-open" : "split"}>
      <section className="split-list" aria-label={say("Work items")}>
        <div className="list-head">
          <Title order={1} size="h3">
            {say("Queue")}
          </Title>
          <SegmentedControl
            size="xs"
            value={filter}
            onChange={setFilter}
            aria-label={say("Which items")}
            data={[
              { value: "mine", label: say("For me") },
              { value: "all", label: say("All") },
            ]}
          />
        </div>
        {!items && trouble && <TroubleState trouble={trouble} again={again} />}
        {!items && !trouble && <LoadingState />}
        {items && shown.length === 0 && (
          <EmptyState
            title={say("Nothing waits for you")}
            icon={<IconCircleCheck size={34} stroke={1.5} aria-hidden />}
          >
            {say("New items appear here by themselves.")}
          </EmptyState>
        )}
        <ItemList items={shown} chosen={chosen} />
      </section>
      <section className="split-main" aria-label={say("The item in hand")}>
        {chosen ? (
          <ItemPage key={chosen} id={chosen} person={person} />
        ) : (
          <EmptyState title={say("No item chosen")}>{say("Choose one from the list.")}</EmptyState>
        )}
      </section>
    </div>
  )
}

/**
 * What is in hand stays in hand until the person moves on: a key that is pressed while a more
 * urgent item arrives, or twice, must never decide another item than the one that was read.
 */
function useChosen(item: string | undefined, shown: readonly Item[]): string | undefined {
  const isNarrow = useMediaQuery(NARROW)
  const [pinned, pin] = useState<string>()
  const first = shown[0]?.item
  useEffect(() => {
    if (pinned === undefined && first !== undefined) pin(first)
  }, [pinned, first])
  return item ?? (isNarrow ? undefined : pinned)
}

function useListKeys(items: readonly Item[], chosen: string | undefined): void {
  const step = useCallback(
    (by: number) => {
      const at = items.findIndex(({ item }) => item === chosen)
      const next = items[Math.min(items.length - 1, Math.max(0, at + by))]
      if (next) go(`/queue/${next.item}`)
    },
    [items, chosen],
  )
  useKeys({
    j: () => step(1),
    k: () => step(-1),
  })
}

function ItemList({ items, chosen }: { items: readonly Item[]; chosen: string | undefined }) {
  const nowMs = useNow()
  return (
    <ul className="rows">
      {items.map((item) => (
        <li key={item.item}>
          <a
            href={`/queue/${item.item}`}
            className="row"
            {...(item.item === chosen ? { "aria-current": "true" } : {})}
            onClick={(event) => {
              event.preventDefault()
              go(`/queue/${item.item}`)
            }}
          >
            <span className="row-top">
              <span className="row-title">{titleOf(item.command, item.row)}</span>
              <DueTag dueAtMs={item.dueAtMs} nowMs={nowMs} />
            </span>
            <span className="row-words">{summaryOf(item)}</span>
            <span className="row-tags">
              <Tag tone={item.tier === 2 ? "good" : "calm"}>{tierName(item.tier)}</Tag>
              {item.claimedBy && (
                <Tag tone="soon">{say("{who} has it", { who: item.claimedBy })}</Tag>
              )}
            </span>
          </a>
        </li>
      ))}
    </ul>
  )
}

function summaryOf({ context, facts }: Item): string {
  const { drugName, patientName, words } = context
  const who = [patientName, drugName].filter(Boolean).join(" · ")
  if (who) return who
  if (words) return `“${words}”`
  return facts.rxNumber ? `Rx ${facts.rxNumber}` : say("No words")
}
