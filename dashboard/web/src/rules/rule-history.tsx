/** Every set of rules that was in force: who changed it, why, and what became different. */
import { Button } from "@mantine/core"
import type { Output } from "../../../../core/contract.ts"
import type { tierRules } from "../../../../modules/tier-rules/contract.ts"
import { Card } from "../parts/card.tsx"
import { locale, say } from "../say.ts"
import { timeOfDay } from "../words.ts"
import { changesBetween, type RuleSet } from "./rule-changes.ts"

export type Changes = Output<typeof tierRules, "history">["changes"]

export interface RuleHistoryProps {
  /** The newest first. */
  readonly changes: Changes
  readonly takeUp: (rules: RuleSet) => void
}

export function RuleHistory({ changes, takeUp }: RuleHistoryProps) {
  return (
    <Card title={say("History")} className="card-wide">
      <ol className="plain">
        {changes.map((change, at) => (
          <li key={change.revision}>
            <OneChange
              change={change}
              before={changes[at + 1]?.rules}
              {...(at === 0 ? {} : { takeUp: () => takeUp(change.rules) })}
            />
          </li>
        ))}
      </ol>
    </Card>
  )
}

interface OneChangeProps {
  readonly change: Changes[number]
  readonly before: RuleSet | undefined
  readonly takeUp?: () => void
}

function OneChange({ change, before, takeUp }: OneChangeProps) {
  const { revision, by, atMs, reason, rules } = change
  return (
    <div className="stack rule-change">
      <div className="card-top">
        <span>
          <strong>{say("Revision {n}, by {user}", { n: revision, user: by })}</strong>{" "}
          <span className="dim small">
            {new Date(atMs).toLocaleDateString(locale())} {timeOfDay(atMs)}
          </span>
        </span>
        {takeUp && (
          <Button variant="default" size="compact-sm" onClick={takeUp}>
            {say("Take up revision {n}", { n: revision })}
          </Button>
        )}
      </div>
      <p className="dim">{reason}</p>
      {before && (
        <ul>
          {changesBetween(before, rules).map((sentence) => (
            <li key={sentence}>{sentence}</li>
          ))}
        </ul>
      )}
    </div>
  )
}
