/** The pharmacist's step: who was spoken with, what the law wants written down, what came of it. */
import { Button, SegmentedControl, TextInput } from "@mantine/core"
import { useRef, useState } from "react"
import type { Transfer } from "../../../../modules/transfers/contract.ts"
import { useAct } from "../account/use-act.ts"
import { command } from "../api.ts"
import { useKeys } from "../keys.ts"
import { useIsConnected } from "../live.ts"
import { Card } from "../parts/card.tsx"
import { KeyName } from "../parts/key-name.tsx"
import { ReasonDialog } from "../parts/reason-dialog.tsx"
import { say } from "../say.ts"
import type { Law } from "./law-card.tsx"
import { counts, days, type Field, isFit, labels, recordOf, type Typed } from "./record-form.ts"

const NAME_MAX = 120
const TEXT_MAX = 200
const WHY_MAX = 300

export interface FinishCardProps {
  readonly transfer: Transfer
  readonly law: Law
  readonly done: () => void
}

export function FinishCard({ transfer: { transfer }, law, done }: FinishCardProps) {
  const [pharmacist, setPharmacist] = useState("")
  const [typed, type] = useState<Typed>({})
  const [said, setSaid] = useState<boolean>()
  const isControlled = law.isControlled ?? said
  const wanted = isControlled ? law.wanted.map((one) => one.field) : []
  const isWhole = wanted.every((one) => typed[one]?.trim() && isFit(one, typed[one].trim()))
  const isReady = pharmacist.trim() !== "" && isControlled !== undefined && isWhole
  const field = useRef<HTMLInputElement>(null)
  useKeys({ e: () => field.current?.focus() })
  const spokenWith = pharmacist.trim() && { otherPharmacist: pharmacist.trim() }
  const moved = {
    ...{ transfer, isMoved: true, ...spokenWith },
    ...(isControlled && { record: recordOf(typed) }),
    ...(isControlled === undefined ? {} : { isControlled }),
  }
  return (
    <Card title={say("What came of it")} size="h5" className="card-soon">
      <p className="dim small">
        {say("You have spoken with the pharmacist over there. What is noted here stays noted.")}
      </p>
      <TextInput
        ref={field}
        className="field"
        label={say("Pharmacist at the other pharmacy")}
        value={pharmacist}
        maxLength={NAME_MAX}
        onChange={({ currentTarget }) => setPharmacist(currentTarget.value)}
      />
      {law.isControlled === undefined && <Controlled said={said} choose={setSaid} />}
      <RecordFields fields={wanted} typed={typed} type={type} />
      <Ends {...{ moved, isReady, done }} stayed={{ transfer, isMoved: false, ...spokenWith }} />
    </Card>
  )
}

type Noted = Parameters<typeof command<"transfers", "finish">>[2]

interface EndsProps {
  readonly moved: Noted
  readonly stayed: Noted
  /** All that has to be written down of one that moved is. */
  readonly isReady: boolean
  readonly done: () => void
}

/** The two ways in which it ends, each on one key. */
function Ends({ moved, stayed, isReady, done }: EndsProps) {
  const [isAsking, setAsking] = useState(false)
  const { act, isBusy } = useAct()
  const mayAct = useIsConnected() && !isBusy
  const mayMove = mayAct && isReady
  const noteMoved = async (): Promise<void> => {
    const work = () => command("transfers", "finish", moved)
    if (await act(work, say("It has moved. That is written down."))) done()
  }
  const noteStayed = async (why: string): Promise<void> => {
    setAsking(false)
    const work = () => command("transfers", "finish", { ...stayed, why })
    if (await act(work, say("It did not move. That is written down."))) done()
  }
  useKeys({
    m: () => mayMove && void noteMoved(),
    d: () => mayAct && setAsking(true),
  })
  return (
    <div className="buttons">
      <Button
        disabled={!mayMove}
        onClick={() => void noteMoved()}
        rightSection={<KeyName name="m" />}
      >
        {say("It has moved")}
      </Button>
      <Button
        variant="default"
        disabled={!mayAct}
        onClick={() => setAsking(true)}
        rightSection={<KeyName name="d" />}
      >
        {say("It did not move")}
      </Button>
      {isAsking && (
        <ReasonDialog
          title={say("Why it did not move")}
          verb={say("Note it")}
          lengthMax={WHY_MAX}
          close={() => setAsking(false)}
          give={(why) => void noteStayed(why)}
        />
      )}
    </div>
  )
}

interface ControlledProps {
  readonly said: boolean | undefined
  readonly choose: (isControlled: boolean) => void
}

/** Nothing is chosen beforehand: it is the pharmacist's word. */
function Controlled({ said, choose }: ControlledProps) {
  const value = said === undefined ? "" : said ? "yes" : "no"
  return (
    <SegmentedControl
      aria-label={say("Is it a controlled substance?")}
      value={value}
      onChange={(next) => choose(next === "yes")}
      data={[
        { value: "yes", label: say("It is controlled") },
        { value: "no", label: say("It is not controlled") },
      ]}
    />
  )
}

interface RecordFieldsProps {
  readonly fields: readonly Field[]
  readonly typed: Typed
  readonly type: (typed: Typed) => void
}

function RecordFields({ fields, typed, type }: RecordFieldsProps) {
  return (
    <div className="record-fields">
      {fields.map((one) => {
        const value = typed[one] ?? ""
        return (
          <TextInput
            key={one}
            type={days.includes(one) ? "date" : "text"}
            inputMode={counts.includes(one) ? "numeric" : "text"}
            label={say(labels[one])}
            value={value}
            maxLength={TEXT_MAX}
            error={!isFit(one, value.trim()) && say("That does not fit.")}
            onChange={({ currentTarget }) => type({ ...typed, [one]: currentTarget.value })}
          />
        )
      })}
    </div>
  )
}
