/** Signing in. The same words whatever was wrong. */
import { Alert, Button, Paper, PasswordInput, Stack, TextInput, Title } from "@mantine/core"
import { type FormEvent, useEffect, useState } from "react"
import type { Site } from "../app.tsx"
import { say } from "../say.ts"
import { type Person, signIn } from "../session.ts"
import { troubleOf } from "../use-loaded.ts"

export interface LoginProps {
  readonly site: Site
  readonly signedIn: (person: Person) => void
}

export function Login({ site, signedIn }: LoginProps) {
  const [user, setUser] = useState("")
  const [password, setPassword] = useState("")
  const [trouble, setTrouble] = useState<string>()
  const [isBusy, setBusy] = useState(false)
  useEffect(() => {
    document.title = `${say("Sign in")} · ${site.name}`
  }, [site])

  const submit = async (event: FormEvent): Promise<void> => {
    event.preventDefault()
    setBusy(true)
    try {
      signedIn(await signIn(user.trim(), password))
    } catch (error) {
      setTrouble(troubleOf(error).message)
      setPassword("")
    } finally {
      setBusy(false)
    }
  }

  return (
    <main className="centre">
      <Paper className="login" p="xl" withBorder>
        <form onSubmit={(event) => void submit(event)}>
          <Stack>
            <img src="/icon.svg" alt="" width={44} height={44} />
            <div>
              <Title order={1} size="h2">
                {site.name}
              </Title>
              <p className="dim">{say("Sign in to the staff pages.")}</p>
            </div>
            {trouble && (
              <Alert color="red" variant="outline" role="alert" className="login-trouble">
                {trouble}
              </Alert>
            )}
            <TextInput
              label={say("User name")}
              autoComplete="username"
              autoCapitalize="none"
              spellCheck={false}
              autoFocus
              required
              withAsterisk={false}
              value={user}
              onChange={({ currentTarget }) => setUser(currentTarget.value)}
            />
            <PasswordInput
              label={say("Password")}
              autoComplete="current-password"
              required
              withAsterisk={false}
              value={password}
              onChange={({ currentTarget }) => setPassword(currentTarget.value)}
            />
            <Button type="submit" size="md" loading={isBusy}>
              {say("Sign in")}
            </Button>
          </Stack>
        </form>
      </Paper>
    </main>
  )
}
