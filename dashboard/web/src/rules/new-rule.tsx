/** A rule of the site's own: what it looks for, whom it asks, and the reason that person reads. */
import { Checkbox, MultiSelect, Select, TextInput } from "@mantine/core"
import { useState } from "react"
import type { Condition, Rule } from "../../../../core/rule.ts"
import { FormDialog } from "../parts/form-dialog.tsx"
import { say } from "../say.ts"
import { tierName } from "../words.ts"
import { codeText, eligibilities, requests, schedules, severities } from "./rule-words.ts"

const NAME_LENGTH_MAX = 60
const BECAUSE_LENGTH_MAX = 200
const outcomes = ["1", "2", "3", "refuse"] as const
type Outcome = (typeof outcomes)[number]

export interface NewRuleProps {
  readonly taken: readonly string[]
  readonly close: () => void
  readonly add: (rule: Rule) => void
}

export function NewRule({ taken, close, add }: NewRuleProps) {
  const [title, setTitle] = useState("")
  const [because, setBecause] = useState("")
  const [outcome, setOutcome] = useState<Outcome>("1")
  const [when, setWhen] = useState<Condition>({})
  const name = nameOf(title)
  const isTaken = taken.includes(name)
  const isReady = name !== "" && !isTaken && because.trim() !== "" && Object.keys(when).length > 0
  const send = () =>
    add({
      ...{ name, when, priority: 0, enabled: true, because: because.trim() },
      raises: raisesOf(outcome),
    })
  return (
    <FormDialog
      title={say("New rule")}
      verb={say("Add it to the list")}
      isBusy={false}
      {...{ isReady, close, send }}
    >
      <TextInput
        label={say("What it is called")}
        maxLength={NAME_LENGTH_MAX}
        autoComplete="off"
        data-autofocus
        value={title}
        error={isTaken && say("A rule has that name already.")}
        onChange={({ currentTarget }) => setTitle(currentTarget.value)}
      />
      <LooksFor when={when} set={setWhen} />
      <Select
        label={say("Then")}
        data={outcomes.map((value) => ({ value, label: outcomeText(value) }))}
        value={outcome}
        allowDeselect={false}
        onChange={(value) => setOutcome(outcomes.find((one) => one === value) ?? outcome)}
      />
      <TextInput
        label={say("Because")}
        description={say("One sentence for the person who decides.")}
        maxLength={BECAUSE_LENGTH_MAX}
        autoComplete="off"
        value={because}
        onChange={({ currentTarget }) => setBecause(currentTarget.value)}
      />
      <p className="dim small">
        {say("A rule only raises a tier or refuses; no rule lowers what another asked for.")}
      </p>
    </FormDialog>
  )
}

function LooksFor({ when, set }: { when: Condition; set: (when: Condition) => void }) {
  /** A part that says nothing is left out: it then holds always. */
  const put = (part: keyof Condition, value: Condition[keyof Condition]) => {
    const { [part]: _, ...rest } = when
    const isEmpty = value === undefined || value === false || isEmptyList(value)
    set(isEmpty ? rest : { ...rest, [part]: value })
  }
  return (
    <>
      <Codes
        label={say("Requests; all when left empty")}
        codes={requests}
        chosen={when.actions}
        set={(codes) => put("actions", codes)}
      />
      <Codes
        label={say("Schedule")}
        codes={schedules}
        chosen={when.schedules}
        set={(codes) => put("schedules", codes)}
      />
      <Codes
        label={say("Alert of the pharmacy system")}
        codes={severities}
        chosen={when.durs}
        set={(codes) => put("durs", codes)}
      />
      <Codes
        label={say("Answer about a refill")}
        codes={eligibilities}
        chosen={when.eligibilities}
        set={(codes) => put("eligibilities", codes)}
      />
      <Checkbox
        label={say("A high-alert drug")}
        checked={when.highAlert ?? false}
        onChange={({ currentTarget }) => put("highAlert", currentTarget.checked)}
      />
      <Checkbox
        label={say("Money changes hands")}
        checked={when.money ?? false}
        onChange={({ currentTarget }) => put("money", currentTarget.checked)}
      />
      <Checkbox
        label={say("The caller is not verified")}
        checked={when.unverified ?? false}
        onChange={({ currentTarget }) => put("unverified", currentTarget.checked)}
      />
    </>
  )
}

interface CodesProps<C extends string> {
  readonly label: string
  readonly codes: readonly C[]
  readonly chosen: readonly string[] | undefined
  readonly set: (codes: C[]) => void
}

function Codes<C extends string>({ label, codes, chosen = [], set }: CodesProps<C>) {
  return (
    <MultiSelect
      label={label}
      data={codes.map((value) => ({ value, label: codeText(value) }))}
      value={[...chosen]}
      clearable={false}
      onChange={(values) => set(codes.filter((code) => values.includes(code)))}
    />
  )
}

function isEmptyList(value: unknown): boolean {
  return Array.isArray(value) && value.length === 0
}

function outcomeText(outcome: Outcome): string {
  return outcome === "refuse"
    ? say("It is refused")
    : say("Ask: {who}", { who: tierName(Number(outcome)) })
}

function raisesOf(outcome: Outcome): Rule["raises"] {
  switch (outcome) {
    case "1":
      return { tier: 1 }
    case "2":
      return { tier: 2 }
    case "3":
      return { tier: 3 }
    case "refuse":
      return { refuse: true }
  }
}

/** `Ask about narcan` as `ask_about_narcan`; empty when nothing of it is a letter. */
function nameOf(title: string): string {
  const plain = title.normalize("NFD").toLowerCase().replaceAll(/\p{M}/gu, "")
  return plain.replaceAll(/[^a-z]+/g, "_").replaceAll(/^_+|_+$/g, "")
}
