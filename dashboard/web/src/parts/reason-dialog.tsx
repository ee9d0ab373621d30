/** Asks why, before a refusal or an escalation: the next person has to know. */
import { Select, Textarea } from "@mantine/core"
import { useState } from "react"
import { say } from "../say.ts"
import { tierName } from "../words.ts"
import { FormDialog } from "./form-dialog.tsx"

export interface ReasonDialogProps {
  readonly title: string
  readonly verb: string
  /** Tiers to choose from, when the item is to move. */
  readonly tiers?: readonly number[]
  /** As many characters as whoever keeps it takes. */
  readonly lengthMax?: number
  readonly close: () => void
  readonly give: (reason: string, tier: number | undefined) => void
}

const REASON_LENGTH_MAX = 500

export function ReasonDialog(props: ReasonDialogProps) {
  const { title, verb, tiers, lengthMax = REASON_LENGTH_MAX, close, give } = props
  const [reason, setReason] = useState("")
  const [tier, setTier] = useState(tiers?.[0])
  const isReady = reason.trim() !== ""
  const send = (): void => give(reason.trim(), tier)
  const choices = (tiers ?? []).map((one) => ({ value: `${one}`, label: tierName(one) }))
  return (
    <FormDialog {...{ title, verb, isReady, close, send }} isBusy={false}>
      {tiers && (
        <Select
          label={say("Put it before")}
          data={choices}
          value={`${tier}`}
          allowDeselect={false}
          onChange={(value) => setTier(Number(value))}
        />
      )}
      <Textarea
        label={say("Reason")}
        description={say("Others will read it. Ctrl and Enter to send.")}
        autosize
        minRows={3}
        maxLength={lengthMax}
        data-autofocus
        value={reason}
        onChange={({ currentTarget }) => setReason(currentTarget.value)}
        onKeyDown={({ key, ctrlKey, metaKey }) => {
          if (key === "Enter" && (ctrlKey || metaKey) && isReady) send()
        }}
      />
    </FormDialog>
  )
}
