/** Who took which rights in an emergency, and why; a manager notes having looked at it. */
import { Button } from "@mantine/core"
import { IconShieldCheck } from "@tabler/icons-react"
import type { Rights } from "../../../../modules/sessions/contract.ts"
import { useAct } from "../account/use-act.ts"
import { command } from "../api.ts"
import type { Change } from "../live.ts"
import { Card } from "../parts/card.tsx"
import { Reading } from "../parts/reading.tsx"
import { EmptyState, NotLoaded } from "../parts/states.tsx"
import { Tag } from "../parts/tag.tsx"
import { locale, say } from "../say.ts"
import { useLoaded } from "../use-loaded.ts"
import { useNow } from "../use-now.ts"
import { inWords, timeOfDay } from "../words.ts"

const loadRights = () => command("sessions", "listRights", {})
const isAboutRights = ({ kind }: Change): boolean => kind === "rights"

export function RightsPage() {
  const { value, trouble, again } = useLoaded(loadRights, isAboutRights)
  return (
    <Reading title={say("Emergency rights")}>
      <p className="dim">
        {say("Who took the rights of another role, for how long and why. The newest first.")}
      </p>
      {!value && <NotLoaded trouble={trouble} again={again} />}
      {value?.rights.length === 0 && (
        <EmptyState
          title={say("Nobody has taken any")}
          icon={<IconShieldCheck size={34} stroke={1.5} aria-hidden />}
        >
          {say("When somebody does, you are told at once.")}
        </EmptyState>
      )}
      {value?.rights.map((one) => (
        <RightsEntry key={one.glass} rights={one} again={again} />
      ))}
    </Reading>
  )
}

function RightsEntry({ rights, again }: { rights: Rights; again: () => void }) {
  const { glass, user, own, role, reason, fromMs, untilMs, endedAtMs, reviewedBy } = rights
  const { act, isBusy } = useAct()
  const isOver = useNow() >= (endedAtMs ?? untilMs)
  const review = async (): Promise<void> => {
    await act(() => command("sessions", "reviewRights", { glass }), say("Noted."))
    again()
  }
  const day = new Date(fromMs).toLocaleDateString(locale())
  return (
    <Card
      title={say("{user}: from {own} to {role}", { user, own: inWords(own), role: inWords(role) })}
      className={reviewedBy ? undefined : "card-soon"}
    >
      <p className="dim small">
        {day} {timeOfDay(fromMs)} – {timeOfDay(endedAtMs ?? untilMs)}{" "}
        {!isOver && <Tag tone="late">{say("Still open")}</Tag>}
      </p>
      <p>{reason}</p>
      {reviewedBy ? (
        <p className="dim small">{say("Looked at by {user}", { user: reviewedBy })}</p>
      ) : (
        <Button variant="default" loading={isBusy} onClick={() => void review()}>
          {say("I have looked at it")}
        </Button>
      )}
    </Card>
  )
}
