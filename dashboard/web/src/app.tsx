/** The frame around every page: who is signed in, where one can go, whether the feed is alive. */
import { Loader } from "@mantine/core"
import { useCallback, useEffect, useState } from "react"
import { LockScreen } from "./account/lock-screen.tsx"
import { ProofDialog } from "./account/proof-dialog.tsx"
import { usePresence } from "./account/use-presence.ts"
import { get } from "./api.ts"
import { Live, LiveContext } from "./live.ts"
import { Login } from "./pages/login.tsx"
import { SetUpPage } from "./pages/set-up.tsx"
import { say } from "./say.ts"
import { type Person, signOut, whoIsSignedIn } from "./session.ts"
import { Shell } from "./shell.tsx"

export interface Site {
  readonly name: string
}

type Known = { readonly person: Person | undefined } | "asking"

export function App() {
  const [known, setKnown] = useState<Known>("asking")
  const [site, setSite] = useState<Site>({ name: "Mortar" })
  const look = useCallback(async () => {
    const person = await whoIsSignedIn().catch(() => undefined)
    setKnown({ person })
  }, [])

  useEffect(() => {
    void get("/site").then(setSite, () => undefined)
    void look()
  }, [look])

  const leave = useCallback(() => {
    void signOut()
      .catch(() => undefined)
      .finally(() => setKnown({ person: undefined }))
  }, [])
  if (known === "asking")
    return (
      <main className="centre">
        <Loader role="status" aria-label={say("Loading")} />
      </main>
    )
  const { person } = known
  if (!person) return <Login site={site} signedIn={look} />
  const frame = { site, person, look, leave }
  return person.lacks.includes("set_up") ? <SettingUp {...frame} /> : <SignedIn {...frame} />
}

interface SignedInProps {
  readonly site: Site
  readonly person: Person
  /** Asks the server anew who is there and how. */
  readonly look: () => Promise<void>
  readonly leave: () => void
}

function SignedIn({ site, person, look, leave }: SignedInProps) {
  const { isLocked } = person
  const [live, setLive] = useState<Live>()
  const shut = useCallback(() => void look(), [look])
  usePresence(isLocked, shut)
  useEffect(() => {
    if (isLocked) return
    const feed = new Live(shut)
    feed.open()
    setLive(feed)
    return () => feed.close()
  }, [isLocked, shut])
  return (
    <>
      {live && (
        <LiveContext value={live}>
          <Shell site={site} person={person} look={shut} leave={leave} />
        </LiveContext>
      )}
      <ProofDialog />
      {isLocked && <LockScreen person={person} unlocked={shut} leave={leave} />}
    </>
  )
}

/** Nothing but one's own account is open until a password or a second factor is chosen. */
function SettingUp({ person, look, leave }: SignedInProps) {
  const shut = useCallback(() => void look(), [look])
  usePresence(person.isLocked, shut)
  return (
    <>
      <SetUpPage person={person} done={shut} leave={leave} />
      <ProofDialog />
      {person.isLocked && <LockScreen person={person} unlocked={shut} leave={leave} />}
    </>
  )
}
