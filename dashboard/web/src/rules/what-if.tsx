/** One described request, tried under the rules as edited and under those in force. No patient. */
import { Checkbox, Select } from "@mantine/core"
import { useCallback, useState } from "react"
import type { Input, Output } from "../../../../core/contract.ts"
import type { tierRules } from "../../../../modules/tier-rules/contract.ts"
import { command } from "../api.ts"
import { Card } from "../parts/card.tsx"
import { NotLoaded } from "../parts/states.tsx"
import { type English, say } from "../say.ts"
import { useLoaded } from "../use-loaded.ts"
import { inWords, verdictText } from "../words.ts"
import type { RuleSet } from "./rule-changes.ts"
import { codeText, eligibilities, requests, schedules, severities } from "./rule-words.ts"

type Question = Input<typeof tierRules, "whatIf">
type Answer = Output<typeof tierRules, "whatIf">
type Facts = Question["facts"]

/** Stands for whoever it is about: no real patient has this number. */
const SOMEBODY = "what-if"
const call = { kind: "caller", conversation: SOMEBODY, channel: "phone" } as const
const staff = { kind: "staff", person: SOMEBODY } as const

const askers = {
  verified: { ...call, identity: "verified", patient: SOMEBODY },
  anonymous: { ...call, identity: "anonymous" },
  technician: { ...staff, role: "technician" },
  pharmacist: { ...staff, role: "pharmacist" },
  manager: { ...staff, role: "manager" },
} as const satisfies Readonly<Record<string, Question["actor"]>>
type Asker = keyof typeof askers

const askerNames: Readonly<Record<Asker, English>> = {
  verified: "A caller who is verified",
  anonymous: "A caller who is not verified",
  technician: "Technician",
  pharmacist: "Pharmacist",
  manager: "Manager",
}
const sureness = ["1", "0.8", "0.6", "0.4"] as const

const ordinary: Facts = { patient: SOMEBODY, schedule: "none", eligibility: "refillable" }

export interface WhatIfProps {
  readonly inForce: RuleSet
  readonly edited: RuleSet
}

export function WhatIf({ inForce, edited }: WhatIfProps) {
  const [asker, setAsker] = useState<Asker>("verified")
  const [action, setAction] = useState<string>("refill_request")
  const [facts, setFacts] = useState(ordinary)
  const load = useCallback(async () => {
    const question = { actor: askers[asker], action, facts }
    const under = (rules: RuleSet) =>
      command("tier-rules", "whatIf", { ...question, rules: [...rules] })
    const [now, then] = await Promise.all([under(inForce), under(edited)])
    return { now, then }
  }, [asker, action, facts, inForce, edited])
  const { value, trouble, again } = useLoaded(load, never)
  return (
    <Card title={say("What if")} className="card-wide">
      <p className="dim small">
        {say("Describe a request and see where it would go, before you save anything.")}
      </p>
      <div className="report-asks">
        <Choice
          label={say("Who asks")}
          choices={askerKeys.map((one) => ({ value: one, label: say(askerNames[one]) }))}
          value={asker}
          set={(value) => setAsker(askerKeys.find((one) => one === value) ?? asker)}
        />
        <Choice
          label={say("What for")}
          choices={requests.map((one) => ({ value: one, label: inWords(one) }))}
          value={action}
          set={setAction}
        />
        <FactFields facts={facts} set={setFacts} />
      </div>
      <div aria-live="polite" className="stack">
        {!value && <NotLoaded trouble={trouble} again={again} />}
        {value && (
          <Verdict title={say("With the rules on this page")} answer={value.then} rules={edited} />
        )}
        {value && JSON.stringify(value.now) !== JSON.stringify(value.then) && (
          <Verdict title={say("With the rules in force")} answer={value.now} rules={inForce} />
        )}
      </div>
    </Card>
  )
}

const askerKeys = ["verified", "anonymous", "technician", "pharmacist", "manager"] as const
const never = (): boolean => false

function FactFields({ facts, set }: { facts: Facts; set: (facts: Facts) => void }) {
  const NO_ALERT = "none"
  const choices = (codes: readonly string[]) =>
    codes.map((value) => ({ value, label: codeText(value) }))
  return (
    <>
      <Choice
        label={say("Schedule")}
        choices={choices(schedules)}
        value={facts.schedule ?? "none"}
        set={(value) =>
          set({ ...facts, schedule: schedules.find((one) => one === value) ?? "none" })
        }
      />
      <Choice
        label={say("Answer about a refill")}
        choices={choices(eligibilities)}
        value={facts.eligibility ?? "refillable"}
        set={(value) =>
          set({ ...facts, eligibility: eligibilities.find((one) => one === value) ?? "unknown" })
        }
      />
      <Choice
        label={say("Alert of the pharmacy system")}
        choices={choices([NO_ALERT, ...severities])}
        value={facts.dur ?? NO_ALERT}
        set={(value) => {
          const { dur: _, ...rest } = facts
          const dur = severities.find((one) => one === value)
          set(dur ? { ...rest, dur } : rest)
        }}
      />
      <Choice
        label={say("How sure it was understood")}
        choices={sureness.map((value) => ({ value, label: `${Number(value) * 100} %` }))}
        value={`${facts.confidence ?? 1}`}
        set={(value) => set({ ...facts, confidence: Number(value) })}
      />
      <div className="stack rule-checks">
        <Checkbox
          label={say("A high-alert drug")}
          checked={facts.highAlert ?? false}
          onChange={({ currentTarget }) => set({ ...facts, highAlert: currentTarget.checked })}
        />
        <Checkbox
          label={say("Money changes hands")}
          checked={facts.money ?? false}
          onChange={({ currentTarget }) => set({ ...facts, money: currentTarget.checked })}
        />
        <Checkbox
          label={say("Words of an emergency")}
          checked={facts.emergency ?? false}
          onChange={({ currentTarget }) => set({ ...facts, emergency: currentTarget.checked })}
        />
      </div>
    </>
  )
}

interface ChoiceProps {
  readonly label: string
  readonly choices: readonly { readonly value: string; readonly label: string }[]
  readonly value: string
  readonly set: (value: string) => void
}

function Choice({ label, choices, value, set }: ChoiceProps) {
  return (
    <Select
      label={label}
      data={choices}
      value={value}
      allowDeselect={false}
      onChange={(chosen) => set(chosen ?? value)}
    />
  )
}

interface VerdictProps {
  readonly title: string
  readonly answer: Answer
  readonly rules: RuleSet
}

function Verdict({ title, answer, rules }: VerdictProps) {
  return (
    <div>
      <p className="dim small">{title}</p>
      <p className="words">{verdictText(answer)}</p>
      {answer.rules.length > 0 && (
        <ul>
          {answer.rules.map((name) => (
            <li key={name}>{rules.find((rule) => rule.name === name)?.because ?? inWords(name)}</li>
          ))}
        </ul>
      )}
    </div>
  )
}
