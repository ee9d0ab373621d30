/** The buttons under an item, each with its key. What the role may not do is not offered. */
import { Button } from "@mantine/core"
import { useState } from "react"
import type { Item } from "../../../../modules/work-queue/contract.ts"
import { command } from "../api.ts"
import { useKeys } from "../keys.ts"
import { useIsConnected } from "../live.ts"
import { say } from "../say.ts"
import { covers, type Person } from "../session.ts"
import { tierName, titleOf } from "../words.ts"
import { KeyName } from "./key-name.tsx"
import { ReasonDialog } from "./reason-dialog.tsx"
import { Undo } from "./undo.tsx"

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
  const undo = () => void act(() => command("work-queue", "undo", { item: id }), say("Taken back."))
  const { phone } = item.context
  const mayCallBack = isOpen && phone !== undefined && !item.callback && !isBusy && isConnected
  const callBack = () => void act(() => oweCall(item), say("A call back is noted."))
  const claim = () =>
    void act(
      () => command("work-queue", isMine ? "release" : "claim", { item: id }),
      isMine ? say("Given back.") : say("It is yours: others see that."),
    )
  useKeys({
    a: () => mayDecide && approve(),
    c: () => mayTouch && claim(),
    r: () => mayDecide && setAsking("refuse"),
    b: () => mayCallBack && callBack(),
    e: () => mayTouch && higher.length > 0 && setAsking("escalate"),
  })
  if (state === "deciding") {
    const isOwn = item.decidedBy === person.user
    return <Undo item={item} isMine={isOwn} mayTouch={!isBusy && isConnected} undo={undo} />
  }
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
        {...{ mayDecide, mayTouch, mayCallBack, isMine, approve, claim }}
        callBack={phone === undefined ? undefined : callBack}
        refuse={() => setAsking("refuse")}
        escalate={higher.length > 0 ? () => setAsking("escalate") : undefined}
      />
      {asking && (
        <ReasonDialog
          title={
            asking === "refuse" ? say("Refuse this request") : say("Put it before somebody else")
          }
          verb={asking === "refuse" ? say("Refuse") : say("Ask them")}
          close={() => setAsking(undefined)}
          give={giveReason}
          {...(asking === "escalate" ? { tiers: higher } : {})}
        />
      )}
    </footer>
  )
}

const roleOf = { 1: "technician", 2: "pharmacist", 3: "manager" } as const

/** Who decides on the item calls; the number and the patient are the item's own. */
async function oweCall({ item, tier, command: held, row, context, facts }: Item): Promise<Item> {
  const { phone, conversation } = context
  const patient = facts.patient ?? context.patient
  const forRole = roleOf[tier]
  if (phone)
    await command("callbacks", "owe", {
      ...{ item, phone, forRole, about: titleOf(held, row) },
      ...(patient === undefined ? {} : { patient }),
      ...(conversation === undefined ? {} : { conversation }),
    })
  return command("work-queue", "get", { item })
}

interface ButtonsProps {
  readonly mayDecide: boolean
  readonly mayCallBack: boolean
  /** Absent where no number is known. */
  readonly callBack: (() => void) | undefined
  readonly mayTouch: boolean
  readonly isMine: boolean
  readonly approve: () => void
  readonly refuse: () => void
  readonly claim: () => void
  /** Absent where there is nobody above. */
  readonly escalate: (() => void) | undefined
}

function Buttons({ mayDecide, mayTouch, mayCallBack, isMine, ...acts }: ButtonsProps) {
  const { approve, refuse, claim, callBack, escalate } = acts
  return (
    <div className="buttons">
      <Button onClick={approve} disabled={!mayDecide} rightSection={<KeyName name="a" />}>
        {say("Approve")}
      </Button>
      <Button
        variant="default"
        onClick={refuse}
        disabled={!mayDecide}
        rightSection={<KeyName name="r" />}
      >
        {say("Refuse")}
      </Button>
      <Button
        variant="default"
        onClick={claim}
        disabled={!mayTouch}
        rightSection={<KeyName name="c" />}
      >
        {isMine ? say("Give back") : say("Claim")}
      </Button>
      {escalate && (
        <Button
          variant="default"
          onClick={escalate}
          disabled={!mayTouch}
          rightSection={<KeyName name="e" />}
        >
          {say("Ask another tier")}
        </Button>
      )}
      {callBack && (
        <Button
          variant="default"
          onClick={callBack}
          disabled={!mayCallBack}
          rightSection={<KeyName name="b" />}
        >
          {say("Call back")}
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
