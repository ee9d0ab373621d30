/** Another pharmacy system, by a form made from its adapter's own schema: tried, never saved. */
import { Alert, Button, Select } from "@mantine/core"
import { type FormEvent, useState } from "react"
import type { Tried } from "../../../../modules/pms-trials/contract.ts"
import { useAct } from "../account/use-act.ts"
import { command } from "../api.ts"
import { Card } from "../parts/card.tsx"
import { NotLoaded } from "../parts/states.tsx"
import { say, told } from "../say.ts"
import { useLoaded } from "../use-loaded.ts"
import { Found } from "./found.tsx"
import { type Field, settingsFrom, type Typed, typedOf } from "./pms-fields.ts"
import { SettingField } from "./setting-field.tsx"

const LOOK_EVERY_MS = 1_000
const never = (): boolean => false
const loadChoices = () => command("pms-trials", "choices", {})
type Choices = Awaited<ReturnType<typeof loadChoices>>

export function PmsChoice() {
  const { value, trouble, again } = useLoaded(loadChoices, never)
  return (
    <Card title={say("Another system, or other settings")} className="card-wide">
      <p className="dim">
        {say(
          "Fill this in and have it tried. Nothing changes here: a person puts it into the file.",
        )}
      </p>
      {!value && <NotLoaded trouble={trouble} again={again} />}
      {value && <TrialForm choices={value} />}
    </Card>
  )
}

function TrialForm({ choices: { adapters, inUse } }: { choices: Choices }) {
  const [chosen, choose] = useState(inUse.adapter)
  const [typed, setTyped] = useState<Typed>(() => typedOf(inUse.settings))
  const [wrong, setWrong] = useState<ReadonlyMap<string, string>>(new Map())
  const [tried, setTried] = useState<Tried>()
  const { act, isBusy } = useAct()
  const adapter = adapters.find((one) => one.adapter === chosen)
  const fields: readonly Field[] = adapter?.fields ?? []
  const change = (next: string): void => {
    choose(next)
    setTyped(next === inUse.adapter ? typedOf(inUse.settings) : {})
    setTried(undefined)
    setWrong(new Map())
  }
  const trying = async (): Promise<void> => {
    setTried(undefined)
    const { settings, problems } = settingsFrom(fields, typed)
    setWrong(problems)
    if (problems.size > 0) return
    const found = await trialOf({ adapter: chosen, settings })
    setWrong(new Map(found.problems.map(({ where, says }) => [where, told(says)])))
    setTried(found)
  }
  const submit = (event: FormEvent): void => {
    event.preventDefault()
    void act(trying)
  }
  return (
    <form className="stack trial" onSubmit={submit}>
      <Select
        className="field-wide"
        label={say("System")}
        allowDeselect={false}
        data={adapters.map((one) => ({ value: one.adapter, label: nameOf(one, inUse.adapter) }))}
        value={chosen}
        onChange={(next) => change(next ?? chosen)}
      />
      {adapter?.isFed && (
        <p>{say("It tells by itself: its settings are checked, and it is not tried.")}</p>
      )}
      {fields.map((field) => (
        <SettingField
          key={`${chosen} ${field.name}`}
          field={field}
          error={wrong.get(field.name)}
          value={typed[field.name] ?? ""}
          set={(next) => setTyped({ ...typed, [field.name]: next })}
        />
      ))}
      <Button type="submit" loading={isBusy}>
        {say("Check it and try it")}
      </Button>
      <div aria-live="polite">{isBusy && say("It is being tried…")}</div>
      <Elsewhere wrong={wrong} fields={fields} />
      {tried && <Outcome tried={tried} />}
    </form>
  )
}

function nameOf({ adapter, ...one }: Choices["adapters"][number], inUse: string): string {
  const vendor = told(one.vendor)
  return adapter === inUse ? say("{vendor} (in use)", { vendor }) : vendor
}

/** Looks until it is over: a system that is silent takes its time. */
async function trialOf(wanted: { adapter: string; settings: Typed | object }): Promise<Tried> {
  const { adapter, settings } = wanted
  const { trial } = await command("pms-trials", "begin", { adapter, settings: { ...settings } })
  for (;;) {
    const { tried } = await command("pms-trials", "result", { trial })
    if (tried) return tried
    await new Promise((resolve) => setTimeout(resolve, LOOK_EVERY_MS))
  }
}

interface ElsewhereProps {
  readonly wrong: ReadonlyMap<string, string>
  readonly fields: readonly Field[]
}

/** What is wrong with no single field. */
function Elsewhere({ wrong, fields }: ElsewhereProps) {
  const rest = [...wrong].filter(([where]) => !fields.some(({ name }) => name === where))
  if (rest.length === 0) return null
  return (
    <Alert role="alert" color="orange" title={say("Something does not fit")}>
      {rest.map(([where, says]) => (
        <p key={where}>{where === "" ? says : `${where}: ${says}`}</p>
      ))}
    </Alert>
  )
}

function Outcome({ tried: { findings, yaml } }: { tried: Tried }) {
  return (
    <>
      {findings.length > 0 && <Found findings={findings} />}
      {yaml !== undefined && (
        <section aria-label={say("For the site file")}>
          <p>
            {say("Put this into config/site.yaml in place of what stands there under pms.")}{" "}
            {say("It takes effect at the next start of Mortar.")}
          </p>
          <pre className="yaml">{yaml}</pre>
          <Button variant="default" onClick={() => void navigator.clipboard?.writeText(yaml)}>
            {say("Copy")}
          </Button>
        </section>
      )}
    </>
  )
}
