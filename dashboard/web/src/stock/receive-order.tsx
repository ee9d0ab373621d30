/** A delivery of an order: what came, in which lot, until when it is good, if more will come. */
import { Checkbox, TextInput } from "@mantine/core"
import { useState } from "react"
import type { Order, OrderLine } from "../../../../modules/reordering/contract.ts"
import { useAct } from "../account/use-act.ts"
import { command } from "../api.ts"
import { FormDialog } from "../parts/form-dialog.tsx"
import { say } from "../say.ts"
import { isQuantity } from "./amounts.ts"
import { Line, Quantity } from "./dialogs.tsx"

interface Came {
  readonly ndc: string
  readonly quantity: string
  readonly lot: string
  readonly expiresOn: string
}

interface ReceiveProps {
  readonly order: Order
  readonly close: (isDone: boolean) => void
}

export function ReceiveOrder({ order: { order, lines, wholesaler }, close }: ReceiveProps) {
  const [came, setCame] = useState(() => lines.map(cameOf))
  const [isLast, setLast] = useState(true)
  const { act, isBusy } = useAct()
  // What has no lot has not come.
  const noted = came.filter(({ lot }) => lot.trim() !== "")
  const isFit = noted.every((one) => isQuantity(one.quantity) && one.expiresOn !== "")
  const change = (at: number, edit: Partial<Came>) =>
    setCame(came.map((one, index) => (index === at ? { ...one, ...edit } : one)))
  const send = () =>
    void act(
      () => command("reordering", "receive", { order, came: noted, isLast }),
      say("It is on the shelves."),
    ).then(close)
  return (
    <FormDialog
      {...{ isBusy, send }}
      isReady={isFit && (noted.length > 0 || isLast)}
      title={say("Delivery of {wholesaler}", { wholesaler })}
      verb={say("Put on the shelves")}
      close={() => close(false)}
    >
      <p className="dim small">{say("What has not come has no lot: leave it empty.")}</p>
      {came.map((one, at) => (
        <fieldset key={one.ndc} className="stack">
          <legend>{lines[at]?.name}</legend>
          <Quantity
            label={say("Quantity")}
            value={one.quantity}
            set={(quantity) => change(at, { quantity })}
          />
          <Line label={say("Lot")} value={one.lot} set={(lot) => change(at, { lot })} />
          <TextInput
            type="date"
            label={say("Good until")}
            value={one.expiresOn}
            onChange={({ currentTarget }) => change(at, { expiresOn: currentTarget.value })}
          />
        </fieldset>
      ))}
      <Checkbox
        label={say("Nothing more of it will come")}
        checked={isLast}
        onChange={({ currentTarget }) => setLast(currentTarget.checked)}
      />
    </FormDialog>
  )
}

/** What is still to come, for the hand to correct. */
function cameOf({ ndc, packs, packSize, received }: OrderLine): Came {
  const left = Math.max(0, packs * Number(packSize) - Number(received))
  return { ndc, quantity: `${Number(left.toFixed(3))}`, lot: "", expiresOn: "" }
}
