/**
 * One step as a form that saves on its own, with why. When somebody else was faster it says who,
 * and what was typed stays until one chooses to see what is there now.
 */
import { Alert, Button, TextInput, Title } from "@mantine/core"
import { type FormEvent, type ReactNode, useState } from "react"
import type { SetUp } from "../../../../modules/store-info/contract.ts"
import { closing, useAct } from "../account/use-act.ts"
import { command, Trouble } from "../api.ts"
import { say } from "../say.ts"
import type { Person } from "../session.ts"
import { timeOfDay } from "../words.ts"

const REASON_LENGTH_MAX = 200

/** How the pharmacy is set up, as one revision has it. */
export type Shown = Awaited<ReturnType<typeof loadSetUp>>

export const loadSetUp = () => command("store-info", "setUp", {})

export interface PartProps {
  readonly shown: Shown
  /** Loads what is there now, and begins with it again. */
  readonly again: () => void
  /** Something beside the form changed: what is missing is looked at again. */
  readonly changed: () => void
  readonly person: Person
}

export interface PartFormProps extends Pick<PartProps, "shown" | "again"> {
  readonly title: string
  readonly intro: string
  /** What is saved; undefined while something in the form cannot be. */
  readonly parts: () => Partial<SetUp> | undefined | Promise<Partial<SetUp> | undefined>
  /** Shows a fault beside its field; false when it has none here. */
  readonly point: (code: string) => boolean
  readonly children: ReactNode
}

export function PartForm({ shown, again, title, intro, parts, point, children }: PartFormProps) {
  const [reason, setReason] = useState("")
  const [first, setFirst] = useState<Shown["last"]>()
  const { act, isBusy } = useAct()
  const save = async (): Promise<void> => {
    point("")
    const changed = await parts()
    if (!changed) return
    const { revision } = shown
    const saved = await command("store-info", "change", { revision, reason, parts: changed }).catch(
      async (trouble: unknown) => {
        if (!(trouble instanceof Trouble)) throw trouble
        if (trouble.code === "stale") return void setFirst((await loadSetUp()).last)
        if (!point(trouble.code)) throw trouble
      },
    )
    if (saved) again()
  }
  const submit = (event: FormEvent): void => {
    event.preventDefault()
    void act(save)
  }
  return (
    <form className="card card-wide" onSubmit={submit} aria-label={title}>
      <Title order={2} size="h4">
        {title}
      </Title>
      <p className="dim">{intro}</p>
      {children}
      <TextInput
        className="field"
        label={say("Why")}
        description={say("It stands in the history, with your name.")}
        required
        withAsterisk={false}
        maxLength={REASON_LENGTH_MAX}
        autoComplete="off"
        value={reason}
        onChange={({ currentTarget }) => setReason(currentTarget.value)}
      />
      {first && (
        <Alert
          role="alert"
          color="orange"
          title={say("Not done")}
          closeButtonLabel={closing()["aria-label"]}
        >
          <p>
            {say("{user} changed this at {time}. What you typed is still here.", {
              user: first.by,
              time: timeOfDay(first.atMs),
            })}
          </p>
          <Button variant="default" onClick={again}>
            {say("Show what is there now")}
          </Button>
        </Alert>
      )}
      <Button type="submit" loading={isBusy}>
        {say("Save")}
      </Button>
    </form>
  )
}

/** What is wrong, below the fields it is about. */
export function FieldTrouble({ says }: { says: string | undefined }) {
  return says === undefined ? null : (
    <p className="field-trouble" role="alert">
      {says}
    </p>
  )
}
