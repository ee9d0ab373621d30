/** Asks why, before a refusal or an escalation: the next person has to know. */
import { Button, Group, Modal, Select, Stack, Textarea } from "@mantine/core"
import { type FormEvent, useState } from "react"
import { say } from "../say.ts"
import { tierName } from "../words.ts"

export interface ReasonDialogProps {
  readonly title: string
  readonly verb: string
  /** Tiers to choose from, when the item is to move. */
  readonly tiers?: readonly number[]
  readonly close: () => void
  readonly give: (reason: string, tier: number | undefined) => void
}

const REASON_LENGTH_MAX = 500

export function ReasonDialog({ title, verb, tiers, close, give }: ReasonDialogProps) {
  const [reason, setReason] = useState("")
  const [tier, setTier] = useState(tiers?.[0])
  const submit = (event: FormEvent): void => {
    event.preventDefault()
    if (reason.trim()) give(reason.trim(), tier)
  }
  const choices = (tiers ?? []).map((one) => ({ value: `${one}`, label: tierName(one) }))
  return (
    <Modal
      opened
      onClose={close}
      title={title}
      centered
      closeButtonProps={{ "aria-label": say("Close") }}
    >
      <form onSubmit={submit}>
        <Stack>
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
            maxLength={REASON_LENGTH_MAX}
            data-autofocus
            value={reason}
            onChange={({ currentTarget }) => setReason(currentTarget.value)}
            onKeyDown={(event) => {
              if (event.key === "Enter" && (event.ctrlKey || event.metaKey)) submit(event)
            }}
          />
          <Group justify="flex-end">
            <Button variant="default" onClick={close}>
              {say("Cancel")}
            </Button>
            <Button type="submit" disabled={!reason.trim()}>
              {verb}
            </Button>
          </Group>
        </Stack>
      </form>
    </Modal>
  )
}
