/** Who made, changed, tried, switched and deleted automations. */
import type { Change } from "../../../../modules/automations/contract.ts"
import { Card } from "../parts/card.tsx"
import { type English, say } from "../say.ts"
import { whenText as momentText } from "../words.ts"

const did: Readonly<Record<Change["did"], English>> = {
  made: "{user} made “{name}”.",
  edited: "{user} changed “{name}”.",
  tested: "{user} tried “{name}”.",
  switched_on: "{user} switched “{name}” on.",
  switched_off: "{user} switched “{name}” off.",
  deleted: "{user} deleted “{name}”.",
}

export function ChangeList({ changes }: { changes: readonly Change[] }) {
  if (changes.length === 0) return null
  return (
    <Card title={say("History")} className="card-wide">
      <ol className="plain">
        {changes.map((change) => (
          <li key={`${change.automation} ${change.revision} ${change.did} ${change.atMs}`}>
            {say(did[change.did], {
              name: change.name,
              user: change.by === "system" ? say("A guard against loops") : change.by,
            })}{" "}
            <span className="dim small">{momentText(change.atMs)}</span>
          </li>
        ))}
      </ol>
    </Card>
  )
}
