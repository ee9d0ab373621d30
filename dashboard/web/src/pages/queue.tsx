/** What waits for a person: the list by urgency, and beside it the item in hand. */
import { Button, Checkbox, SegmentedControl, Title } from "@mantine/core"
import { useMediaQuery } from "@mantine/hooks"
import { IconCircleCheck } from "@tabler/icons-react"
import { useCallback, useEffect, useRef, useState } from "react"
import type { Item } from "../../../../modules/work-queue/contract.ts"
import { command, type Trouble } from "../api.ts"
import { useKeys } from "../keys.ts"
import type { Change } from "../live.ts"
import { BulkBar, type Selection, useSelection } from "../parts/bulk.tsx"
import { loadOwed, OwedCalls } from "../parts/owed-calls.tsx"
import "../parts/queue.css"
import "../parts/calls.css"
import { EmptyState, NotLoaded } from "../parts/states.tsx"
import { DueTag, Tag } from "../parts/tag.tsx"
import { decisionText } from "../parts/undo.tsx"
import { go } from "../router.ts"
import { say } from "../say.ts"
import { covers, type Person } from "../session.ts"
import { useLoaded } from "../use-loaded.ts"
import { useNow } from "../use-now.ts"
import { inWords, tierName, titleOf } from "../words.ts"
import { ItemPage, NARROW } from "./item.tsx"

/** A full day of a busy pharmacy, and as many as the contract gives at once. */
const LISTED_MAX = 500
const isAboutItems = (change: Change): boolean => change.kind === "item"
const isAboutCallbacks = (change: Change): boolean => change.kind === "callback"

interface Listed {
  readonly items: readonly Item[]
  readonly hasMore: boolean
}

/** The most urgent pages of what waits, read anew together: any of them may have changed. */
async function loadOpen(pages: number): Promise<Listed> {
  const waiting = await Promise.all(
    (["open", "claimed", "deciding"] as const).map((state) => loadState(state, pages)),
  )
  return {
    items: waiting.flatMap(({ items }) => items).toSorted((a, b) => a.dueAtMs - b.dueAtMs),
    hasMore: waiting.some(({ hasMore }) => hasMore),
  }
}

async function loadState(state: Item["state"], pages: number): Promise<Listed> {
  const found = new Map<string, Item>()
  let last: Item | undefined
  for (let page = 0; page < pages; page++) {
    // Several may be due in one millisecond: what is listed twice is shown once.
    const from = last ? { dueFromMs: last.dueAtMs } : {}
    const { items } = await command("work-queue", "list", { state, limit: LISTED_MAX, ...from })
    for (const item of items) found.set(item.item, item)
    last = items.at(-1)
    if (items.length < LISTED_MAX) return { items: [...found.values()], hasMore: false }
  }
  return { items: [...found.values()], hasMore: true }
}

function useOpen() {
  const pages = useRef(1)
  const load = useCallback(() => loadOpen(pages.current), [])
  const { value, trouble, again } = useLoaded(load, isAboutItems)
  const more = (): void => {
    pages.current++
    again()
  }
  return { items: value?.items, hasMore: value?.hasMore ?? false, trouble, again, more }
}

export function QueuePage({ item, person }: { item: string | undefined; person: Person }) {
  const { items, hasMore, trouble, again, more } = useOpen()
  const owed = useLoaded(loadOwed, isAboutCallbacks)
  const [filter, setFilter] = useState("mine")
  const shown = (items ?? []).filter(({ tier }) => filter === "all" || covers(person.role, tier))
  const chosen = useChosen(item, shown)
  const selection = useSelection(shown, person)
  useListKeys(shown, chosen, selection)

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
              { value: "calls", label: owedLabel(owed.value?.length) },
            ]}
          />
        </div>
        {filter === "calls" ? (
          <OwedCalls owed={owed} />
        ) : (
          <Waiting {...{ items, trouble, again, shown, chosen, selection }} />
        )}
        {hasMore && filter !== "calls" && (
          <Button variant="default" className="older" onClick={more}>
            {say("Show items that are due later")}
          </Button>
        )}
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

function owedLabel(n: number | undefined): string {
  return n ? say("Calls owed: {n}", { n }) : say("Calls owed")
}

interface WaitingProps {
  readonly items: readonly Item[] | undefined
  readonly trouble: Trouble | undefined
  readonly again: () => void
  readonly shown: readonly Item[]
  readonly chosen: string | undefined
  readonly selection: Selection
}

function Waiting({ items, trouble, again, shown, chosen, selection }: WaitingProps) {
  if (!items) return <NotLoaded trouble={trouble} again={again} />
  if (shown.length === 0)
    return (
      <EmptyState
        title={say("Nothing waits for you")}
        icon={<IconCircleCheck size={34} stroke={1.5} aria-hidden />}
      >
        {say("New items appear here by themselves.")}
      </EmptyState>
    )
  return (
    <>
      <ItemList items={shown} chosen={chosen} selection={selection} />
      <BulkBar selection={selection} />
    </>
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

function useListKeys(
  items: readonly Item[],
  chosen: string | undefined,
  { toggle }: Selection,
): void {
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
    x: () => {
      const inHand = items.find(({ item }) => item === chosen)
      if (inHand) toggle(inHand)
    },
  })
}

interface ItemListProps {
  readonly items: readonly Item[]
  readonly chosen: string | undefined
  readonly selection: Selection
}

function ItemList({ items, chosen, selection }: ItemListProps) {
  return (
    <ul className="rows">
      {items.map((item) => (
        <li key={item.item} className="row-line">
          <Checkbox
            className="row-choose"
            size="xs"
            aria-label={say("Choose {what}", { what: summaryOf(item) })}
            checked={selection.isChosen(item)}
            disabled={!selection.fits(item)}
            onChange={() => selection.toggle(item)}
          />
          <ItemRow item={item} isInHand={item.item === chosen} />
        </li>
      ))}
    </ul>
  )
}

function ItemRow({ item, isInHand }: { item: Item; isInHand: boolean }) {
  const nowMs = useNow()
  const { tier, state, claimedBy, context, callback, dueAtMs, decidedBy = "" } = item
  return (
    <a
      href={`/queue/${item.item}`}
      className="row"
      {...(isInHand ? { "aria-current": "true" } : {})}
      onClick={(event) => {
        event.preventDefault()
        go(`/queue/${item.item}`)
      }}
    >
      <span className="row-top">
        <span className="row-title">{titleOf(item.command, item.row)}</span>
        {state === "deciding" ? (
          <Tag tone="soon">
            {say("{state} by {who}", { state: decisionText(item), who: decidedBy })}
          </Tag>
        ) : (
          <DueTag dueAtMs={dueAtMs} nowMs={nowMs} />
        )}
      </span>
      <span className="row-words">{summaryOf(item)}</span>
      <span className="row-tags">
        <Tag tone={tier === 2 ? "good" : "calm"}>{tierName(tier)}</Tag>
        {claimedBy && <Tag tone="soon">{say("{who} has it", { who: claimedBy })}</Tag>}
        {context.mood && <Tag tone="late">{inWords(context.mood)}</Tag>}
        {callback && callback.doneAtMs === undefined && <Tag tone="soon">{say("Call owed")}</Tag>}
      </span>
    </a>
  )
}

function summaryOf({ context, facts }: Item): string {
  const { drugName, patientName, words } = context
  const who = [patientName, drugName].filter(Boolean).join(" · ")
  if (who) return who
  if (words) return `“${words}”`
  return facts.rxNumber ? `Rx ${facts.rxNumber}` : say("No words")
}
