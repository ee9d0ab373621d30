/** Where one is signed in, and ending what should not be open. */
import { Button } from "@mantine/core"
import { command } from "../api.ts"
import { Card } from "../parts/card.tsx"
import { NotLoaded } from "../parts/states.tsx"
import { Tag } from "../parts/tag.tsx"
import { say } from "../say.ts"
import { useLoaded } from "../use-loaded.ts"
import { useNow } from "../use-now.ts"
import { agoText } from "../words.ts"
import { useAct } from "./use-act.ts"

const loadSessions = () => command("sessions", "own", {})
const never = (): boolean => false

export function SessionsCard() {
  const { value, trouble, again } = useLoaded(loadSessions, never)
  const { act, isBusy } = useAct()
  const nowMs = useNow()
  const end = async (session: string): Promise<void> => {
    await act(() => command("sessions", "end", { session }), say("That screen is signed out."))
    again()
  }
  return (
    <Card title={say("Where you are signed in")}>
      {!value && <NotLoaded trouble={trouble} again={again} />}
      {value?.sessions.map(({ session, device, activeAtMs, isThis, isLocked }) => (
        <div key={session} className="factor">
          <p>
            {device ?? say("A program")}{" "}
            <span className="dim small">{agoText(activeAtMs, nowMs)}</span>{" "}
            {isThis && <Tag tone="good">{say("This one")}</Tag>}
            {isLocked && <Tag tone="calm">{say("Locked")}</Tag>}
          </p>
          {!isThis && (
            <Button variant="default" loading={isBusy} onClick={() => void end(session)}>
              {say("End it")}
            </Button>
          )}
        </div>
      ))}
    </Card>
  )
}
