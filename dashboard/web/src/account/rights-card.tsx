/** Taking another role's rights in an emergency: for a while, with a reason, and not quietly. */
import { Button, Select, Textarea } from "@mantine/core"
import { type FormEvent, useState } from "react"
import { command } from "../api.ts"
import { Card } from "../parts/card.tsx"
import { say } from "../say.ts"
import type { Person, Role } from "../session.ts"
import { inWords, timeOfDay } from "../words.ts"
import { useAct } from "./use-act.ts"

const everyRole: readonly Role[] = ["technician", "pharmacist", "manager", "operator"]
const spans = ["15", "30", "60"] as const
const REASON_LENGTH_MIN = 10
const REASON_LENGTH_MAX = 500

export interface RightsCardProps {
  readonly person: Person
  readonly changed: () => void
}

export function RightsCard({ person, changed }: RightsCardProps) {
  const { glass } = person
  return (
    <Card title={say("In an emergency")}>
      {glass ? (
        <p>
          {say("You have the rights of another role until {time}: {role}.", {
            time: timeOfDay(glass.untilMs),
            role: inWords(glass.role),
          })}
        </p>
      ) : (
        <TakeRights role={person.role} changed={changed} />
      )}
      {glass && <GiveBack changed={changed} />}
    </Card>
  )
}

/** Ends what was taken; stands in the banner, too. */
export function GiveBack({ changed }: { changed: () => void }) {
  const { act, isBusy } = useAct()
  const giveBack = async (): Promise<void> => {
    const done = say("The rights are given back.")
    if (await act(() => command("sessions", "giveBackRights", {}), done)) changed()
  }
  return (
    <Button variant="default" size="compact-md" loading={isBusy} onClick={() => void giveBack()}>
      {say("Give the rights back")}
    </Button>
  )
}

function TakeRights({ role: own, changed }: { role: Role; changed: () => void }) {
  const others = everyRole.filter((one) => one !== own)
  const [role, setRole] = useState<Role | undefined>(others[0])
  const [minutes, setMinutes] = useState<string>(spans[0])
  const [reason, setReason] = useState("")
  const { act, isBusy } = useAct()
  const submit = async (event: FormEvent): Promise<void> => {
    event.preventDefault()
    if (!role) return
    const wanted = { role, minutes: Number(minutes), reason: reason.trim() }
    const done = say("Taken. Managers have been told.")
    if (await act(() => command("sessions", "takeRights", wanted), done)) changed()
  }
  return (
    <form className="stack wide" onSubmit={(event) => void submit(event)}>
      <p className="dim">
        {say("Take the rights of another role when nobody who has them can be reached.")}{" "}
        {say("Every manager is told at once, and everything you do is marked in the log.")}
      </p>
      <Select
        label={say("Rights of")}
        data={others.map((one) => ({ value: one, label: inWords(one) }))}
        value={role ?? null}
        allowDeselect={false}
        onChange={(value) => setRole(everyRole.find((one) => one === value))}
      />
      <Select
        label={say("For")}
        data={spans.map((one) => ({ value: one, label: say("{count} minutes", { count: one }) }))}
        value={minutes}
        allowDeselect={false}
        onChange={(value) => setMinutes(value ?? spans[0])}
      />
      <Textarea
        label={say("Reason")}
        description={say("Managers read it. Ten characters or more.")}
        autosize
        minRows={2}
        maxLength={REASON_LENGTH_MAX}
        value={reason}
        onChange={({ currentTarget }) => setReason(currentTarget.value)}
      />
      <Button
        type="submit"
        color="red"
        variant="outline"
        className="grave"
        loading={isBusy}
        disabled={reason.trim().length < REASON_LENGTH_MIN}
      >
        {say("Take the rights")}
      </Button>
    </form>
  )
}
