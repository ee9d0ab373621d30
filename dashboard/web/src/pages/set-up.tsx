/** What has to be chosen before the other pages open: a password of one's own, a second factor. */
import "../account/account.css"
import { Button, Title } from "@mantine/core"
import { useEffect } from "react"
import { FactorsCard } from "../account/factors-card.tsx"
import { PasswordCard } from "../account/password-card.tsx"
import { Live, LiveContext } from "../live.ts"
import { say } from "../say.ts"
import type { Person } from "../session.ts"

export interface SetUpPageProps {
  readonly person: Person
  readonly done: () => void
  readonly leave: () => void
}

/** Nothing happens on this page but what is done here, so the feed stays shut. */
const silent = new Live(() => undefined)

export function SetUpPage({ person, done, leave }: SetUpPageProps) {
  useEffect(() => {
    document.title = say("Before you begin")
  }, [])
  return (
    <LiveContext value={silent}>
      <main className="set-up">
        <Title order={1} size="h2">
          {say("Before you begin")}
        </Title>
        <p className="dim">
          {person.mustChangePassword
            ? say("A manager chose your password. Choose one that only you know.")
            : say("This pharmacy asks for a second factor. Add one; then the pages open.")}
        </p>
        {person.mustChangePassword ? (
          <PasswordCard changed={done} />
        ) : (
          <FactorsCard changed={done} />
        )}
        <Button variant="default" onClick={leave}>
          {say("Sign out")}
        </Button>
      </main>
    </LiveContext>
  )
}
