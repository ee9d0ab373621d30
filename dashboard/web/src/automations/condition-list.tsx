/** What has to hold: fields of the event, each with what it must be. */
import { ActionIcon, Button, MultiSelect, NumberInput, Select } from "@mantine/core"
import { IconPlus, IconX } from "@tabler/icons-react"
import type { Condition, Field, Test } from "../../../../modules/automations/contract.ts"
import { type English, say } from "../say.ts"
import { ValueField } from "./value-field.tsx"
import { capitalised, conditionText, fieldName, valueText } from "./words.ts"

const CONDITIONS_MAX = 10

const ways = ["equals", "oneOf", "moreThan", "lessThan", "isThere", "isMissing"] as const
type Way = (typeof ways)[number]

const wayNames: Readonly<Record<Way, English>> = {
  equals: "is",
  oneOf: "is one of",
  moreThan: "is more than",
  lessThan: "is less than",
  isThere: "is given",
  isMissing: "is not given",
}

export interface ConditionListProps {
  readonly fields: readonly Field[]
  readonly holds: readonly Condition[]
  readonly set: (holds: Condition[]) => void
}

export function ConditionList({ fields, holds, set }: ConditionListProps) {
  const [first] = fields
  if (!first) return null
  const add = () => set([...holds, { field: first.field, test: testOf("equals", first) }])
  return (
    <div className="stack automation-wide">
      {holds.length === 0 && <p className="dim">{say("Always, whatever the event says.")}</p>}
      {holds.map((condition, at) => (
        <OneCondition
          key={placeOf(at)}
          fields={fields}
          condition={condition}
          change={(next) => set(holds.with(at, next))}
          remove={() => set(holds.toSpliced(at, 1))}
        />
      ))}
      <Button
        variant="default"
        size="compact-md"
        className="own-width"
        leftSection={<IconPlus size={16} />}
        disabled={holds.length >= CONDITIONS_MAX}
        onClick={add}
      >
        {say("Add a condition")}
      </Button>
    </div>
  )
}

/** Conditions have no name but their place. */
function placeOf(at: number): string {
  return `condition ${at + 1}`
}

interface OneConditionProps {
  readonly fields: readonly Field[]
  readonly condition: Condition
  readonly change: (condition: Condition) => void
  readonly remove: () => void
}

function OneCondition({ fields, condition, change, remove }: OneConditionProps) {
  const { field: name, test } = condition
  const field = fields.find((one) => one.field === name)
  const choose = (chosen: string | null) => {
    const next = fields.find((one) => one.field === chosen)
    if (next) change({ field: next.field, test: testOf("equals", next) })
  }
  return (
    <div className="automation-row">
      <Select
        label={say("Field of the event")}
        data={fields.map((one) => ({ value: one.field, label: capitalised(fieldName(one.field)) }))}
        value={name}
        allowDeselect={false}
        onChange={choose}
      />
      {field && (
        <Select
          label={say("How it is compared")}
          data={waysFor(field).map((way) => ({ value: way, label: say(wayNames[way]) }))}
          value={wayOf(test)}
          allowDeselect={false}
          onChange={(chosen) => {
            const way = ways.find((one) => one === chosen)
            if (way) change({ field: name, test: testOf(way, field) })
          }}
        />
      )}
      {field && (
        <Wanted field={field} test={test} set={(next) => change({ field: name, test: next })} />
      )}
      <ActionIcon
        variant="default"
        size="lg"
        aria-label={say("Remove: {condition}", { condition: conditionText(condition) })}
        onClick={remove}
      >
        <IconX size={17} />
      </ActionIcon>
    </div>
  )
}

interface WantedProps {
  readonly field: Field
  readonly test: Test
  readonly set: (test: Test) => void
}

function Wanted({ field, test, set }: WantedProps) {
  const label = say("Wanted")
  if ("isThere" in test) return null
  if ("equals" in test)
    return (
      <ValueField
        {...{ label, field }}
        value={test.equals}
        set={(value) => set({ equals: value ?? "" })}
      />
    )
  if ("oneOf" in test)
    return (
      <MultiSelect
        label={label}
        data={(field.choices ?? []).map((one) => ({ value: `${one}`, label: valueText(one) }))}
        value={test.oneOf.map(String)}
        onChange={(chosen) =>
          set({ oneOf: (field.choices ?? []).filter((one) => chosen.includes(`${one}`)) })
        }
      />
    )
  const n = "moreThan" in test ? test.moreThan : test.lessThan
  const put = (value: number) => set("moreThan" in test ? { moreThan: value } : { lessThan: value })
  return (
    <NumberInput
      label={label}
      hideControls
      value={n}
      onChange={(value) => put(Number(value) || 0)}
    />
  )
}

function waysFor({ kind, isOptional }: Field): readonly Way[] {
  const optional: readonly Way[] = isOptional ? ["isThere", "isMissing"] : []
  if (kind === "choice") return ["equals", "oneOf", ...optional]
  return kind === "number"
    ? ["equals", "moreThan", "lessThan", ...optional]
    : ["equals", ...optional]
}

function wayOf(test: Test): Way {
  if ("isThere" in test) return test.isThere ? "isThere" : "isMissing"
  if ("equals" in test) return "equals"
  if ("oneOf" in test) return "oneOf"
  return "moreThan" in test ? "moreThan" : "lessThan"
}

/** A beginning that fits the field, where there is one. */
function testOf(way: Way, { kind, choices }: Field): Test {
  const first = choices?.[0] ?? (kind === "yes_no" ? true : kind === "number" ? 0 : "")
  switch (way) {
    case "equals":
      return { equals: first }
    case "oneOf":
      return { oneOf: [first] }
    case "moreThan":
      return { moreThan: 0 }
    case "lessThan":
      return { lessThan: 0 }
    case "isThere":
    case "isMissing":
      return { isThere: way === "isThere" }
  }
}
