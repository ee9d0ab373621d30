/** What a person did outside is noted here: the letter that was sent, and what the plan said. */
import { NumberInput, SegmentedControl, Select, TextInput } from "@mantine/core"
import { useState } from "react"
import { useAct } from "../account/use-act.ts"
import { command } from "../api.ts"
import { FormDialog } from "../parts/form-dialog.tsx"
import { say } from "../say.ts"

const HOURS_MAX = 2_160
const NUMBER = /^\d{1,11}$/
const REFERENCE_MAX = 80
const REASON_MAX = 200

export interface AuthDialogProps {
  readonly priorAuth: string
  readonly close: () => void
  readonly done: () => void
}

export function SentDialog({ priorAuth, letter, close, done }: SentDialogProps) {
  const [how, setHow] = useState<"portal" | "fax" | "phone">("portal")
  const [reference, setReference] = useState("")
  const [hours, setHours] = useState<number>()
  const { act, isBusy } = useAct()
  const send = async (): Promise<void> => {
    const noted = {
      ...{ priorAuth, letter, how },
      ...(reference.trim() && { reference: reference.trim() }),
      ...(hours !== undefined && { dueInHours: hours }),
    }
    const work = () => command("prior-auth", "submit", noted)
    if (await act(work, say("It is with the plan. You are told when its time is over."))) done()
  }
  return (
    <FormDialog
      title={say("The letter was sent")}
      verb={say("Note that it was sent")}
      isReady
      isBusy={isBusy}
      close={close}
      send={() => void send()}
    >
      <p>{say("This sends nothing. It notes that you have sent the letter to the plan.")}</p>
      <Select
        label={say("How it went")}
        data={[
          { value: "portal", label: say("The plan's own page") },
          { value: "fax", label: say("Fax") },
          { value: "phone", label: say("Telephone") },
        ]}
        value={how}
        allowDeselect={false}
        onChange={(value) => {
          if (value === "portal" || value === "fax" || value === "phone") setHow(value)
        }}
      />
      <TextInput
        label={say("The plan's reference")}
        value={reference}
        maxLength={REFERENCE_MAX}
        onChange={({ currentTarget }) => setReference(currentTarget.value)}
      />
      <NumberInput
        label={say("Hours that the plan has to answer")}
        description={say("The usual time when you leave it empty.")}
        min={1}
        max={HOURS_MAX}
        allowDecimal={false}
        hideControls
        value={hours ?? ""}
        onChange={(value) => setHours(typeof value === "number" ? value : undefined)}
      />
    </FormDialog>
  )
}

interface SentDialogProps extends AuthDialogProps {
  readonly letter: string
}

export function AnswerDialog({ priorAuth, close, done }: AuthDialogProps) {
  const [said, setSaid] = useState("approved")
  const [number, setNumber] = useState("")
  const [until, setUntil] = useState("")
  const { act, isBusy } = useAct()
  const isApproved = said === "approved"
  const isReady = !isApproved || number === "" || NUMBER.test(number)
  const send = async (): Promise<void> => {
    const given = {
      ...(number && { number }),
      ...(until && { validUntil: until }),
    }
    const work = () =>
      command("prior-auth", "answer", { priorAuth, isApproved, ...(isApproved ? given : {}) })
    if (await act(work, say("Noted. The patient is told that there is news."))) done()
  }
  return (
    <FormDialog
      title={say("What the plan answered")}
      verb={say("Note the answer")}
      isReady={isReady}
      isBusy={isBusy}
      close={close}
      send={() => void send()}
    >
      <SegmentedControl
        aria-label={say("What the plan answered")}
        value={said}
        onChange={setSaid}
        data={[
          { value: "approved", label: say("Approved") },
          { value: "denied", label: say("Denied") },
        ]}
      />
      {isApproved ? (
        <>
          <TextInput
            label={say("Number of the prior authorisation")}
            description={say("Digits, as the claim has to carry them.")}
            value={number}
            maxLength={11}
            error={!isReady && say("Digits only, eleven at most.")}
            onChange={({ currentTarget }) => setNumber(currentTarget.value.trim())}
          />
          <TextInput
            type="date"
            label={say("Good until")}
            value={until}
            onChange={({ currentTarget }) => setUntil(currentTarget.value)}
          />
        </>
      ) : (
        <p>{say("It is over then. A technician is asked to speak with the prescriber.")}</p>
      )}
    </FormDialog>
  )
}

export function CloseDialog({ priorAuth, close, done }: AuthDialogProps) {
  const [reason, setReason] = useState("")
  const { act, isBusy } = useAct()
  const send = async (): Promise<void> => {
    const work = () => command("prior-auth", "close", { priorAuth, reason: reason.trim() })
    if (await act(work, say("Closed."))) done()
  }
  return (
    <FormDialog
      title={say("Not needed any more")}
      verb={say("Close it")}
      isReady={reason.trim() !== ""}
      isBusy={isBusy}
      close={close}
      send={() => void send()}
    >
      <p>{say("Nothing more is done about it. The patient is not told.")}</p>
      <TextInput
        label={say("Why")}
        placeholder={say("The claim was paid without it.")}
        value={reason}
        maxLength={REASON_MAX}
        onChange={({ currentTarget }) => setReason(currentTarget.value)}
      />
    </FormDialog>
  )
}
