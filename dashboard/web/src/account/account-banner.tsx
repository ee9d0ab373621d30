/** What everybody should see at once: rights that were taken, and a second factor that is due. */
import { Button } from "@mantine/core"
import { notifications } from "@mantine/notifications"
import { useEffect } from "react"
import { useLive } from "../live.ts"
import { go } from "../router.ts"
import { locale, say } from "../say.ts"
import type { Person } from "../session.ts"
import { inWords, timeOfDay } from "../words.ts"
import { GiveBack } from "./rights-card.tsx"
import { closing } from "./use-act.ts"

export interface AccountBannerProps {
  readonly person: Person
  readonly look: () => void
}

export function AccountBanner({ person, look }: AccountBannerProps) {
  const { glass, enrolByMs } = person
  useEndOfRights(person, look)
  useRightsNews(person)
  return (
    <>
      {glass && (
        <div className="banner" role="status">
          <span>
            {say("You have the rights of another role until {time}: {role}.", {
              time: timeOfDay(glass.untilMs),
              role: inWords(glass.role),
            })}
          </span>
          <GiveBack changed={look} />
        </div>
      )}
      {enrolByMs !== undefined && (
        <div className="banner" role="status">
          <span>
            {say("Add a second factor by {day}.", {
              day: new Date(enrolByMs).toLocaleDateString(locale()),
            })}
          </span>
          <Button variant="default" size="compact-md" onClick={() => go("/account")}>
            {say("Your account")}
          </Button>
        </div>
      )}
    </>
  )
}

/** They end by themselves; the page follows. */
function useEndOfRights({ glass }: Person, look: () => void): void {
  const untilMs = glass?.untilMs
  useEffect(() => {
    if (untilMs === undefined) return
    const timer = setTimeout(look, Math.max(0, untilMs - Date.now()) + 1_000)
    return () => clearTimeout(timer)
  }, [untilMs, look])
}

function useRightsNews({ role, glass }: Person): void {
  const live = useLive()
  const isManager = role === "manager" && !glass
  useEffect(() => {
    if (!isManager) return
    return live.follow((change) => {
      if (change === "everything" || change.kind !== "rights" || change.state !== "taken") return
      notifications.show({
        color: "red",
        title: say("Rights were taken in an emergency"),
        message: say("Look at who took them and why, under Emergency rights."),
        autoClose: false,
        closeButtonProps: closing(),
        role: "alert",
      })
    })
  }, [live, isManager])
}
