/** The rules beside the tier matrix: edited as a whole, tried out, put in force with a reason. */
import "../parts/reports.css"
import "../rules/rules.css"
import { Button, Title } from "@mantine/core"
import { IconPlus } from "@tabler/icons-react"
import { useState } from "react"
import { useAct } from "../account/use-act.ts"
import { command } from "../api.ts"
import type { Change } from "../live.ts"
import { Card } from "../parts/card.tsx"
import { Reading } from "../parts/reading.tsx"
import { ReasonDialog } from "../parts/reason-dialog.tsx"
import { NotLoaded } from "../parts/states.tsx"
import { NewRule } from "../rules/new-rule.tsx"
import { changesBetween, inOrder, numbered, type RuleSet } from "../rules/rule-changes.ts"
import { type Changes, RuleHistory } from "../rules/rule-history.tsx"
import { RuleList } from "../rules/rule-list.tsx"
import { WhatIf } from "../rules/what-if.tsx"
import { say } from "../say.ts"
import { useLoaded } from "../use-loaded.ts"

async function loadRules() {
  const [{ rules, revision }, { changes }] = await Promise.all([
    command("tier-rules", "list", {}),
    command("tier-rules", "history", {}),
  ])
  return { rules: inOrder(rules), revision, changes }
}
const isAboutRules = ({ kind }: Change): boolean => kind === "rules"

interface InForce {
  readonly rules: RuleSet
  readonly revision: number
  readonly changes: Changes
}

/** A set being edited, and what it was made from. */
interface Draft extends Pick<InForce, "rules" | "revision"> {}

export function RulesPage() {
  const { value, trouble, again } = useLoaded(loadRules, isAboutRules)
  return (
    <Reading title={say("Tier rules")}>
      <p className="dim">
        {say("They raise a request to a person, or refuse it; nothing here lowers a tier.")}
      </p>
      {!value && <NotLoaded trouble={trouble} again={again} />}
      {value && <Editor inForce={value} again={again} />}
    </Reading>
  )
}

function Editor({ inForce, again }: { inForce: InForce; again: () => void }) {
  const [draft, setDraft] = useState<Draft>()
  const [isAdding, setAdding] = useState(false)
  const rules = draft?.rules ?? inForce.rules
  const edit = (next: RuleSet) =>
    setDraft({ rules: next, revision: draft?.revision ?? inForce.revision })
  const delivered = new Set(
    inForce.changes.find(({ revision }) => revision === 0)?.rules.map(nameOf),
  )
  const forget = () => setDraft(undefined)
  return (
    <>
      {draft && (
        <Pending
          {...{ draft, inForce, forget, again }}
          goOn={() => setDraft({ ...draft, revision: inForce.revision })}
        />
      )}
      <div className="card-top">
        <Title order={2} size="h4">
          {say("Rules in the order they speak")}
        </Title>
        <Button
          variant="default"
          leftSection={<IconPlus size={17} />}
          onClick={() => setAdding(true)}
        >
          {say("New rule")}
        </Button>
      </div>
      <RuleList rules={rules} delivered={delivered} edit={edit} />
      <WhatIf inForce={inForce.rules} edited={rules} />
      <RuleHistory changes={inForce.changes} takeUp={(old) => edit(inOrder(old))} />
      {isAdding && (
        <NewRule
          taken={rules.map(nameOf)}
          close={() => setAdding(false)}
          add={(rule) => {
            setAdding(false)
            edit(numbered([...rules, rule]))
          }}
        />
      )}
    </>
  )
}

function nameOf({ name }: { readonly name: string }): string {
  return name
}

interface PendingProps {
  readonly draft: Draft
  readonly inForce: InForce
  readonly forget: () => void
  /** Keeps what was edited, now that the editor has seen what came between. */
  readonly goOn: () => void
  readonly again: () => void
}

/** What would become different, and who was quicker. */
function Pending({ draft, inForce, forget, goOn, again }: PendingProps) {
  const [isAsking, setAsking] = useState(false)
  const { act, isBusy } = useAct()
  const sentences = changesBetween(inForce.rules, draft.rules)
  const isStale = draft.revision !== inForce.revision
  const [newest] = inForce.changes
  const save = async (reason: string): Promise<void> => {
    setAsking(false)
    const { rules, revision } = draft
    const put = () => command("tier-rules", "replace", { rules: [...rules], revision, reason })
    if (await act(put, say("The rules are in force."))) forget()
    again()
  }
  return (
    <Card
      title={say("Not saved yet")}
      className={`card-wide rule-pending ${isStale ? "card-soon" : ""}`}
    >
      {isStale && newest && (
        <p role="alert">
          {say("{user} changed the rules while you edited: {reason}", {
            user: newest.by,
            reason: newest.reason,
          })}{" "}
          {say("Below is how yours differ from theirs.")}
        </p>
      )}
      {sentences.length === 0 && <p>{say("This is the same as the rules in force.")}</p>}
      <ul>
        {sentences.map((sentence) => (
          <li key={sentence}>{sentence}</li>
        ))}
      </ul>
      <div className="row-tags">
        <Button
          loading={isBusy}
          disabled={isStale || sentences.length === 0}
          onClick={() => setAsking(true)}
        >
          {say("Put in force")}
        </Button>
        {isStale && (
          <Button variant="default" onClick={goOn}>
            {say("Go on with mine")}
          </Button>
        )}
        <Button variant="default" onClick={forget}>
          {isStale ? say("Start from theirs") : say("Forget the changes")}
        </Button>
      </div>
      {isAsking && (
        <ReasonDialog
          title={say("Why are the rules changed?")}
          verb={say("Put in force")}
          close={() => setAsking(false)}
          give={(reason) => void save(reason)}
        />
      )}
    </Card>
  )
}
