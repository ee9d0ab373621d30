/** The buttons under an item, each with its key. What the role may not do is not offered. */
import { Button, Kbd } from "@mantine/core"
import { useState } from "react"
import type { Item } from "../../../../modules/work-queue/contract.ts"
import { command } from "../api.ts"
import { useKeys } from "../keys.ts"
import { useIsConnected } from "../live.ts"
import { say } from "../say.ts"
import { covers, type Person } from "../session.ts"
import { tierName } from "../words.ts"
import { ReasonDialog } from "./reason-dialog.tsx"

export interface DecisionsProps {
  readonly item: Item
  readonly person: Person
  readonly isBusy: boolean
  readonly act: (work: () => Promise<Item>, done: string) => Promise<void>
}

type Asking = "refuse" | "escalate" | undefined

const tiersAbove = (tier: number): readonly number[] => [2, 3].filter((one) => one > tier)

export function Decisions({ item, person, isBusy, act }: DecisionsProps) {
  const [asking, setAsking] = useState<Asking>()
  const isConnected = useIsConnected()
  const { item: id, tier, state, claimedBy } = item
  const isOpen = state === "open" || state === "claimed"
  const isMine = claimedBy === person.user
  const isOthers = claimedBy !== undefined && !isMine
  const mayTouch = isOpen && !isOthers && !isBusy && isConnected
  const mayDecide = mayTouch && covers(person.role, tier)
  const higher = tiersAbove(tier)

  const approve = () =>
    void act(() => command("work-queue", "approve", { item: id }), say("Approved and done."))
  const claim = () =>
    void act(
      () => command("work-queue", isMine ? "release" : "claim", { item: id }),
      isMine ? say("Given back.") : say("It is yours: others see that."),
    )
  useKeys({
    a: () => mayDecide && approve(),
    c: () => mayTouch && claim(),
    r: () => mayDecide && setAsking("refuse"),
    e: () => mayTouch && higher.length > 0 && setAsking("escalate"),
  })
  if (!isOpen) return null

  const giveReason = (reason: string, to: number | undefined): void => {
    setAsking(undefined)
    if (asking === "refuse")
      void act(() => command("work-queue", "refuse", { item: id, reason }), say("Refused."))
    const toTier = to === 2 || to === 3 ? to : undefined
    if (asking === "escalate" && toTier)
      void act(
        () => command("work-queue", "escalate", { item: id, tier: toTier, reason }),
        say("Put before the {tier}.", { tier: tierName(toTier).toLowerCase() }),
      )
  }

  return (
    <footer className="decisions">
      {whyNot({ isOthers, claimedBy, isConnected, covers: covers(person.role, tier), tier })}
      <Buttons
        {...{ mayDecide, mayTouch, isMine, approve, claim }}
        refuse={() => setAsking("refuse")}
        escalate={higher.length > 0 ? () => setAsking("escalate") : undefined}
      />
      {asking && (
        <ReasonDialog
          title={
            asking === "refuse" ? say("Refuse this request") : say("Put it before somebody else")
          }
          verb={asking === "refuse" ? say("Refuse") : say("Escalate")}
          close={() => setAsking(undefined)}
          give={giveReason}
          {...(asking === "escalate" ? { tiers: higher } : {})}
        />
      )}
    </footer>
  )
}

interface ButtonsProps {
  readonly mayDecide: boolean
  readonly mayTouch: boolean
  readonly isMine: boolean
  readonly approve: () => void
  readonly refuse: () => void
  readonly claim: () => void
  /** Absent where there is nobody above. */
  readonly escalate: (() => void) | undefined
}

function Buttons({ mayDecide, mayTouch, isMine, ...acts }: ButtonsProps) {
  const { approve, refuse, claim, escalate } = acts
  return (
    <div className="buttons">
      <Button onClick={approve} disabled={!mayDecide} rightSection={<Key name="a" />}>
        {say("Approve")}
      </Button>
      <Button
        variant="default"
        onClick={refuse}
        disabled={!mayDecide}
        rightSection={<Key name="r" />}
      >
        {say("Refuse")}
      </Button>
      <Button
        variant="default"
        onClick={claim}
        disabled={!mayTouch}
        rightSection={<Key name="c" />}
      >
        {isMine ? say("Give back") : say("Claim")}
      </Button>
      {escalate && (
        <Button
          variant="default"
          onClick={escalate}
          disabled={!mayTouch}
          rightSection={<Key name="e" />}
        >
          {say("Escalate")}
        </Button>
      )}
    </div>
  )
}

interface Hindrance {
  readonly isOthers: boolean
  readonly claimedBy: string | undefined
  readonly isConnected: boolean
  readonly covers: boolean
  readonly tier: number
}

function whyNot({ isOthers, claimedBy, isConnected, covers: isCovered, tier }: Hindrance) {
  if (!isConnected)
    return <p className="dim small">{say("Nothing can be decided without connection.")}</p>
  if (isOthers)
    return <p className="dim small">{say("{who} is working on this.", { who: claimedBy ?? "" })}</p>
  if (isCovered) return null
  return (
    <p className="dim small">
      {say("Only a {tier} decides this.", { tier: tierName(tier).toLowerCase() })}
    </p>
  )
}

function Key({ name }: { name: string }) {
  return (
    <Kbd size="xs" className="key" aria-hidden>
      {name}
    </Kbd>
  )
}
