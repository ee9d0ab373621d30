/** The rules in the order they speak: moved by keys or by the pointer, switched on and off. */
import { ActionIcon, Button, Switch } from "@mantine/core"
import { IconArrowDown, IconArrowUp, IconGripVertical } from "@tabler/icons-react"
import { useState } from "react"
import type { Rule } from "../../../../core/rule.ts"
import { Tag } from "../parts/tag.tsx"
import { say } from "../say.ts"
import { inWords } from "../words.ts"
import { moved, numbered, type RuleSet } from "./rule-changes.ts"
import { lookedForText, raisesText, standsBecause } from "./rule-words.ts"

export interface RuleListProps {
  readonly rules: RuleSet
  /** Rules that came with the house: switched off, but never taken out. */
  readonly delivered: ReadonlySet<string>
  readonly edit: (rules: RuleSet) => void
}

export function RuleList({ rules, delivered, edit }: RuleListProps) {
  const [dragged, drag] = useState<number>()
  const move = (from: number, to: number) => edit(numbered(moved(rules, from, to)))
  return (
    <ol className="plain" aria-label={say("Rules in the order they speak")}>
      {rules.map((rule, at) => (
        <li
          key={rule.name}
          draggable
          className={dragged === at ? "rule rule-dragged" : "rule"}
          onDragStart={() => drag(at)}
          onDragEnd={() => drag(undefined)}
          onDragOver={(event) => event.preventDefault()}
          onDrop={(event) => {
            event.preventDefault()
            if (dragged !== undefined) move(dragged, at)
            drag(undefined)
          }}
        >
          <OneRule
            rule={rule}
            place={at + 1}
            isLast={at === rules.length - 1}
            move={(by) => move(at, at + by)}
            change={(next) => edit(rules.with(at, next))}
            {...(delivered.has(rule.name) ? {} : { takeOut: () => edit(rules.toSpliced(at, 1)) })}
          />
        </li>
      ))}
    </ol>
  )
}

interface OneRuleProps {
  readonly rule: Rule
  readonly place: number
  readonly isLast: boolean
  readonly move: (by: number) => void
  readonly change: (rule: Rule) => void
  readonly takeOut?: () => void
}

function OneRule({ rule, place, isLast, move, change, takeOut }: OneRuleProps) {
  const standing = standsBecause(rule)
  const name = inWords(rule.name)
  return (
    <div
      className={rule.enabled ? "card card-wide rule-card" : "card card-wide rule-card rule-off"}
    >
      <div className="card-top">
        <h3 className="rule-name">
          <IconGripVertical size={17} aria-hidden className="rule-grip" />
          {place}. {name}
        </h3>
        <span className="row-tags">
          <Tag tone={rule.enabled ? "good" : "calm"}>
            {rule.enabled ? raisesText(rule) : say("off")}
          </Tag>
          <ActionIcon
            variant="default"
            aria-label={say("Move {rule} up", { rule: name })}
            aria-disabled={place === 1}
            onClick={() => move(-1)}
          >
            <IconArrowUp size={17} />
          </ActionIcon>
          <ActionIcon
            variant="default"
            aria-label={say("Move {rule} down", { rule: name })}
            aria-disabled={isLast}
            onClick={() => move(1)}
          >
            <IconArrowDown size={17} />
          </ActionIcon>
        </span>
      </div>
      <p>{rule.because}</p>
      <p className="dim small">{say("Looks for: {looks}", { looks: lookedForText(rule) })}</p>
      <div className="row-tags">
        <Switch
          label={say("{rule} is on", { rule: name })}
          checked={rule.enabled}
          disabled={standing !== undefined}
          onChange={({ currentTarget }) => change({ ...rule, enabled: currentTarget.checked })}
        />
        {takeOut && (
          <Button variant="default" size="compact-sm" onClick={takeOut}>
            {say("Take {rule} out", { rule: name })}
          </Button>
        )}
      </div>
      {standing && <p className="dim small">{standing}</p>}
    </div>
  )
}
