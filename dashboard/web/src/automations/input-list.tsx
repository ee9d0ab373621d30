/** What the command is given: each input a value of its own, or a field of the event. */
import { Select } from "@mantine/core"
import type { Draft, Field, Filling } from "../../../../modules/automations/contract.ts"
import { say } from "../say.ts"
import { ValueField } from "./value-field.tsx"
import { capitalised, fieldName } from "./words.ts"

/** Whom and what the event is about. Nobody is picked beforehand. */
const records: readonly string[] = ["patient", "rxNumber", "conversation"]
const FIXED = "fixed"
const OMITTED = "omitted"
/** Stands before the name of a field, so that no field is taken for a choice of ours. */
const FROM = "from:"

type Input = Draft["does"]["input"]

export interface InputListProps {
  readonly told: readonly Field[]
  readonly fields: readonly Field[]
  readonly input: Input
  readonly set: (input: Input) => void
}

export function InputList({ told, fields, input, set }: InputListProps) {
  const put = (name: string, filling: Filling | undefined) => {
    const { [name]: _, ...rest } = input
    set(filling ? { ...rest, [name]: filling } : rest)
  }
  return (
    <div className="stack automation-wide">
      {fields.map((field) => (
        <OneInput
          key={field.field}
          field={field}
          sources={sourcesFor(field, told)}
          filling={input[field.field]}
          set={(filling) => put(field.field, filling)}
        />
      ))}
    </div>
  )
}

interface OneInputProps {
  readonly field: Field
  readonly sources: readonly Field[]
  readonly filling: Filling | undefined
  readonly set: (filling: Filling | undefined) => void
}

function OneInput({ field, sources, filling, set }: OneInputProps) {
  const { field: name, isOptional } = field
  const isRecord = records.includes(name)
  const label = capitalised(fieldName(name))
  if (isRecord && sources.length === 0)
    return isOptional ? null : (
      <p role="alert">{say("{field}: this event does not tell it.", { field: label })}</p>
    )
  const choices = [
    ...(isRecord ? [] : [{ value: FIXED, label: say("always the same") }]),
    ...sources.map((one) => ({
      value: `${FROM}${one.field}`,
      label: say("from the event: {field}", { field: fieldName(one.field) }),
    })),
    ...(isOptional ? [{ value: OMITTED, label: say("left out") }] : []),
  ]
  const choose = (chosen: string | null) => {
    if (chosen === OMITTED) set(undefined)
    else if (chosen?.startsWith(FROM)) set({ field: chosen.slice(FROM.length) })
    else
      set({ constant: field.choices?.[0] ?? (field.kind === "number" ? (field.minimum ?? 0) : "") })
  }
  const isFixed = filling ? "constant" in filling : !isOptional && !isRecord
  const value = (
    <ValueField
      label={label}
      field={field}
      value={filling && "constant" in filling ? filling.constant : undefined}
      set={(next) => set({ constant: next ?? "" })}
    />
  )
  return (
    <div className="automation-row">
      {(choices.length > 1 || isRecord) && (
        <Select
          label={say("{field}: where from", { field: label })}
          placeholder={say("Choose")}
          data={choices}
          value={sourceOf(filling, isFixed)}
          allowDeselect={false}
          onChange={choose}
        />
      )}
      {isFixed && value}
    </div>
  )
}

function sourceOf(filling: Filling | undefined, isFixed: boolean): string | null {
  if (isFixed) return FIXED
  if (!filling) return OMITTED
  return "field" in filling ? `${FROM}${filling.field}` : FIXED
}

/** Fields that could stand there; the server looks closer. */
function sourcesFor({ field, kind, choices, pattern }: Field, told: readonly Field[]) {
  if (records.includes(field)) return told.filter((one) => one.field === field)
  if (choices) return told.filter((one) => one.choices?.every((value) => choices.includes(value)))
  return told.filter(
    (one) =>
      one.kind === kind && !records.includes(one.field) && (pattern ?? one.pattern) === one.pattern,
  )
}
