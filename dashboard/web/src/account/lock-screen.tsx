/**
 * Covers everything until its person comes back; what is beneath stays as it was. Nothing beneath
 * can be read, reached by keys or by an assistive program meanwhile.
 */
import "./account.css"
import { Button, Paper, Stack, Title } from "@mantine/core"
import { useLayoutEffect, useRef } from "react"
import { createPortal } from "react-dom"
import { post } from "../api.ts"
import { say } from "../say.ts"
import type { Person } from "../session.ts"
import { FactorForm } from "./factor-form.tsx"

export interface LockScreenProps {
  readonly person: Person
  readonly unlocked: () => void
  readonly leave: () => void
}

export function LockScreen({ person, unlocked, leave }: LockScreenProps) {
  const cover = useRef<HTMLDivElement>(null)
  useCover(cover)
  const unlock = async (factor: object): Promise<void> => {
    await post("/v1/sessions/unlock", { factor })
    unlocked()
  }
  const ways = [...(person.hasPin ? (["pin"] as const) : []), "password", "code"] as const
  return createPortal(
    <div ref={cover} className="lock">
      <main className="centre">
        <Paper className="login" p="xl" withBorder>
          <Stack>
            <img src="/icon.svg" alt="" width={44} height={44} />
            <div>
              <Title order={1} size="h2">
                {say("Locked")}
              </Title>
              <p className="dim">
                {say("{user}, your work is as you left it.", { user: person.user })}
              </p>
            </div>
            <FactorForm ways={ways} verb={say("Unlock")} give={unlock} />
            <Button variant="default" onClick={leave}>
              {say("Sign out")}
            </Button>
          </Stack>
        </Paper>
      </main>
    </div>,
    document.body,
  )
}

function useCover(cover: React.RefObject<HTMLDivElement | null>): void {
  // Before the browser paints: not for one frame does anything show through.
  useLayoutEffect(() => {
    const beneath = [...document.body.children].filter((one) => one !== cover.current)
    const wasInert = beneath.map((one) => one.hasAttribute("inert"))
    for (const one of beneath) one.setAttribute("inert", "")
    document.body.classList.add("is-locked")
    // One key is one act on the pages: while they are covered, none reaches them.
    const hold = (event: KeyboardEvent): void => {
      const isInside = event.target instanceof Node && cover.current?.contains(event.target)
      if (!isInside || event.ctrlKey || event.metaKey) event.stopPropagation()
    }
    addEventListener("keydown", hold, { capture: true })
    return () => {
      removeEventListener("keydown", hold, { capture: true })
      document.body.classList.remove("is-locked")
      for (const [index, one] of beneath.entries()) {
        if (!wasInert[index]) one.removeAttribute("inert")
      }
    }
  }, [cover])
}
