/** Signing in. The same words whatever was wrong. */
import { Alert, Button, Paper, PasswordInput, Stack, TextInput, Title } from "@mantine/core"
import { type FormEvent, useEffect, useState } from "react"
import { canUsePasskeys, signWithPasskey } from "../account/passkeys.ts"
import { Trouble } from "../api.ts"
import type { Site } from "../app.tsx"
import { say } from "../say.ts"
import { signIn, signInWithPasskey } from "../session.ts"
import { troubleOf } from "../use-loaded.ts"

export interface LoginProps {
  readonly site: Site
  readonly signedIn: () => Promise<void>
}

export function Login({ site, signedIn }: LoginProps) {
  const [user, setUser] = useState("")
  const [password, setPassword] = useState("")
  /** Asked for once the password was right; undefined before. */
  const [code, setCode] = useState<string>()
  const [trouble, setTrouble] = useState<string>()
  const [isBusy, setBusy] = useState(false)
  useEffect(() => {
    document.title = `${say("Sign in")} · ${site.name}`
  }, [site])

  const enter = async (how: () => Promise<void>): Promise<void> => {
    setBusy(true)
    setTrouble(undefined)
    try {
      await how()
      await signedIn()
    } catch (error) {
      if (error instanceof Trouble && error.code === "second_factor") setCode("")
      else {
        setTrouble(troubleOf(error).message)
        if (code === undefined) setPassword("")
        else setCode("")
      }
    } finally {
      setBusy(false)
    }
  }
  const submit = (event: FormEvent): void => {
    event.preventDefault()
    const given = { user: user.trim(), password, ...(code === undefined ? {} : { code }) }
    void enter(() => signIn(given))
  }
  const withPasskey = (): void => void enter(async () => signInWithPasskey(await signWithPasskey()))
  const again = (): void => {
    setCode(undefined)
    setPassword("")
    setTrouble(undefined)
  }

  return (
    <main className="centre">
      <Paper className="login" p="xl" withBorder>
        <form onSubmit={submit}>
          <Stack>
            <Welcome site={site} />
            {trouble && (
              <Alert color="red" variant="outline" role="alert" className="login-trouble">
                {trouble}
              </Alert>
            )}
            {code === undefined ? (
              <NameAndPassword {...{ user, setUser, password, setPassword }} />
            ) : (
              <CodeField code={code} setCode={setCode} />
            )}
            <Button type="submit" size="md" loading={isBusy}>
              {say("Sign in")}
            </Button>
            <OtherWays withPasskey={withPasskey} again={code === undefined ? undefined : again} />
          </Stack>
        </form>
      </Paper>
    </main>
  )
}

interface OtherWaysProps {
  readonly withPasskey: () => void
  /** Absent while there is nothing to start over. */
  readonly again: (() => void) | undefined
}

function OtherWays({ withPasskey, again }: OtherWaysProps) {
  return (
    <>
      {canUsePasskeys() && (
        <Button variant="default" onClick={withPasskey}>
          {say("Use a passkey")}
        </Button>
      )}
      {again && (
        <Button variant="subtle" onClick={again}>
          {say("Start over")}
        </Button>
      )}
    </>
  )
}

function Welcome({ site }: { site: Site }) {
  return (
    <>
      <img src="/icon.svg" alt="" width={44} height={44} />
      <div>
        <Title order={1} size="h2">
          {site.name}
        </Title>
        <p className="dim">{say("Sign in to the staff pages.")}</p>
      </div>
    </>
  )
}

interface NameAndPasswordProps {
  readonly user: string
  readonly setUser: (user: string) => void
  readonly password: string
  readonly setPassword: (password: string) => void
}

function NameAndPassword({ user, setUser, password, setPassword }: NameAndPasswordProps) {
  return (
    <>
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
    </>
  )
}

function CodeField({ code, setCode }: { code: string; setCode: (code: string) => void }) {
  return (
    <TextInput
      label={say("Code")}
      description={say("From the app on your telephone, or a recovery code.")}
      autoComplete="one-time-code"
      autoFocus
      required
      withAsterisk={false}
      value={code}
      onChange={({ currentTarget }) => setCode(currentTarget.value)}
    />
  )
}
