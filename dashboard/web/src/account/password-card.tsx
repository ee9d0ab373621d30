/** Choosing another password, and the PIN that unlocks the screen. */
import { Button, Group, PasswordInput, Title } from "@mantine/core"
import { type FormEvent, useState } from "react"
import { command } from "../api.ts"
import { say } from "../say.ts"
import { useAct } from "./use-act.ts"

const PASSWORD_LENGTH_MAX = 200

export function PasswordCard({ changed }: { changed: () => void }) {
  const [password, setPassword] = useState("")
  const [next, setNext] = useState("")
  const { isBusy, act } = useAct()
  const submit = async (event: FormEvent): Promise<void> => {
    event.preventDefault()
    const change = () => command("staff-accounts", "changePassword", { password, next })
    if (!(await act(change, say("The password is changed. Other screens are signed out.")))) return
    setPassword("")
    setNext("")
    changed()
  }
  return (
    <form className="card" onSubmit={(event) => void submit(event)}>
      <Title order={2} size="h4">
        {say("Password")}
      </Title>
      <PasswordInput
        className="field"
        label={say("Present password")}
        autoComplete="current-password"
        maxLength={PASSWORD_LENGTH_MAX}
        required
        withAsterisk={false}
        value={password}
        onChange={({ currentTarget }) => setPassword(currentTarget.value)}
      />
      <PasswordInput
        className="field"
        label={say("New password")}
        description={say("A phrase of fifteen characters or more, without your name.")}
        autoComplete="new-password"
        maxLength={PASSWORD_LENGTH_MAX}
        required
        withAsterisk={false}
        value={next}
        onChange={({ currentTarget }) => setNext(currentTarget.value)}
      />
      <Button type="submit" loading={isBusy}>
        {say("Change the password")}
      </Button>
    </form>
  )
}

const PIN = /^\d{4,8}$/

export function PinCard({ hasPin, changed }: { hasPin: boolean; changed: () => void }) {
  const [pin, setPin] = useState("")
  const { isBusy, act } = useAct()
  const set = async (input: { pin?: string }, done: string): Promise<void> => {
    if (!(await act(() => command("staff-accounts", "setPin", input), done))) return
    setPin("")
    changed()
  }
  const submit = (event: FormEvent): void => {
    event.preventDefault()
    void set({ pin }, say("The PIN unlocks your screens now."))
  }
  return (
    <form className="card" onSubmit={submit}>
      <Title order={2} size="h4">
        {say("PIN for the locked screen")}
      </Title>
      <p className="dim">
        {say("It unlocks a screen on which you are signed in, and opens nothing else.")}
      </p>
      <PasswordInput
        className="field"
        label={hasPin ? say("New PIN") : say("PIN")}
        description={say("Four to eight digits.")}
        inputMode="numeric"
        autoComplete="off"
        value={pin}
        onChange={({ currentTarget }) => setPin(currentTarget.value)}
      />
      <Group>
        <Button type="submit" loading={isBusy} disabled={!PIN.test(pin)}>
          {say("Set the PIN")}
        </Button>
        {hasPin && (
          <Button variant="default" onClick={() => void set({}, say("The PIN is gone."))}>
            {say("Do without a PIN")}
          </Button>
        )}
      </Group>
    </form>
  )
}
