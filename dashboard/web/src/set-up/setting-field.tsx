/** One setting of an adapter, as its schema describes it. */
import { Switch, Textarea, TextInput } from "@mantine/core"
import { say, told } from "../say.ts"
import { inWords } from "../words.ts"
import type { Field } from "./pms-fields.ts"

const WORDS_MAX = 2_000

export interface SettingFieldProps {
  readonly field: Field
  readonly error: string | undefined
  readonly value: string
  readonly set: (value: string) => void
}

export function SettingField({ field, error, value, set }: SettingFieldProps) {
  const { name, kind, isRequired, usual } = field
  const shared = { label: inWords(name), description: helpOf(field), error }
  if (kind === "switch") {
    const isOn = value === "" ? usual === true : value === "true"
    return (
      <Switch
        {...shared}
        checked={isOn}
        onChange={({ currentTarget }) => set(String(currentTarget.checked))}
      />
    )
  }
  const words = {
    ...shared,
    value,
    required: isRequired,
    withAsterisk: false,
    maxLength: WORDS_MAX,
    autoComplete: "off",
    spellCheck: false,
    placeholder: placeholderOf(usual),
  }
  if (kind === "json") {
    return (
      <Textarea
        {...words}
        className="field-wide"
        autosize
        onChange={({ currentTarget }) => set(currentTarget.value)}
      />
    )
  }
  return (
    <TextInput
      {...words}
      className="field-wide"
      inputMode={kind === "number" ? "numeric" : "text"}
      onChange={({ currentTarget }) => set(currentTarget.value)}
    />
  )
}

const secretHelp =
  "A reference, never the secret: keychain:NAME or file:PATH, with pms in the name."

function helpOf({ kind, help }: Field): string {
  const own = help === undefined ? [] : [told(help)]
  if (kind === "secret") return [...own, say(secretHelp)].join(" ")
  return (kind === "json" ? [...own, say("As JSON.")] : own).join(" ")
}

function placeholderOf(usual: unknown): string {
  if (usual === undefined) return ""
  return typeof usual === "string" ? usual : JSON.stringify(usual)
}
