/** When the pharmacy is open in an ordinary week. */
import { useState } from "react"
import type { SetUp } from "../../../../modules/store-info/contract.ts"
import { say } from "../say.ts"
import { weekdays } from "../words.ts"
import { FieldTrouble, PartForm, type PartProps } from "./part-form.tsx"
import { SpansEditor } from "./spans-editor.tsx"

export function HoursStep(part: PartProps) {
  const [hours, setHours] = useState(part.shown.setUp.hours)
  const [isWrong, setWrong] = useState(false)
  const point = (code: string): boolean => {
    setWrong(code === "spans_wrong")
    return code === "spans_wrong"
  }
  return (
    <PartForm
      {...part}
      title={say("Opening hours")}
      intro={say("Callers hear them from the next call on. A day may have a break.")}
      parts={() => ({ hours })}
      point={point}
    >
      {weekdays.map(([name, label]) => (
        <fieldset className="spans-of" key={name}>
          <legend>{say(label)}</legend>
          <SpansEditor
            day={say(label)}
            spans={hours[name]}
            set={(spans) => setHours({ ...hours, [name]: spans })}
          />
          <FieldTrouble says={isWrong ? troubleIn(hours[name]) : undefined} />
        </fieldset>
      ))}
    </PartForm>
  )
}

/** Points at the day; the server decides. */
function troubleIn(spans: SetUp["hours"]["monday"]): string | undefined {
  const times = spans.flatMap(({ opens, closes }) => [opens, closes])
  const isInOrder = times.every((time, place) => place === 0 || (times[place - 1] ?? "") < time)
  return isInOrder
    ? undefined
    : say("Hours end after they begin, and the next begin when the last have ended.")
}
