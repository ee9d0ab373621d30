/** Calls the pharmacy owes somebody: to whom, about what, by when; one press when it was made. */
import { Button } from "@mantine/core"
import { IconPhoneCheck } from "@tabler/icons-react"
import type { Callback } from "../../../../modules/callbacks/contract.ts"
import { command } from "../api.ts"
import { go } from "../router.ts"
import { say } from "../say.ts"
import type { Loaded } from "../use-loaded.ts"
import { useNow } from "../use-now.ts"
import { inWords, phoneText } from "../words.ts"
import { EmptyState, NotLoaded } from "./states.tsx"
import { DueTag, Tag } from "./tag.tsx"
import { tellDone } from "./tell.ts"

export const loadOwed = async (): Promise<readonly Callback[]> =>
  (await command("callbacks", "list", {})).callbacks

export function OwedCalls({ owed }: { owed: Loaded<readonly Callback[]> }) {
  const nowMs = useNow()
  const { value, trouble, again } = owed
  if (!value) return <NotLoaded trouble={trouble} again={again} />
  if (value.length === 0)
    return (
      <EmptyState
        title={say("No call is owed")}
        icon={<IconPhoneCheck size={34} stroke={1.5} aria-hidden />}
      >
        {say("Calls that were promised appear here.")}
      </EmptyState>
    )
  return (
    <ul className="rows owed" aria-label={say("Calls owed")}>
      {value.map(({ callback, phone, about, message, dueAtMs, forRole, item }) => (
        <li key={callback} className="row">
          <span className="row-top">
            <span className="row-title numbers">{phone ? phoneText(phone) : say("No number")}</span>
            <DueTag dueAtMs={dueAtMs} nowMs={nowMs} />
          </span>
          <span>{inWords(about)}</span>
          {message && <span className="dim">“{message}”</span>}
          <span className="row-tags">
            <Tag>{inWords(forRole)}</Tag>
            {item && (
              <Button size="compact-sm" variant="subtle" onClick={() => go(`/queue/${item}`)}>
                {say("Open the item")}
              </Button>
            )}
            <Button
              size="compact-sm"
              variant="default"
              onClick={() =>
                void tellDone(async () => {
                  await command("callbacks", "done", { callback })
                  again()
                }, say("The call was made."))
              }
            >
              {say("Called")}
            </Button>
          </span>
        </li>
      ))}
    </ul>
  )
}
