/** All automations, each as one would tell it; and a beginning for who has none. */
import { Button } from "@mantine/core"
import { IconRobot } from "@tabler/icons-react"
import type { Automation, Draft } from "../../../../modules/automations/contract.ts"
import { Card } from "../parts/card.tsx"
import { EmptyState } from "../parts/states.tsx"
import { Tag } from "../parts/tag.tsx"
import { To } from "../parts/to.tsx"
import { say } from "../say.ts"
import { whenText as momentText } from "../words.ts"
import { examples } from "./examples.ts"
import { StateTag } from "./state-tag.tsx"
import { resultText, resultTones, sentence } from "./words.ts"

export interface AutomationListProps {
  readonly automations: readonly Automation[]
  readonly start: (draft: Draft) => void
}

export function AutomationList({ automations, start }: AutomationListProps) {
  if (automations.length === 0) return <Beginnings start={start} />
  return (
    <ul className="plain" aria-label={say("Automations")}>
      {automations.map((one) => (
        <li key={one.automation}>
          <OneAutomation automation={one} />
        </li>
      ))}
    </ul>
  )
}

function OneAutomation({ automation }: { automation: Automation }) {
  const { name, last } = automation
  const title = <To path={`/automations/${automation.automation}`}>{name}</To>
  return (
    <Card title={title} className="card-wide" acts={<StateTag automation={automation} />}>
      <p>{sentence(automation)}</p>
      <p className="dim small">
        {last
          ? say("Last run: {when}", { when: momentText(last.atMs) })
          : say("It has not run yet.")}{" "}
        {last && <Tag tone={resultTones[last.result]}>{resultText(last.result)}</Tag>}
      </p>
    </Card>
  )
}

function Beginnings({ start }: Pick<AutomationListProps, "start">) {
  return (
    <>
      <EmptyState title={say("No automation yet")} icon={<IconRobot size={30} aria-hidden />}>
        {say("Start from one of these, or make one of your own. Each is off until it was tried.")}
      </EmptyState>
      <ul className="plain" aria-label={say("Examples")}>
        {examples().map((draft) => (
          <li key={draft.name}>
            <Card
              title={draft.name}
              className="card-wide"
              acts={
                <Button variant="default" size="compact-md" onClick={() => start(draft)}>
                  {say("Start from: {name}", { name: draft.name })}
                </Button>
              }
            >
              <p>{sentence(draft)}</p>
            </Card>
          </li>
        ))}
      </ul>
    </>
  )
}
