/** One shelf: what is known of it and from whom, its lots, its ledger, and what one does there. */
import { Button, Group } from "@mantine/core"
import { useCallback, useState } from "react"
import type { Movement, Shelf } from "../../../../modules/inventory/contract.ts"
import type { Point } from "../../../../modules/reordering/contract.ts"
import type { Change } from "../live.ts"
import { Card } from "../parts/card.tsx"
import { Fact } from "../parts/fact.tsx"
import { NotLoaded } from "../parts/states.tsx"
import { Tag } from "../parts/tag.tsx"
import { go } from "../router.ts"
import { say } from "../say.ts"
import { useLoaded } from "../use-loaded.ts"
import { useNow } from "../use-now.ts"
import { agoText, whenText } from "../words.ts"
import { amountText, isControlled, kindWords, ndcText } from "./amounts.ts"
import { AddDialog, AdjustDialog, PointDialog, ReceiveDialog } from "./dialogs.tsx"
import { loadShelf } from "./load.ts"
import { ShelfTags } from "./shelf-table.tsx"
import { UsePlot } from "./use-plot.tsx"

type Shown = Awaited<ReturnType<typeof loadShelf>>
type Asked = "receive" | "adjust" | "point" | "add"

export function ShelfCard({ ndc }: { ndc: string }) {
  const load = useCallback(() => loadShelf(ndc), [ndc])
  const isAbout = useCallback(
    (change: Change) => change.kind === "stock" && (change.ndc === undefined || change.ndc === ndc),
    [ndc],
  )
  const { value, trouble, again } = useLoaded(load, isAbout)
  if (!value) return <NotLoaded trouble={trouble} again={again} />
  return <Known shown={value} again={again} />
}

function Known({ shown, again }: { shown: Shown; again: () => void }) {
  const { shelf, movements, point, wholesalers } = shown
  const [asked, ask] = useState<Asked>()
  const close = (isDone: boolean): void => {
    ask(undefined)
    if (isDone) again()
  }
  return (
    <Card
      title={shelf.name}
      className="card-wide"
      acts={
        <Button size="compact-sm" variant="default" onClick={() => go("/stock")}>
          {say("Back to the shelves")}
        </Button>
      }
    >
      <span className="row-tags">
        <span className="dim small numbers">{ndcText(shelf.ndc)}</span>
        <ShelfTags shelf={shelf} point={point} />
      </span>
      <Facts shelf={shelf} point={point} />
      <UsePlot point={point} />
      <Group gap="xs">
        <Button size="compact-md" onClick={() => ask("receive")}>
          {say("Receive")}
        </Button>
        <Button size="compact-md" variant="default" onClick={() => ask("adjust")}>
          {say("Count or correct")}
        </Button>
        <Button size="compact-md" variant="default" onClick={() => ask("point")}>
          {say("Set the reorder point")}
        </Button>
        {!isControlled(shelf) && (
          <Button size="compact-md" variant="default" onClick={() => ask("add")}>
            {say("Put into a draft")}
          </Button>
        )}
      </Group>
      {isControlled(shelf) && (
        <p className="dim small">
          {say("Controlled: a pharmacist receives, counts and orders it. It is in no draft.")}
        </p>
      )}
      <Lots shelf={shelf} />
      <Ledger movements={movements} />
      {asked === "receive" && <ReceiveDialog shelf={shelf} close={close} />}
      {asked === "adjust" && <AdjustDialog shelf={shelf} close={close} />}
      {asked === "point" && <PointDialog shelf={shelf} point={point} close={close} />}
      {asked === "add" && <AddDialog shelf={shelf} wholesalers={wholesalers} close={close} />}
    </Card>
  )
}

function Facts({ shelf, point }: { shelf: Shelf; point: Point | undefined }) {
  const nowMs = useNow()
  const { available, discrepancy, expected, knownAtMs, onHand, reserved, source } = shelf
  const when = knownAtMs === undefined ? say("never") : agoText(knownAtMs, nowMs)
  return (
    <dl className="facts">
      <Fact name={say("On hand")}>
        {amountText(onHand)}{" "}
        <span className="dim small">
          {source === "pms"
            ? say("as the pharmacy system has it, read {when}", { when })
            : say("as counted here, last {when}", { when })}
        </span>
      </Fact>
      <Fact name={say("Available")}>{amountText(available)}</Fact>
      <Fact name={say("Set aside")}>{amountText(reserved)}</Fact>
      <Fact name={say("On its way")}>{amountText(expected)}</Fact>
      <Fact name={say("Reorder point")}>
        {point ? amountText(point.point) : "–"}{" "}
        {point?.override && (
          <span className="dim small">
            {say("set by {who}: {reason}", {
              who: point.override.by,
              reason: point.override.reason,
            })}
          </span>
        )}
      </Fact>
      {discrepancy && (
        <Fact name={say("The last count")}>
          {say("{counted} counted, {booked} in the books", {
            counted: amountText(discrepancy.counted),
            booked: amountText(discrepancy.booked),
          })}
        </Fact>
      )}
    </dl>
  )
}

function Lots({ shelf: { lots } }: { shelf: Shelf }) {
  if (lots.length === 0) return <p className="dim small">{say("No lots are noted.")}</p>
  const today = new Date().toISOString().slice(0, 10)
  return (
    <ul className="plain" aria-label={say("Lots")}>
      {lots.map(({ lot, expiresOn, quantity }) => (
        <li key={lot} className="row-tags numbers">
          {say("Lot {lot}: {n}, good until {day}", {
            lot,
            n: amountText(quantity),
            day: expiresOn,
          })}
          {expiresOn < today && <Tag tone="late">{say("out of date")}</Tag>}
        </li>
      ))}
    </ul>
  )
}

function Ledger({ movements }: { movements: readonly Movement[] }) {
  if (movements.length === 0) return <p className="dim small">{say("Nothing has moved yet.")}</p>
  return (
    <details>
      <summary>{say("What moved, the newest first")}</summary>
      <ul className="plain small" aria-label={say("Ledger")}>
        {movements.map(({ movement, kind, quantity, atMs, by, lot, reason }) => (
          <li key={movement}>
            <span className="numbers">{whenText(atMs)}</span> {say(kindWords[kind])}{" "}
            <strong className="numbers">{amountText(quantity)}</strong>{" "}
            <span className="dim">
              {[by, lot, reason].filter((words) => words !== undefined).join(" · ")}
            </span>
          </li>
        ))}
      </ul>
    </details>
  )
}
