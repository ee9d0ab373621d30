/** What one does at a shelf: receive, count or correct, set the reorder point, put into a draft. */
import { Select, TextInput } from "@mantine/core"
import { useState } from "react"
import type { Shelf } from "../../../../modules/inventory/contract.ts"
import type { Point } from "../../../../modules/reordering/contract.ts"
import { useAct } from "../account/use-act.ts"
import { command } from "../api.ts"
import { FormDialog } from "../parts/form-dialog.tsx"
import { say } from "../say.ts"
import { amountText, isControlled, isQuantity } from "./amounts.ts"

interface DialogProps {
  readonly shelf: Shelf
  /** Whether something was done. */
  readonly close: (isDone: boolean) => void
}

export function ReceiveDialog({ shelf, close }: DialogProps) {
  const [quantity, setQuantity] = useState("")
  const [lot, setLot] = useState("")
  const [expiresOn, setExpiresOn] = useState("")
  const { act, isBusy } = useAct()
  const name = isControlled(shelf) ? "receiveControlled" : "receive"
  const received = { ndc: shelf.ndc, quantity, lot: lot.trim(), expiresOn }
  const send = () =>
    void act(() => command("inventory", name, received), say("It is on the shelf.")).then(close)
  const isReady = isQuantity(quantity) && lot.trim() !== "" && expiresOn !== ""
  return (
    <FormDialog
      {...{ isReady, isBusy, send }}
      title={say("Receive {name}", { name: shelf.name })}
      verb={say("Put on the shelf")}
      close={() => close(false)}
    >
      <Quantity label={say("Quantity")} value={quantity} set={setQuantity} isFirst />
      <Line label={say("Lot")} value={lot} set={setLot} />
      <TextInput
        type="date"
        label={say("Good until")}
        value={expiresOn}
        onChange={({ currentTarget }) => setExpiresOn(currentTarget.value)}
      />
    </FormDialog>
  )
}

const kinds = ["count", "waste", "return"] as const
type Kind = (typeof kinds)[number]

export function AdjustDialog({ shelf, close }: DialogProps) {
  const [kind, setKind] = useState<Kind>("count")
  const [quantity, setQuantity] = useState("")
  const [reason, setReason] = useState("")
  const { act, isBusy } = useAct()
  const name = isControlled(shelf) ? "adjustControlled" : "adjust"
  const adjusted = { ndc: shelf.ndc, kind, quantity, reason: reason.trim() }
  const send = () =>
    void act(() => command("inventory", name, adjusted), say("It is in the ledger.")).then(close)
  const choices = [
    { value: "count", label: say("Counted on the shelf") },
    { value: "waste", label: say("Wasted") },
    { value: "return", label: say("Returned") },
  ]
  return (
    <FormDialog
      {...{ isBusy, send }}
      isReady={isQuantity(quantity) && reason.trim() !== ""}
      title={say("Count or correct {name}", { name: shelf.name })}
      verb={say("Note it")}
      close={() => close(false)}
    >
      <Select
        label={say("What")}
        data={choices}
        value={kind}
        allowDeselect={false}
        onChange={(value) => setKind(kinds.find((one) => one === value) ?? kind)}
      />
      <Quantity label={say("Quantity")} value={quantity} set={setQuantity} isFirst />
      <Line label={say("Reason")} value={reason} set={setReason} />
      {shelf.source === "pms" && (
        <p className="dim small">
          {say("A difference is noted here, and corrected in the pharmacy system by a person.")}
        </p>
      )}
    </FormDialog>
  )
}

export function PointDialog({ shelf, point, close }: DialogProps & { point: Point | undefined }) {
  const [value, setValue] = useState(point?.point ?? "")
  const [reason, setReason] = useState("")
  const { act, isBusy } = useAct()
  const isGivenBack = value.trim() === ""
  const set = { ndc: shelf.ndc, reason: reason.trim(), ...(isGivenBack ? {} : { point: value }) }
  const send = () =>
    void act(() => command("reordering", "override", set), say("The point is set.")).then(close)
  return (
    <FormDialog
      {...{ isBusy, send }}
      isReady={(isGivenBack || isQuantity(value)) && reason.trim() !== ""}
      title={say("Reorder point of {name}", { name: shelf.name })}
      verb={say("Set it")}
      close={() => close(false)}
    >
      {point && (
        <p className="dim small">
          {say("Reckoned from use: {n}. Leave it empty to go by that.", {
            n: amountText(point.reckoned),
          })}
        </p>
      )}
      <Quantity label={say("Reorder point")} value={value} set={setValue} isFirst />
      <Line label={say("Reason")} value={reason} set={setReason} />
    </FormDialog>
  )
}

export function AddDialog({ shelf, wholesalers, close }: DialogProps & { wholesalers: string[] }) {
  const [wholesaler, setWholesaler] = useState(wholesalers[0] ?? "")
  const [packs, setPacks] = useState("1")
  const { act, isBusy } = useAct()
  const wanted = { wholesaler, ndc: shelf.ndc, packs: Number(packs) }
  const send = () =>
    void act(() => command("reordering", "add", wanted), say("It is in the draft.")).then(close)
  return (
    <FormDialog
      {...{ isBusy, send }}
      isReady={/^[1-9]\d{0,3}$/.test(packs)}
      title={say("Order {name}", { name: shelf.name })}
      verb={say("Put into the draft")}
      close={() => close(false)}
    >
      <Select
        label={say("Wholesaler")}
        data={wholesalers}
        value={wholesaler}
        allowDeselect={false}
        onChange={(value) => setWholesaler(value ?? wholesaler)}
      />
      <Quantity label={say("Packages")} value={packs} set={setPacks} isFirst />
    </FormDialog>
  )
}

interface FieldProps {
  readonly label: string
  readonly value: string
  readonly set: (value: string) => void
  readonly isFirst?: boolean
}

export function Quantity({ label, value, set, isFirst = false }: FieldProps) {
  return (
    <TextInput
      label={label}
      inputMode="decimal"
      autoComplete="off"
      maxLength={11}
      value={value}
      onChange={({ currentTarget }) => set(currentTarget.value.replace(",", "."))}
      {...(isFirst ? { "data-autofocus": true } : {})}
    />
  )
}

export function Line({ label, value, set }: FieldProps) {
  return (
    <TextInput
      label={label}
      autoComplete="off"
      maxLength={300}
      value={value}
      onChange={({ currentTarget }) => set(currentTarget.value)}
    />
  )
}
