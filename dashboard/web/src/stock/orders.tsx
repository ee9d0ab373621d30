/** Orders: drafts that a technician sends, what waits for a manager, what is on its way. */
import "./stock.css"
import { Button, Group } from "@mantine/core"
import { IconTruckDelivery } from "@tabler/icons-react"
import { useState } from "react"
import type { Order } from "../../../../modules/reordering/contract.ts"
import { useAct } from "../account/use-act.ts"
import { command } from "../api.ts"
import type { Change } from "../live.ts"
import { Card } from "../parts/card.tsx"
import { ReasonDialog } from "../parts/reason-dialog.tsx"
import { EmptyState, NotLoaded } from "../parts/states.tsx"
import { Tag, type Tone } from "../parts/tag.tsx"
import { save } from "../reports.ts"
import { say } from "../say.ts"
import { covers, type Role } from "../session.ts"
import { useLoaded } from "../use-loaded.ts"
import { costOf, dollarsText, stateWords } from "./amounts.ts"
import { DraftLines, type Edited } from "./draft-lines.tsx"
import { loadOrders } from "./load.ts"
import { OrderLines } from "./order-lines.tsx"
import { ReceiveOrder } from "./receive-order.tsx"

const MONEY_TIER = 3
const isAboutStock = ({ kind }: Change): boolean => kind === "stock"
const tones: Readonly<Partial<Record<Order["state"], Tone>>> = { waiting: "soon", approved: "good" }

export function Orders({ role }: { role: Role }) {
  const { value, trouble, again } = useLoaded(loadOrders, isAboutStock)
  if (!value) return <NotLoaded trouble={trouble} again={again} />
  if (value.length === 0)
    return (
      <EmptyState
        title={say("No order is in hand")}
        icon={<IconTruckDelivery size={34} stroke={1.5} aria-hidden />}
      >
        {say("What falls below its reorder point is put into a draft every morning.")}
      </EmptyState>
    )
  return (
    <ul className="plain" aria-label={say("Orders")}>
      {value.map((order) => (
        <li key={`${order.order} ${order.revision} ${order.state}`}>
          <OneOrder {...{ order, role, again }} />
        </li>
      ))}
    </ul>
  )
}

interface OrderProps {
  readonly order: Order
  readonly role: Role
  readonly again: () => void
}

function OneOrder({ order, role, again }: OrderProps) {
  const { approvedBy, lines, madeOn, reason, sentBy, state, wholesaler } = order
  const cost = costOf(lines)
  return (
    <Card title={say("{wholesaler}, {day}", { wholesaler, day: madeOn })} className="card-wide">
      <span className="row-tags">
        <Tag tone={tones[state] ?? "calm"}>{say(stateWords[state])}</Tag>
        {sentBy && <span className="dim small">{say("sent by {who}", { who: sentBy })}</span>}
        {approvedBy && (
          <span className="dim small">{say("approved by {who}", { who: approvedBy })}</span>
        )}
        {reason && <span className="dim small">{reason}</span>}
        {lines.length > 0 && cost !== undefined && (
          <span className="numbers">
            {say("in all {dollars}", { dollars: `$${dollarsText(cost)}` })}
          </span>
        )}
      </span>
      {state === "draft" ? (
        <Draft order={order} again={again} />
      ) : (
        <>
          <OrderLines lines={lines} />
          <Group gap="xs">
            {state === "waiting" && <Waiting {...{ order, role, again }} />}
            {state === "approved" && <OnItsWay order={order} again={again} />}
          </Group>
        </>
      )}
    </Card>
  )
}

type Half = Omit<OrderProps, "role">

function Draft({ order, again }: Half) {
  const { order: id, lines } = order
  const [edited, setEdited] = useState<readonly Edited[]>()
  const [isGivingUp, giveUp] = useState(false)
  const { act, isBusy } = useAct()
  const keep = async () => {
    if (edited) await command("reordering", "edit", { order: id, lines: [...edited] })
    setEdited(undefined)
  }
  const send = async () => {
    await keep()
    await command("reordering", "send", { order: id })
  }
  const cancel = (reason: string) => {
    giveUp(false)
    void act(() => command("reordering", "cancel", { order: id, reason })).then(again)
  }
  return (
    <>
      <DraftLines key={lines.length} lines={lines} edit={setEdited} />
      <Group gap="xs">
        <Button
          size="compact-md"
          loading={isBusy}
          disabled={lines.length === 0}
          onClick={() => void act(send, say("A manager was asked.")).then(again)}
        >
          {say("Send to a manager")}
        </Button>
        <Button
          size="compact-md"
          variant="default"
          disabled={isBusy || !edited}
          onClick={() => void act(keep, say("The draft is kept.")).then(again)}
        >
          {say("Keep the changes")}
        </Button>
        <SaveFile order={order} />
        <Button size="compact-md" variant="default" onClick={() => giveUp(true)}>
          {say("Give up")}
        </Button>
      </Group>
      {isGivingUp && (
        <ReasonDialog
          title={say("Why is the draft given up?")}
          verb={say("Give up")}
          close={() => giveUp(false)}
          give={cancel}
        />
      )}
    </>
  )
}

function Waiting({ order: { order, revision }, role, again }: OrderProps) {
  const [isTaking, take] = useState(false)
  const { act, isBusy } = useAct()
  const approve = () => command("reordering", "approve", { order, revision })
  const takeBack = (reason: string) => {
    take(false)
    void act(() => command("reordering", "takeBack", { order, reason })).then(again)
  }
  return (
    <>
      {covers(role, MONEY_TIER) && (
        <Button
          size="compact-md"
          loading={isBusy}
          onClick={() => void act(approve, say("It may be placed now.")).then(again)}
        >
          {say("Approve the order")}
        </Button>
      )}
      <Button size="compact-md" variant="default" onClick={() => take(true)}>
        {say("Back to the draft")}
      </Button>
      {isTaking && (
        <ReasonDialog
          title={say("Why does it go back?")}
          verb={say("Back to the draft")}
          close={() => take(false)}
          give={takeBack}
        />
      )}
    </>
  )
}

function OnItsWay({ order, again }: Half) {
  const [isReceiving, receive] = useState(false)
  const close = (isDone: boolean): void => {
    receive(false)
    if (isDone) again()
  }
  return (
    <>
      <Button size="compact-md" onClick={() => receive(true)}>
        {say("Receive the delivery")}
      </Button>
      <SaveFile order={order} />
      {isReceiving && <ReceiveOrder order={order} close={close} />}
    </>
  )
}

function SaveFile({ order: { order } }: { order: Order }) {
  const { act, isBusy } = useAct()
  const hand = async () => {
    const { name, text } = await command("reordering", "csv", { order })
    const bytes = new TextEncoder().encode(text)
    save({ name, base64: btoa(String.fromCharCode(...bytes)) })
  }
  return (
    <Button size="compact-md" variant="default" disabled={isBusy} onClick={() => void act(hand)}>
      {say("Save as CSV")}
    </Button>
  )
}
