/** One work item: all that is needed to decide, and one key for each decision. */
import { Box, Button, Title } from "@mantine/core"
import { useMediaQuery } from "@mantine/hooks"
import { notifications } from "@mantine/notifications"
import { useCallback, useState } from "react"
import type { Item } from "../../../../modules/work-queue/contract.ts"
import { command } from "../api.ts"
import type { Change } from "../live.ts"
import { AnswerBox } from "../parts/answer-box.tsx"
import { AudioStretch } from "../parts/audio-stretch.tsx"
import { BackLink } from "../parts/back-link.tsx"
import { Card } from "../parts/card.tsx"
import { CaseLink } from "../parts/case-items.tsx"
import { ControlledCard } from "../parts/controlled-card.tsx"
import { Decisions } from "../parts/decisions.tsx"
import { Fact } from "../parts/fact.tsx"
import { KnownFacts } from "../parts/known-facts.tsx"
import { NotLoaded } from "../parts/states.tsx"
import { DueTag, Tag } from "../parts/tag.tsx"
import { tellDone } from "../parts/tell.ts"
import { Transcript } from "../parts/transcript.tsx"
import { go } from "../router.ts"
import { say } from "../say.ts"
import type { Person } from "../session.ts"
import { type Loaded, troubleOf, useLoaded } from "../use-loaded.ts"
import { useNow } from "../use-now.ts"
import { agoText, inWords, phoneText, tierName, titleOf } from "../words.ts"

/** Where styles.css shows the list or the item, and not both. */
export const NARROW = "(width < 48rem)"

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
      notifications.show({
        color: "red",
        title: say("Not done"),
        message: troubleOf(error).message,
      })
    } finally {
      setBusy(false)
    }
  }

  if (!item) return <NotLoaded trouble={trouble} again={again} />
  const patient = item.facts.patient ?? item.context.patient
  return (
    <article className="item">
      <ItemHead item={item} />
      <Box className="item-body" role="region" aria-label={say("Details")} tabIndex={0}>
        <Decided item={item} />
        <CalledBack item={item} />
        <Asked item={item} />
        <WhatHappens item={item} />
        {patient !== undefined && <AnswerBox item={item.item} patient={patient} />}
        <KnownFacts item={item} />
        <ControlledCard item={item} person={person} />
        <Facts item={item} loaded={loaded} />
        {item.context.conversation && (
          <Card title={say("The conversation")} size="h5">
            <Transcript conversation={item.context.conversation} />
          </Card>
        )}
      </Box>
      <Decisions item={item} person={person} isBusy={isBusy} act={act} />
    </article>
  )
}

/** What can still be taken back is told at the foot of the page, and not over it. */
function tellOutcome({ outcome, state }: Item, done: string): void {
  if (state === "deciding") return
  const isStopped = outcome !== undefined && !["done", "refused"].includes(outcome)
  notifications.show(
    isStopped
      ? { color: "red", title: say("Approved, but not done"), message: outcomeText(outcome) }
      : { color: "mortar", message: done },
  )
}

function outcomeText(outcome: string): string {
  const [kind, code = kind] = outcome.split(":")
  return kind === "outage"
    ? say("{why}. The item waits again: try later.", { why: inWords(code ?? "") })
    : inWords(code ?? "")
}

function ItemHead({ item }: { item: Item }) {
  const nowMs = useNow()
  const isNarrow = useMediaQuery(NARROW)
  const { command: held, row, tier, claimedBy, context, dueAtMs, openedAtMs, state } = item
  const isOpen = state === "open" || state === "claimed"
  return (
    <header className="item-head">
      <BackLink list={say("Queue")} label={say("Back to the queue")} back={() => go("/queue")} />
      <Title order={isNarrow ? 1 : 2} size="h3">
        {titleOf(held, row)}
        {context.drugName && <span className="dim"> · {context.drugName}</span>}
      </Title>
      <div className="row-tags">
        <Tag tone={tier === 2 ? "good" : "calm"}>{tierName(tier)}</Tag>
        {isOpen ? <DueTag dueAtMs={dueAtMs} nowMs={nowMs} /> : <Tag>{inWords(state)}</Tag>}
        {isOpen && claimedBy && <Tag tone="soon">{say("{who} has it", { who: claimedBy })}</Tag>}
        {context.mood && <Tag tone="late">{inWords(context.mood)}</Tag>}
        <span className="dim small">
          {say("Asked {when}", { when: agoText(openedAtMs, nowMs) })}
        </span>
        <CaseLink item={item} />
      </div>
    </header>
  )
}

function Decided({ item }: { item: Item }) {
  const nowMs = useNow()
  const { state, decidedBy, decidedAtMs, reason, outcome } = item
  // In the seconds before it is acted on, the foot of the page says who decided and what.
  if (state === "deciding") return null
  if (!decidedBy)
    return reason ? (
      <Card title={say("Put before you")} size="h5" className="card-soon">
        <p>{reason}</p>
      </Card>
    ) : null
  const when = decidedAtMs === undefined ? "" : agoText(decidedAtMs, nowMs)
  return (
    <Card
      title={say("{state} by {who} {when}", { state: inWords(state), who: decidedBy, when })}
      size="h5"
      className={state === "refused" ? "card-soon" : "card-good"}
    >
      {reason && <p>{reason}</p>}
      {outcome && !["done", "refused"].includes(outcome) && <p>{outcomeText(outcome)}</p>}
    </Card>
  )
}

function CalledBack({ item: { callback } }: { item: Item }) {
  const nowMs = useNow()
  if (!callback) return null
  const { dueAtMs, doneAtMs } = callback
  const done = () =>
    tellDone(
      () => command("callbacks", "done", { callback: callback.callback }),
      say("The call was made."),
    )
  return (
    <Card
      title={
        doneAtMs === undefined
          ? say("A call back is owed")
          : say("Called back {when}", { when: agoText(doneAtMs, nowMs) })
      }
      size="h5"
      className={doneAtMs === undefined ? "card-soon" : undefined}
    >
      {doneAtMs === undefined && (
        <div className="row-tags">
          <DueTag dueAtMs={dueAtMs} nowMs={nowMs} />
          <Button size="compact-sm" variant="default" onClick={() => void done()}>
            {say("Called")}
          </Button>
        </div>
      )}
    </Card>
  )
}

/** Made by a machine: beside the words, never in their place. */
function MachineLine({ item: { context } }: { item: Item }) {
  if (!context.summary) return null
  const { text, madeBy } = context.summary
  return (
    <p className="machine-line">
      <Tag>{madeBy === "model" ? say("Summed up by a model") : say("Summed up by rules")}</Tag>
      {text}
    </p>
  )
}

function Asked({ item }: { item: Item }) {
  const { words, recording, audioFromMs, audioUntilMs, phone, patientName } = item.context
  const { language, verifiedBy = [] } = item.context
  return (
    <Card title={say("Who asked")} size="h5">
      {words ? (
        <blockquote className="words">“{words}”</blockquote>
      ) : (
        <p className="dim">{say("No words are kept with this item.")}</p>
      )}
      <MachineLine item={item} />
      {recording && (
        <AudioStretch recording={recording} fromMs={audioFromMs} untilMs={audioUntilMs} />
      )}
      <dl className="facts">
        {patientName && <Fact name={say("Patient")}>{patientName}</Fact>}
        {language && <Fact name={say("Speaks")}>{say("Spanish")}</Fact>}
        {phone && <Fact name={say("Calling from")}>{phoneText(phone)}</Fact>}
        <Fact name={say("Verified by")}>
          {verifiedBy.length > 0 ? (
            verifiedBy.map((one) => (
              <Tag key={one} tone="good">
                {inWords(one)}
              </Tag>
            ))
          ) : (
            <Tag tone="soon">{say("not verified")}</Tag>
          )}
        </Fact>
      </dl>
    </Card>
  )
}

function WhatHappens({ item }: { item: Item }) {
  const { command: held, context } = item
  const otherwise = held
    ? say("{what}: what was asked for is carried out, once.", { what: titleOf(held, item.row) })
    : say("Nothing is sent anywhere: the item is marked as dealt with.")
  return (
    <Card title={say("On approval")} size="h5">
      <p>{context.willHappen ?? otherwise}</p>
    </Card>
  )
}

function Facts({ item, loaded }: { item: Item; loaded: Loaded<Item> }) {
  const nowMs = useNow()
  const { facts, rules, row, openedAtMs } = item
  const { rxNumber, schedule, eligibility, dur, highAlert, confidence } = facts
  return (
    <Card title={say("Why it is here")} size="h5">
      <div className="row-tags">
        <Tag>{inWords(row)}</Tag>
        {rules.map((rule) => (
          <Tag key={rule} tone="soon">
            {inWords(rule)}
          </Tag>
        ))}
      </div>
      <dl className="facts">
        {rxNumber && <Fact name={say("Prescription")}>{rxNumber}</Fact>}
        {schedule && (
          <Fact name={say("Schedule")}>
            {schedule === "none" ? say("Not controlled") : schedule}
          </Fact>
        )}
        {eligibility && <Fact name={say("Refill")}>{inWords(eligibility)}</Fact>}
        {dur && <Fact name={say("Interaction alert")}>{inWords(dur)}</Fact>}
        {highAlert && <Fact name={say("High-alert drug")}>{say("Yes")}</Fact>}
        {confidence !== undefined && (
          <Fact name={say("Understood")}>
            {say("{percent} % sure", { percent: Math.round(confidence * 100) })}
          </Fact>
        )}
      </dl>
      <p className="dim small">
        {say("As the pharmacy system said {when}; asked again on approval.", {
          when: agoText(openedAtMs, nowMs),
        })}{" "}
        {loaded.trouble && say("This item could not be loaded again just now.")}
      </p>
    </Card>
  )
}
