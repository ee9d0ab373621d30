/** Before a hold or an end: what will happen in plain words, and why it is asked for. */
import { TextInput } from "@mantine/core"
import { useState } from "react"
import { useAct } from "../account/use-act.ts"
import { command } from "../api.ts"
import { FormDialog } from "../parts/form-dialog.tsx"
import { say } from "../say.ts"

const BECAUSE_LENGTH_MIN = 3
const BECAUSE_LENGTH_MAX = 300

export interface PrivacyDialogProps {
  readonly patient: string
  readonly name: string
  readonly close: () => void
  readonly done: () => void
}

export function HoldDialog({ patient, name, close, done }: PrivacyDialogProps) {
  const [because, setBecause] = useState("")
  const { act, isBusy } = useAct()
  const send = async (): Promise<void> => {
    const input = { patient, because: because.trim() }
    if (await act(() => command("privacy", "hold", input), say("The hold stands."))) done()
  }
  return (
    <FormDialog
      title={say("Legal hold on {name}", { name })}
      verb={say("Put on legal hold")}
      isReady={because.trim().length >= BECAUSE_LENGTH_MIN}
      {...{ isBusy, close }}
      send={() => void send()}
    >
      <p>{say("Nothing of theirs is destroyed while it stands, whoever asks for it.")}</p>
      <Because because={because} set={setBecause} />
    </FormDialog>
  )
}

/** The name is typed, so that nobody erases the one they clicked last. */
export function EraseDialog({ patient, name, close, done }: PrivacyDialogProps) {
  const [because, setBecause] = useState("")
  const [typed, setTyped] = useState("")
  const { act, isBusy } = useAct()
  const isMeant = typed.trim().toLowerCase() === name.toLowerCase()
  const send = async (): Promise<void> => {
    const input = { patient, because: because.trim() }
    const isDone = await act(
      () => command("privacy", "erase", input),
      say("All that was kept here of the patient is destroyed."),
    )
    if (isDone) done()
  }
  return (
    <FormDialog
      title={say("Erase {name} for good", { name })}
      verb={say("Erase for good")}
      isReady={isMeant && because.trim().length >= BECAUSE_LENGTH_MIN}
      isGrave
      {...{ isBusy, close }}
      send={() => void send()}
    >
      <ul>
        <li>
          {say("Recordings, transcripts, texts, consents and notes of theirs are destroyed.")}
        </li>
        <li>{say("A number that said stop stays on file, so that no text is sent to it.")}</li>
        <li>{say("Their key is destroyed, so every backup forgets them, too.")}</li>
        <li>{say("The pharmacy system keeps its own record: this does not touch it.")}</li>
        <li>{say("The audit log keeps that it was done, by number, without a name.")}</li>
        <li>{say("Nobody can take it back: not you, not the operator, not we.")}</li>
      </ul>
      <TextInput
        label={say("Type the name: {name}", { name })}
        autoComplete="off"
        data-autofocus
        value={typed}
        onChange={({ currentTarget }) => setTyped(currentTarget.value)}
      />
      <Because because={because} set={setBecause} />
    </FormDialog>
  )
}

function Because({ because, set }: { because: string; set: (because: string) => void }) {
  return (
    <TextInput
      label={say("Reason")}
      maxLength={BECAUSE_LENGTH_MAX}
      autoComplete="off"
      value={because}
      onChange={({ currentTarget }) => set(currentTarget.value)}
    />
  )
}
