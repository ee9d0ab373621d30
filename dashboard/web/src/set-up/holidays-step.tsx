/** Days on which the pharmacy is closed, or has hours of its own. */
import { ActionIcon, Button, Group, TextInput } from "@mantine/core"
import { IconTrash } from "@tabler/icons-react"
import { useState } from "react"
import type { SetUp } from "../../../../modules/store-info/contract.ts"
import { useAct } from "../account/use-act.ts"
import { command } from "../api.ts"
import { say } from "../say.ts"
import { FieldTrouble, PartForm, type PartProps } from "./part-form.tsx"
import { SpansEditor } from "./spans-editor.tsx"

type Holiday = SetUp["holidays"][number]

const NAME_LENGTH_MAX = 120

export function HolidaysStep(part: PartProps) {
  const [holidays, setHolidays] = useState(part.shown.setUp.holidays)
  const [code, setCode] = useState("")
  const { act, isBusy } = useAct()
  const point = (next: string): boolean => {
    setCode(next)
    return next === "day_twice" || next === "spans_wrong"
  }
  const addFederal = (): Promise<boolean> =>
    act(async () => {
      const offered = (await command("store-info", "federalHolidays", {})).holidays
      const missing = offered.filter(({ on }) => !holidays.some((one) => one.on === on))
      setHolidays([...holidays, ...missing].toSorted((a, b) => (a.on < b.on ? -1 : 1)))
    })
  return (
    <PartForm
      {...part}
      title={say("Holidays")}
      intro={[
        say("Callers hear that you are closed then, or the hours you give."),
        say("Texts go by these days from the next start on."),
      ].join(" ")}
      parts={() => ({ holidays })}
      point={point}
    >
      <Group>
        <Button variant="default" loading={isBusy} onClick={() => void addFederal()}>
          {say("Add the federal holidays")}
        </Button>
        <Button variant="default" onClick={() => setHolidays([...holidays, { on: "", name: "" }])}>
          {say("Add a day")}
        </Button>
      </Group>
      <ul className="plain-list">
        {[...holidays.entries()].map(([place, holiday]) => (
          <li className="holiday" key={place}>
            <HolidayFields
              holiday={holiday}
              isTwice={code === "day_twice" && isTwice(holiday, holidays)}
              set={(next) => setHolidays(holidays.with(place, next))}
              remove={() => setHolidays(holidays.toSpliced(place, 1))}
            />
          </li>
        ))}
      </ul>
      <FieldTrouble
        says={
          code === "spans_wrong"
            ? say("Hours end after they begin, and the next begin when the last have ended.")
            : undefined
        }
      />
    </PartForm>
  )
}

function isTwice({ on }: Holiday, holidays: readonly Holiday[]): boolean {
  return holidays.filter((one) => one.on === on).length > 1
}

interface HolidayFieldsProps {
  readonly holiday: Holiday
  readonly isTwice: boolean
  readonly set: (holiday: Holiday) => void
  readonly remove: () => void
}

function HolidayFields({ holiday, isTwice, set, remove }: HolidayFieldsProps) {
  const { on, name, hours } = holiday
  return (
    <>
      <TextInput
        type="date"
        label={say("Day")}
        required
        withAsterisk={false}
        error={isTwice && say("A day stands twice among the holidays.")}
        value={on}
        onChange={({ currentTarget }) => set({ ...holiday, on: currentTarget.value })}
      />
      <TextInput
        label={say("Name")}
        required
        withAsterisk={false}
        maxLength={NAME_LENGTH_MAX}
        value={name}
        onChange={({ currentTarget }) => set({ ...holiday, name: currentTarget.value })}
      />
      <SpansEditor
        day={name}
        spans={hours ?? []}
        set={(spans) => set(spans.length === 0 ? { on, name } : { on, name, hours: spans })}
      />
      <ActionIcon
        variant="default"
        size="lg"
        aria-label={say("Take away: {what}", { what: name })}
        onClick={remove}
      >
        <IconTrash size={16} aria-hidden />
      </ActionIcon>
    </>
  )
}
