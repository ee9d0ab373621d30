/** A fill that waits for its payer: what that said, or that it is to be read and noted. */
import { Box, Button, TextInput } from "@mantine/core"
import { type FormEvent, useState } from "react"
import type { Wait } from "../../../../modules/prior-auth/contract.ts"
import { useAct } from "../account/use-act.ts"
import { command } from "../api.ts"
import { Card } from "../parts/card.tsx"
import { CaseHead } from "../parts/case-head.tsx"
import { CaseItems } from "../parts/case-items.tsx"
import { Fact } from "../parts/fact.tsx"
import { Tag } from "../parts/tag.tsx"
import { go } from "../router.ts"
import { say } from "../say.ts"
import { useNow } from "../use-now.ts"
import { agoText } from "../words.ts"
import { Rejects } from "./auth-facts.tsx"

export type Answered = Awaited<ReturnType<typeof command<"prior-auth", "takeReject">>>

export interface WaitViewProps {
  readonly wait: Wait
  /** What was noted, where the payer wants something else than a prior authorisation. */
  readonly answered: Answered | undefined
  readonly note: (answered: Answered) => void
}

export function WaitView({ wait, answered, note }: WaitViewProps) {
  const nowMs = useNow()
  const { drugName, patientName, rejects, rxNumber, sinceMs } = wait
  return (
    <article className="item">
      <CaseHead
        title={
          <>
            {drugName ?? rxNumber}
            {patientName && <span className="dim"> · {patientName}</span>}
          </>
        }
        list={say("Prior authorisations")}
        path="/prior-auth"
      >
        <Tag tone="soon">{say("Waits for the payer")}</Tag>
        <span className="dim small">{agoText(sinceMs, nowMs)}</span>
      </CaseHead>
      <Box className="item-body" role="region" aria-label={say("Details")} tabIndex={0}>
        <Card title={say("The payer's answer")} size="h5" className="card-soon">
          <p>
            {rejects
              ? say("The payer refused the claim, as the pharmacy system tells.")
              : say(
                  "The pharmacy system waits for the payer. It does not tell us what it said.",
                )}{" "}
            {!rejects &&
              say("Read it there. A prior authorisation is opened by the payer's codes alone.")}
          </p>
          {rejects && !answered && <Rejects rejects={rejects} />}
          <dl className="facts">
            <Fact name={say("Prescription")}>{rxNumber}</Fact>
          </dl>
          {answered ? (
            <>
              <p role="status">{say("The payer wants no prior authorisation. It wants this:")}</p>
              <Rejects rejects={answered.rejects} />
            </>
          ) : (
            <CodesForm {...wait} note={note} />
          )}
        </Card>
        <CaseItems id={wait.wait} patient={wait.patient} />
      </Box>
    </article>
  )
}

interface CodesFormProps extends Pick<Wait, "patient" | "rxNumber" | "rejects"> {
  readonly note: (answered: Answered) => void
}

function CodesForm({ patient, rxNumber, rejects = [], note }: CodesFormProps) {
  const [typed, setTyped] = useState(rejects.map(({ code }) => code).join(", "))
  const { act, isBusy } = useAct()
  const codes = codesIn(typed)
  const send = async (event: FormEvent): Promise<void> => {
    event.preventDefault()
    if (codes.length === 0) return
    await act(async () => {
      const answered = await command("prior-auth", "takeReject", { patient, rxNumber, codes })
      if (answered.priorAuth) go(`/prior-auth/${answered.priorAuth}`)
      else note(answered)
    })
  }
  return (
    <form className="case-form" onSubmit={(event) => void send(event)}>
      <CodesField value={typed} change={setTyped} />
      <div className="row-tags">
        <Button type="submit" loading={isBusy} disabled={codes.length === 0}>
          {say("Note the answer")}
        </Button>
      </div>
    </form>
  )
}

export function CodesField({ value, change }: { value: string; change: (to: string) => void }) {
  return (
    <TextInput
      className="field"
      label={say("Reject codes")}
      description={say("As the payer gave them, like 75 or 70, 76.")}
      value={value}
      maxLength={60}
      onChange={({ currentTarget }) => change(currentTarget.value)}
    />
  )
}

/** Leading zeros count: the codes are kept as they were typed. */
export function codesIn(typed: string): string[] {
  return typed.toUpperCase().match(/\b[A-Z0-9]{1,3}\b/g) ?? []
}
