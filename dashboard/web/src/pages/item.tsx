/** One work item: all that is needed to decide, and one key for each decision. */
import { Anchor, Title } from "@mantine/core"
import { notifications } from "@mantine/notifications"
import { IconArrowLeft } from "@tabler/icons-react"
import { type ReactNode, useCallback, useState } from "react"
import type { Item } from "../../../../modules/work-queue/contract.ts"
import { command } from "../api.ts"
import type { Change } from "../live.ts"
import { AudioStretch } from "../parts/audio-stretch.tsx"
import { Decisions } from "../parts/decisions.tsx"
import { LoadingState, TroubleState } from "../parts/states.tsx"
import { DueTag, Tag } from "../parts/tag.tsx"
import { Transcript } from "../parts/transcript.tsx"
import { go } from "../router.ts"
import type { Person } from "../session.ts"
import { type Loaded, troubleOf, useLoaded } from "../use-loaded.ts"
import { useNow } from "../use-now.ts"
import { agoText, inWords, phoneText, tierName, titleOf } from "../words.ts"

export function ItemPage({ id, person }: { id: string; person: Person }) {
  const load = useCallback(() => command("work-queue", "get", { item: id }), [id])
  const isAbout = useCallback(
    (change: Change) => change.kind === "item" && change.item === id,
    [id],
  )
  const loaded = useLoaded(load, isAbout)
  const { value: item, trouble, again } = loaded
  const [isBusy, setBusy] = useState(false)

  const act = async (work: () => Promise<Item>, done: string): Promise<void> => {
    setBusy(true)
    try {
      const next = await work()
      loaded.put(next)
      tellOutcome(next, done)
    } catch (error) {
      // Somebody else may have been quicker: what is true now says who.
      again()
      notifications.show({ color: "red", title: "Not done", message: troubleOf(error).message })
    } finally {
      setBusy(false)
    }
  }

  if (!item && trouble) return <TroubleState trouble={trouble} again={again} />
  if (!item) return <LoadingState />
  return (
    <article className="item">
      <ItemHead item={item} />
      <div className="item-body">
        <Decided item={item} />
        <Asked item={item} />
        <WhatHappens item={item} />
        <Facts item={item} loaded={loaded} />
        {item.context.conversation && (
          <section className="card">
            <Title order={2} size="h5">
              The conversation
            </Title>
            <Transcript conversation={item.context.conversation} />
          </section>
        )}
      </div>
      <Decisions item={item} person={person} isBusy={isBusy} act={act} />
    </article>
  )
}

function tellOutcome({ outcome }: Item, done: string): void {
  const isStopped = outcome !== undefined && !["done", "refused"].includes(outcome)
  notifications.show(
    isStopped
      ? { color: "red", title: "Approved, but not done", message: outcomeText(outcome) }
      : { color: "mortar", message: done },
  )
}

function outcomeText(outcome: string): string {
  const [kind, code = kind] = outcome.split(":")
  return kind === "outage"
    ? `${inWords(code ?? "")}. The item waits again: try later.`
    : inWords(code ?? "")
}

function ItemHead({ item }: { item: Item }) {
  const nowMs = useNow()
  const { command: held, row, tier, claimedBy, context, dueAtMs, openedAtMs, state } = item
  const isOpen = state === "open" || state === "claimed"
  return (
    <header className="item-head">
      <Anchor
        component="button"
        type="button"
        className="back"
        aria-label="Back to the queue"
        onClick={() => go("/queue")}
      >
        <IconArrowLeft size={18} aria-hidden /> Queue
      </Anchor>
      <Title order={2} size="h3">
        {titleOf(held, row)}
        {context.drugName && <span className="dim"> · {context.drugName}</span>}
      </Title>
      <div className="row-tags">
        <Tag tone={tier === 2 ? "good" : "calm"}>{tierName[tier]}</Tag>
        {isOpen ? <DueTag dueAtMs={dueAtMs} nowMs={nowMs} /> : <Tag>{inWords(state)}</Tag>}
        {isOpen && claimedBy && <Tag tone="soon">{claimedBy} has it</Tag>}
        <span className="dim small">Asked {agoText(openedAtMs, nowMs)}</span>
      </div>
    </header>
  )
}

function Decided({ item }: { item: Item }) {
  const nowMs = useNow()
  const { state, decidedBy, decidedAtMs, reason, outcome } = item
  if (!decidedBy)
    return reason ? (
      <section className="card card-soon">
        <Title order={2} size="h5">
          Put before you
        </Title>
        <p>{reason}</p>
      </section>
    ) : null
  const when = decidedAtMs === undefined ? "" : ` ${agoText(decidedAtMs, nowMs)}`
  return (
    <section className={state === "refused" ? "card card-soon" : "card card-good"}>
      <Title order={2} size="h5">
        {inWords(state)} by {decidedBy}
        {when}
      </Title>
      {reason && <p>{reason}</p>}
      {outcome && !["done", "refused"].includes(outcome) && <p>{outcomeText(outcome)}</p>}
    </section>
  )
}

function Asked({ item }: { item: Item }) {
  const { words, recording, audioFromMs, audioUntilMs, phone, patientName } = item.context
  const { language, verifiedBy = [] } = item.context
  return (
    <section className="card">
      <Title order={2} size="h5">
        Who asked
      </Title>
      {words ? (
        <blockquote className="words">“{words}”</blockquote>
      ) : (
        <p className="dim">No words are kept with this item.</p>
      )}
      {recording && (
        <AudioStretch recording={recording} fromMs={audioFromMs} untilMs={audioUntilMs} />
      )}
      <dl className="facts">
        {patientName && <Fact name="Patient">{patientName}</Fact>}
        {language && <Fact name="Speaks">Spanish</Fact>}
        {phone && <Fact name="Calling from">{phoneText(phone)}</Fact>}
        <Fact name="Verified by">
          {verifiedBy.length > 0 ? (
            verifiedBy.map((one) => (
              <Tag key={one} tone="good">
                {inWords(one)}
              </Tag>
            ))
          ) : (
            <Tag tone="soon">not verified</Tag>
          )}
        </Fact>
      </dl>
    </section>
  )
}

function WhatHappens({ item }: { item: Item }) {
  const { command: held, context } = item
  const otherwise = held
    ? `${titleOf(held, item.row)}: what was asked for is carried out, once.`
    : "Nothing is sent anywhere: the item is marked as dealt with."
  return (
    <section className="card">
      <Title order={2} size="h5">
        On approval
      </Title>
      <p>{context.willHappen ?? otherwise}</p>
    </section>
  )
}

function Facts({ item, loaded }: { item: Item; loaded: Loaded<Item> }) {
  const nowMs = useNow()
  const { facts, rules, row, openedAtMs } = item
  const { rxNumber, schedule, eligibility, dur, highAlert, confidence } = facts
  return (
    <section className="card">
      <Title order={2} size="h5">
        Why it is here
      </Title>
      <div className="row-tags">
        <Tag>{inWords(row)}</Tag>
        {rules.map((rule) => (
          <Tag key={rule} tone="soon">
            {inWords(rule)}
          </Tag>
        ))}
      </div>
      <dl className="facts">
        {rxNumber && <Fact name="Prescription">{rxNumber}</Fact>}
        {schedule && (
          <Fact name="Schedule">{schedule === "none" ? "Not controlled" : schedule}</Fact>
        )}
        {eligibility && <Fact name="Refill">{inWords(eligibility)}</Fact>}
        {dur && <Fact name="Interaction alert">{inWords(dur)}</Fact>}
        {highAlert && <Fact name="High-alert drug">Yes</Fact>}
        {confidence !== undefined && (
          <Fact name="Understood">{Math.round(confidence * 100)} % sure</Fact>
        )}
      </dl>
      <p className="dim small">
        As the pharmacy system said {agoText(openedAtMs, nowMs)}; asked again on approval.
        {loaded.trouble && " This item could not be loaded again just now."}
      </p>
    </section>
  )
}

function Fact({ name, children }: { name: string; children: ReactNode }) {
  return (
    <div>
      <dt>{name}</dt>
      <dd>{children}</dd>
    </div>
  )
}
