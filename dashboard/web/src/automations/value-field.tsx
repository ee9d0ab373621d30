/** One value as its schema wants it: words, a number, yes or no, or one of a few. */
import { NumberInput, Select, Textarea, TextInput } from "@mantine/core"
import type { Field, Value } from "../../../../modules/automations/contract.ts"
import { say } from "../say.ts"
import { valueText } from "./words.ts"

/** From so many characters on, words get more than one line. */
const LONG = 200

export interface ValueFieldProps {
  readonly label: string
  readonly field: Field
  readonly value: Value | undefined
  /** Undefined when nothing stands there. */
  readonly set: (value: Value | undefined) => void
}

export function ValueField({ label, field, value, set }: ValueFieldProps) {
  const { kind, minimum, maximum, maxLength } = field
  if (kind === "yes_no" || kind === "choice")
    return (
      <ChoiceOf label={label} choices={field.choices ?? [true, false]} value={value} set={set} />
    )
  if (kind === "number")
    return (
      <NumberInput
        label={label}
        value={typeof value === "number" ? value : ""}
        allowDecimal={false}
        hideControls
        {...(minimum === undefined ? {} : { min: minimum })}
        {...(maximum === undefined ? {} : { max: maximum })}
        onChange={(next) => set(typeof next === "number" ? next : undefined)}
      />
    )
  const text = {
    ...{ label, autoComplete: "off", value: typeof value === "string" ? value : "" },
    ...(maxLength === undefined ? {} : { maxLength }),
  }
  const change = (next: string) => set(next === "" ? undefined : next)
  return (maxLength ?? 0) >= LONG ? (
    <Textarea {...text} autosize onChange={(event) => change(event.currentTarget.value)} />
  ) : (
    <TextInput {...text} onChange={(event) => change(event.currentTarget.value)} />
  )
}

interface ChoiceOfProps {
  readonly label: string
  readonly choices: readonly Value[]
  readonly value: Value | undefined
  readonly set: (value: Value | undefined) => void
}

function ChoiceOf({ label, choices, value, set }: ChoiceOfProps) {
  return (
    <Select
      label={label}
      placeholder={say("Choose")}
      data={choices.map((one) => ({ value: `${one}`, label: valueText(one) }))}
      value={value === undefined ? null : `${value}`}
      allowDeselect={false}
      onChange={(chosen) => set(choices.find((one) => `${one}` === chosen))}
    />
  )
}
