/** One thing that shows it is still the same person: PIN, password, code or passkey. */
import { Alert, Button, Group, PasswordInput, Stack, TextInput } from "@mantine/core"
import { type FormEvent, useState } from "react"
import type { Factor } from "../../../../modules/sessions/contract.ts"
import { say } from "../say.ts"
import { troubleOf } from "../use-loaded.ts"
import { canUsePasskeys, signWithPasskey } from "./passkeys.ts"

type Way = "pin" | "password" | "code"

export interface FactorFormProps {
  readonly ways: readonly Way[]
  readonly verb: string
  /** Throws what is to be said when it was not right. */
  readonly give: (factor: Factor) => Promise<void>
}

export function FactorForm({ ways, verb, give }: FactorFormProps) {
  const [way, setWay] = useState<Way>(ways[0] ?? "password")
  const [typed, setTyped] = useState("")
  const [trouble, setTrouble] = useState<string>()
  const [isBusy, setBusy] = useState(false)

  const send = async (factor: () => Promise<Factor>): Promise<void> => {
    setBusy(true)
    setTrouble(undefined)
    try {
      await give(await factor())
    } catch (error) {
      setTrouble(troubleOf(error).message)
    } finally {
      setBusy(false)
      setTyped("")
    }
  }
  const submit = (event: FormEvent): void => {
    event.preventDefault()
    if (typed) void send(async () => typedFactor(way, typed))
  }
  const turnTo = (next: Way): void => {
    setWay(next)
    setTyped("")
    setTrouble(undefined)
  }

  return (
    <form onSubmit={submit}>
      <Stack>
        {trouble && (
          <Alert color="red" variant="outline" role="alert" className="login-trouble">
            {trouble}
          </Alert>
        )}
        <FactorField key={way} way={way} typed={typed} setTyped={setTyped} />
        <Button type="submit" size="md" loading={isBusy}>
          {verb}
        </Button>
        <Group gap="xs" justify="center">
          {ways
            .filter((one) => one !== way)
            .map((one) => (
              <Button key={one} variant="subtle" size="compact-sm" onClick={() => turnTo(one)}>
                {insteadWith(one)}
              </Button>
            ))}
          {canUsePasskeys() && (
            <Button
              variant="subtle"
              size="compact-sm"
              onClick={() => void send(async () => ({ passkey: await signWithPasskey() }))}
            >
              {say("Use a passkey")}
            </Button>
          )}
        </Group>
      </Stack>
    </form>
  )
}

interface FactorFieldProps {
  readonly way: Way
  readonly typed: string
  readonly setTyped: (typed: string) => void
}

function FactorField({ way, typed, setTyped }: FactorFieldProps) {
  const shared = {
    value: typed,
    "data-autofocus": true,
    autoFocus: true,
    onChange: ({ currentTarget }: { currentTarget: HTMLInputElement }) =>
      setTyped(currentTarget.value),
  }
  if (way === "password")
    return <PasswordInput label={say("Password")} autoComplete="current-password" {...shared} />
  if (way === "pin")
    return <PasswordInput label={say("PIN")} inputMode="numeric" autoComplete="off" {...shared} />
  return (
    <TextInput
      label={say("Code")}
      description={say("From the app on your telephone, or a recovery code.")}
      autoComplete="one-time-code"
      {...shared}
    />
  )
}

function typedFactor(way: Way, typed: string): Factor {
  if (way === "pin") return { pin: typed }
  return way === "code" ? { code: typed } : { password: typed }
}

function insteadWith(way: Way): string {
  if (way === "pin") return say("Use the PIN")
  return way === "code" ? say("Use a code") : say("Use the password")
}
