/** Opening one by hand: somebody asked for it, or the payer's codes were read elsewhere. */
import { Box, Button, Radio } from "@mantine/core"
import { type FormEvent, useCallback, useState } from "react"
import { useAct } from "../account/use-act.ts"
import { command } from "../api.ts"
import { Card } from "../parts/card.tsx"
import { CaseHead } from "../parts/case-head.tsx"
import { ChoosePatient, type FoundPatient } from "../parts/find-patient.tsx"
import { LoadingState, TroubleState } from "../parts/states.tsx"
import { go } from "../router.ts"
import { say } from "../say.ts"
import { useLoaded } from "../use-loaded.ts"
import { Rejects } from "./auth-facts.tsx"
import { type Answered, CodesField, codesIn } from "./wait-view.tsx"

const never = (): boolean => false

export function NewAuth() {
  const [found, choose] = useState<FoundPatient>()
  return (
    <article className="item">
      <CaseHead
        title={say("New prior authorisation")}
        list={say("Prior authorisations")}
        path="/prior-auth"
      />
      <Box className="item-body" role="region" aria-label={say("Details")} tabIndex={0}>
        {found ? <ForPatient found={found} /> : <ChoosePatient choose={choose} />}
      </Box>
    </article>
  )
}

function ForPatient({ found: { patient, firstName, lastName } }: { found: FoundPatient }) {
  const load = useCallback(() => command("prescriptions", "list", { patient }), [patient])
  const { value, trouble, again } = useLoaded(load, never)
  const [rxNumber, setRxNumber] = useState("")
  const [typed, setTyped] = useState("")
  const [answered, setAnswered] = useState<Answered>()
  const { act, isBusy } = useAct()
  const send = async (event: FormEvent): Promise<void> => {
    event.preventDefault()
    if (rxNumber === "") return
    const codes = codesIn(typed)
    await act(async () => {
      const about = { patient, rxNumber }
      const opened =
        codes.length > 0
          ? await command("prior-auth", "takeReject", { ...about, codes })
          : { ...(await command("prior-auth", "request", about)), rejects: [] }
      if (opened.priorAuth) go(`/prior-auth/${opened.priorAuth}`)
      else setAnswered(opened)
    })
  }
  if (!value && trouble) return <TroubleState trouble={trouble} again={again} />
  if (!value) return <LoadingState />
  return (
    <Card title={`${firstName} ${lastName}`} size="h5">
      <form className="case-form" onSubmit={(event) => void send(event)}>
        <Radio.Group
          label={say("Which prescription")}
          value={rxNumber}
          onChange={(next) => {
            setRxNumber(next)
            setAnswered(undefined)
          }}
        >
          <div className="case-form">
            {value.prescriptions.map((one) => (
              <Radio
                key={one.rxNumber}
                value={one.rxNumber}
                label={`${one.drugName} · ${one.rxNumber}`}
              />
            ))}
          </div>
        </Radio.Group>
        {value.prescriptions.length === 0 && <p className="dim">{say("None on file.")}</p>}
        <CodesField value={typed} change={setTyped} />
        <p className="dim small">{say("Leave the codes out when somebody asked for it.")}</p>
        {answered && (
          <>
            <p role="status">{say("The payer wants no prior authorisation. It wants this:")}</p>
            <Rejects rejects={answered.rejects} />
          </>
        )}
        <div className="row-tags">
          <Button type="submit" loading={isBusy} disabled={rxNumber === ""}>
            {say("Open it")}
          </Button>
        </div>
      </form>
    </Card>
  )
}
