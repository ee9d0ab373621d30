/** The frame around every page: who is signed in, where one can go, whether the feed is alive. */
import { Loader } from "@mantine/core"
import { useCallback, useEffect, useState } from "react"
import { get } from "./api.ts"
import { Live, LiveContext } from "./live.ts"
import { Login } from "./pages/login.tsx"
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

  useEffect(() => {
    void get("/site").then(setSite, () => undefined)
    void whoIsSignedIn().then(
      (person) => setKnown({ person }),
      () => setKnown({ person: undefined }),
    )
  }, [])

  const left = useCallback(() => setKnown({ person: undefined }), [])
  if (known === "asking")
    return (
      <main className="centre">
        <Loader role="status" aria-label={say("Loading")} />
      </main>
    )
  const { person } = known
  if (!person) return <Login site={site} signedIn={(next) => setKnown({ person: next })} />
  return <SignedIn site={site} person={person} left={left} />
}

interface SignedInProps {
  readonly site: Site
  readonly person: Person
  readonly left: () => void
}

function SignedIn({ site, person, left }: SignedInProps) {
  const [live, setLive] = useState<Live>()
  useEffect(() => {
    const feed = new Live(left)
    feed.open()
    setLive(feed)
    return () => feed.close()
  }, [left])
  const leave = () => void signOut().finally(left)
  if (!live) return null
  return (
    <LiveContext value={live}>
      <Shell site={site} person={person} leave={leave} />
    </LiveContext>
  )
}
