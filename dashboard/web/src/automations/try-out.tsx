/** A test run, on the last events that were or on an example. Nothing is done or sent. */
import { Button } from "@mantine/core"
import { useState } from "react"
import type { Automation, Field, Trial, Values } from "../../../../modules/automations/contract.ts"
import { useAct } from "../account/use-act.ts"
import { command } from "../api.ts"
import { Card } from "../parts/card.tsx"
import { Tag } from "../parts/tag.tsx"
import { say, told } from "../say.ts"
import { inWords, whenText as momentText, verdictText } from "../words.ts"
import { ValueField } from "./value-field.tsx"
import { capitalised, conditionText, fieldName, fillingText, valueText } from "./words.ts"

/** As many of the last events as are tried at once. */
const SAMPLES_TRIED = 5

interface Tried {
  readonly id: string
  readonly title: string
  readonly trial: Trial
}

export interface TryOutProps {
  readonly automation: Automation
  readonly fields: readonly Field[]
  readonly again: () => void
}

export function TryOut({ automation: one, fields, again }: TryOutProps) {
  const [tried, setTried] = useState<readonly Tried[]>()
  const [example, setExample] = useState<Values>()
  const { act, isBusy } = useAct()
  const { automation, revision, when } = one
  const on = async (id: string, title: string, what: { sample: string } | { example: Values }) => {
    const trial = await command("automations", "test", { automation, revision, on: what })
    return { id, title, trial }
  }
  const show = async (work: () => Promise<readonly Tried[]>): Promise<void> => {
    if (await act(async () => setTried(await work()))) again()
  }
  const tryLast = () =>
    show(async () => {
      if (!("event" in when)) return [await on("time", say("At its time of day"), { example: {} })]
      const { samples } = await command("automations", "samples", { event: when.event })
      const results: Tried[] = []
      for (const { sample, atMs } of samples.slice(0, SAMPLES_TRIED))
        results.push(await on(sample, momentText(atMs), { sample }))
      return results
    })
  return (
    <Card title={say("Test run")} className="card-wide">
      <p className="dim">
        {say("Shows what would happen. Nothing is done, and nothing is sent to anybody.")}
      </p>
      <div className="row-tags">
        <Button loading={isBusy} onClick={() => void tryLast()}>
          {"event" in when ? say("Try it on the last events") : say("Try it")}
        </Button>
        {fields.length > 0 && !example && (
          <Button variant="default" onClick={() => setExample({})}>
            {say("Try it on an example")}
          </Button>
        )}
      </div>
      {example && (
        <Example
          {...{ fields, example, set: setExample, isBusy }}
          send={() => void show(async () => [await on("example", say("The example"), { example })])}
        />
      )}
      <div className="stack" aria-live="polite">
        {tried?.length === 0 && (
          <p>{say("No such event was heard yet. Try it on an example instead.")}</p>
        )}
        {tried?.map((result) => (
          <OneTrial key={result.id} tried={result} automation={one} />
        ))}
      </div>
    </Card>
  )
}

interface ExampleProps {
  readonly fields: readonly Field[]
  readonly example: Values
  readonly set: (example: Values) => void
  readonly isBusy: boolean
  readonly send: () => void
}

function Example({ fields, example, set, isBusy, send }: ExampleProps) {
  const put = (field: string, value: Values[string] | undefined) => {
    const { [field]: _, ...rest } = example
    set(value === undefined ? rest : { ...rest, [field]: value })
  }
  const isReady = fields.every(({ field, isOptional }) => isOptional || field in example)
  return (
    <fieldset className="automation-example">
      <legend>{say("An event as it could be")}</legend>
      <div className="report-asks">
        {fields.map((field) => (
          <ValueField
            key={field.field}
            label={capitalised(fieldName(field.field))}
            field={field}
            value={example[field.field]}
            set={(value) => put(field.field, value)}
          />
        ))}
      </div>
      <Button className="own-width" loading={isBusy} disabled={!isReady} onClick={send}>
        {say("Try the example")}
      </Button>
    </fieldset>
  )
}

function OneTrial({
  tried: { title, trial },
  automation,
}: {
  tried: Tried
  automation: Automation
}) {
  const { conditions, gate, holds, input, says, unfit } = trial
  return (
    <Card
      title={title}
      order={3}
      size="h5"
      className="card-wide"
      acts={
        <Tag tone={holds ? "good" : "calm"}>
          {holds ? say("It would run") : say("It would not run")}
        </Tag>
      }
    >
      {conditions.length > 0 && (
        <ul>
          {automation.holds.map((condition, at) => (
            <li key={conditionText(condition)}>
              {conditions[at]?.held ? say("holds") : say("does not hold")}
              {": "}
              {conditionText(condition)}
              <span className="dim">
                {" "}
                {say("(it was: {value})", { value: shownValue(conditions[at]?.value) })}
              </span>
            </li>
          ))}
        </ul>
      )}
      <p>
        {say("It would be given: {inputs}.", {
          inputs: Object.entries(input)
            .map(([name, value]) => fillingText([name, { constant: value }]))
            .join("; "),
        })}
      </p>
      {unfit.length > 0 && (
        <p role="alert">
          {say("Missing, or not fit for it: {fields}.", {
            fields: unfit.map(fieldName).join(", "),
          })}
        </p>
      )}
      {gate && (
        <p className="words">
          {verdictText(gate)}{" "}
          <span className="row-tags">
            {[gate.row, ...gate.rules].map((name) => (
              <Tag key={name}>{inWords(name)}</Tag>
            ))}
          </span>
        </p>
      )}
      {says && <p role="alert">{told(says)}</p>}
    </Card>
  )
}

function shownValue(value: Values[string] | undefined): string {
  return value === undefined ? say("nothing") : valueText(value)
}
