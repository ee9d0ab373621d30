/** Making an automation, or changing one: when, if, then, and at most how often. */
import { Button, Checkbox, NumberInput, Select, TextInput } from "@mantine/core"
import { type FormEvent, useState } from "react"
import type { Draft, Field, Filling, When } from "../../../../modules/automations/contract.ts"
import { useAct } from "../account/use-act.ts"
import { command } from "../api.ts"
import { Card } from "../parts/card.tsx"
import { say } from "../say.ts"
import { weekdays } from "../words.ts"
import { ConditionList } from "./condition-list.tsx"
import { InputList } from "./input-list.tsx"
import type { Offers } from "./offers.ts"
import { capitalised, commandName, eventName, sentence } from "./words.ts"

const NAME_LENGTH_MAX = 80
const PER_HOUR_MAX = 60
const TIME = "time"

/** A draft, and what it is a change of. */
export interface Edited {
  readonly automation?: string
  readonly revision: number
  readonly draft: Draft
}

export interface EditorProps {
  readonly offers: Offers
  readonly edited: Edited
  readonly close: () => void
  readonly saved: (automation: string) => void
}

export function Editor({ offers, edited, close, saved }: EditorProps) {
  const [draft, setDraft] = useState(edited.draft)
  const { act, isBusy } = useAct()
  const { name, when, holds, does } = draft
  const told = fieldsAfter(when, offers)
  const offered = offers.commands.find((one) => one.command === does.command)
  const whole = { ...draft, does: { ...does, input: withoutEmpty(does.input) } }
  const isReady = name.trim() !== "" && isFilled(offered?.fields ?? [], whole.does.input)
  const send = async (event: FormEvent): Promise<void> => {
    event.preventDefault()
    let made = ""
    const { draft: _, ...one } = edited
    const keep = async () => {
      made = (await command("automations", "save", { ...one, ...whole })).automation
    }
    if (isReady && (await act(keep, say("Saved. It is off until it was tried.")))) saved(made)
  }
  return (
    <form className="stack" onSubmit={(event) => void send(event)}>
      <NameCard name={name} set={(next) => setDraft({ ...draft, name: next })} />
      <Card title={say("When")}>
        <WhenFields offers={offers} when={when} set={(next) => setDraft(afterNext(draft, next))} />
      </Card>
      {told.length > 0 && (
        <Card title={say("Only if")}>
          <ConditionList
            fields={told}
            holds={holds}
            set={(next) => setDraft({ ...draft, holds: next })}
          />
        </Card>
      )}
      <ThenCard {...{ offers, draft, told }} set={setDraft} />
      <Card title={say("In plain words")} className="card-good">
        <p className="words" aria-live="polite">
          {sentence(whole)}
        </p>
      </Card>
      <div className="row-tags">
        <Button type="submit" loading={isBusy} disabled={!isReady}>
          {say("Save")}
        </Button>
        <Button variant="default" onClick={close}>
          {say("Cancel")}
        </Button>
      </div>
    </form>
  )
}

function NameCard({ name, set }: { name: string; set: (name: string) => void }) {
  return (
    <Card title={say("Name")}>
      <TextInput
        className="automation-name"
        label={say("What it is called")}
        maxLength={NAME_LENGTH_MAX}
        autoComplete="off"
        data-autofocus
        value={name}
        onChange={({ currentTarget }) => set(currentTarget.value)}
      />
    </Card>
  )
}

interface ThenCardProps {
  readonly offers: Offers
  readonly draft: Draft
  readonly told: readonly Field[]
  readonly set: (draft: Draft) => void
}

function ThenCard({ offers, draft, told, set }: ThenCardProps) {
  const { when, does, perHour } = draft
  const offered = offers.commands.find((one) => one.command === does.command)
  const choices = mayFollow(when, offers).map((one) => ({
    value: one.command,
    label: capitalised(commandName(one.command)),
  }))
  return (
    <Card title={say("Then")}>
      <Select
        className="automation-name"
        label={say("What it does")}
        data={choices}
        value={does.command}
        allowDeselect={false}
        onChange={(chosen) => chosen && set({ ...draft, does: { command: chosen, input: {} } })}
      />
      {offered && (
        <InputList
          told={told}
          fields={offered.fields}
          input={does.input}
          set={(input) => set({ ...draft, does: { ...does, input } })}
        />
      )}
      <NumberInput
        label={say("At most so many times an hour")}
        min={1}
        max={PER_HOUR_MAX}
        allowDecimal={false}
        value={perHour}
        onChange={(next) => set({ ...draft, perHour: Number(next) || 1 })}
      />
    </Card>
  )
}

interface WhenFieldsProps {
  readonly offers: Offers
  readonly when: When
  readonly set: (when: When) => void
}

function WhenFields({ offers, when, set }: WhenFieldsProps) {
  const choices = [
    { value: TIME, label: say("At a time of day") },
    ...offers.events.map(({ event }) => ({ value: event, label: capitalised(eventName(event)) })),
  ]
  const everyDay: When = { at: "09:00", days: weekdays.map(([day]) => day) }
  const choose = (chosen: string | null) => {
    if (chosen) set(chosen === TIME ? everyDay : { event: chosen })
  }
  return (
    <>
      <Select
        className="automation-name"
        label={say("What sets it off")}
        searchable
        data={choices}
        value={"event" in when ? when.event : TIME}
        allowDeselect={false}
        onChange={choose}
      />
      {"at" in when && (
        <TextInput
          type="time"
          label={say("Time of day, at the pharmacy")}
          value={when.at}
          onChange={({ currentTarget }) => set({ ...when, at: currentTarget.value })}
        />
      )}
      {"at" in when && (
        <Checkbox.Group
          label={say("Days")}
          value={when.days}
          onChange={(days) =>
            set({ ...when, days: weekdays.map(([day]) => day).filter((day) => days.includes(day)) })
          }
        >
          <div className="row-tags">
            {weekdays.map(([day, label]) => (
              <Checkbox key={day} value={day} label={say(label)} />
            ))}
          </div>
        </Checkbox.Group>
      )}
    </>
  )
}

export function fieldsAfter(when: When, { events }: Offers): readonly Field[] {
  return "event" in when ? (events.find(({ event }) => event === when.event)?.fields ?? []) : []
}

/** What was said of another event does not hold of this one. */
function afterNext(draft: Draft, when: When): Draft {
  const { command: name, input } = draft.does
  const constants = Object.entries(input).filter(([, filling]) => "constant" in filling)
  return {
    ...draft,
    when,
    holds: [],
    does: { command: name, input: Object.fromEntries(constants) },
  }
}

function mayFollow(when: When, { commands }: Offers) {
  return commands.filter(({ after }) => !after || ("event" in when && after.includes(when.event)))
}

function withoutEmpty(input: Draft["does"]["input"]): Record<string, Filling> {
  const said = Object.entries(input).filter(
    ([, filling]) => !("constant" in filling) || filling.constant !== "",
  )
  return Object.fromEntries(said)
}

function isFilled(fields: readonly Field[], input: Draft["does"]["input"]): boolean {
  return fields.every(({ field, isOptional }) => isOptional || input[field] !== undefined)
}
