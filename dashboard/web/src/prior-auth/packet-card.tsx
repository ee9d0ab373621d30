/** What the letter is made of: given by the prescriber, typed in here, and never guessed. */
import { Button, Textarea, TextInput } from "@mantine/core"
import { type FormEvent, useState } from "react"
import type { PriorAuth } from "../../../../modules/prior-auth/contract.ts"
import { command } from "../api.ts"
import { Card } from "../parts/card.tsx"
import { Fact } from "../parts/fact.tsx"
import { FormDialog } from "../parts/form-dialog.tsx"
import { Tag } from "../parts/tag.tsx"
import { tellDone } from "../parts/tell.ts"
import { say } from "../say.ts"
import { missingIn, triedIn } from "./standing.ts"

const CODE = /^[A-Z][0-9][0-9A-Z](\.[0-9A-Z]{1,4})?$/
const LINE_MAX = 300
const QUESTION_MAX = 2_000

export interface PacketCardProps {
  readonly auth: PriorAuth
  /** The letter as it stands on the page. */
  readonly letter: string
  readonly drafted: () => void
}

export function PacketCard({ auth, letter, drafted }: PacketCardProps) {
  const isOpen = auth.state === "open"
  const missing = isOpen ? missingIn(auth, letter) : []
  return (
    <Card title={say("What the letter is made of")} size="h5">
      {isOpen && (
        <p className="row-tags">
          {missing.length === 0
            ? say("Nothing is missing.")
            : missing.map((one) => (
                <Tag key={one} tone="soon">
                  {say("Missing: {what}", { what: say(one) })}
                </Tag>
              ))}
        </p>
      )}
      {isOpen ? <PacketForm auth={auth} drafted={drafted} /> : <Given auth={auth} />}
    </Card>
  )
}

function Given({ auth: { packet } }: { auth: PriorAuth }) {
  if (!packet) return <p className="dim">{say("Nothing was written down here.")}</p>
  const { diagnosisCode, diagnosis, directions, tried, question } = packet
  return (
    <dl className="facts">
      <Fact name={say("Diagnosis code (ICD-10)")}>{diagnosisCode}</Fact>
      {diagnosis && <Fact name={say("Diagnosis in words")}>{diagnosis}</Fact>}
      {directions && <Fact name={say("Directions")}>{directions}</Fact>}
      <Fact name={say("Tried before")}>
        {tried.map(({ drugName, outcome }) => `${drugName}: ${outcome}`).join("; ") || "–"}
      </Fact>
      <Fact name={say("What the plan asks")}>{question}</Fact>
    </dl>
  )
}

/** As it is typed. */
interface Typed {
  readonly code: string
  readonly diagnosis: string
  readonly directions: string
  readonly tried: string
  readonly question: string
}

function typedOf(packet: PriorAuth["packet"]): Typed {
  const tried = packet?.tried.map(({ drugName, outcome }) => `${drugName}: ${outcome}`)
  return {
    code: packet?.diagnosisCode ?? "",
    diagnosis: packet?.diagnosis ?? "",
    directions: packet?.directions ?? "",
    tried: tried?.join("\n") ?? "",
    question: packet?.question ?? "",
  }
}

function givenOf(typed: Typed) {
  const [diagnosis, directions] = [typed.diagnosis.trim(), typed.directions.trim()]
  return {
    ...{ diagnosisCode: typed.code, question: typed.question.trim() },
    tried: triedIn(typed.tried),
    ...(diagnosis && { diagnosis }),
    ...(directions && { directions }),
  }
}

function PacketForm({ auth, drafted }: Pick<PacketCardProps, "auth" | "drafted">) {
  const { priorAuth, packet, edited, letter } = auth
  const [typed, type] = useState(() => typedOf(packet))
  const [isAsking, setAsking] = useState(false)
  const [isBusy, setBusy] = useState(false)
  const isReady = CODE.test(typed.code) && typed.question.trim() !== "" && !isBusy

  const draft = async (): Promise<void> => {
    setAsking(false)
    setBusy(true)
    const work = () => command("prior-auth", "prepare", { priorAuth, ...givenOf(typed) })
    if (await tellDone(work, say("The letter is drafted. Go over it."))) drafted()
    setBusy(false)
  }
  const submit = (event: FormEvent): void => {
    event.preventDefault()
    if (!isReady) return
    if (edited === undefined) void draft()
    else setAsking(true)
  }
  return (
    <form className="case-form" onSubmit={submit}>
      <PacketFields typed={typed} type={type} />
      <div className="row-tags">
        <Button type="submit" variant={letter ? "default" : "filled"} disabled={!isReady}>
          {letter ? say("Draft it anew") : say("Draft the letter")}
        </Button>
      </div>
      {isAsking && (
        <FormDialog
          title={say("Draft it anew")}
          verb={say("Draft it anew")}
          isReady
          isGrave
          isBusy={isBusy}
          close={() => setAsking(false)}
          send={() => void draft()}
        >
          <p>{say("What was edited in the letter is lost.")}</p>
        </FormDialog>
      )}
    </form>
  )
}

function PacketFields({ typed, type }: { typed: Typed; type: (typed: Typed) => void }) {
  const { code } = typed
  const field = (name: keyof Typed) => ({
    value: typed[name],
    onChange: ({ currentTarget }: { readonly currentTarget: { readonly value: string } }) =>
      type({ ...typed, [name]: currentTarget.value }),
  })
  return (
    <>
      <TextInput
        className="field"
        label={say("Diagnosis code (ICD-10)")}
        description={say("As the prescriber gave it, like E78.5.")}
        maxLength={8}
        error={code !== "" && !CODE.test(code) && say("That is no such code.")}
        value={code}
        onChange={({ currentTarget }) =>
          type({ ...typed, code: currentTarget.value.trim().toUpperCase() })
        }
      />
      <TextInput label={say("Diagnosis in words")} maxLength={LINE_MAX} {...field("diagnosis")} />
      <TextInput label={say("Directions")} maxLength={LINE_MAX} {...field("directions")} />
      <Textarea
        label={say("Tried before")}
        description={say("One medicine a line, and after a colon what came of it.")}
        autosize
        minRows={2}
        {...field("tried")}
      />
      <Textarea
        label={say("What the plan asks")}
        autosize
        minRows={2}
        maxLength={QUESTION_MAX}
        {...field("question")}
      />
    </>
  )
}
