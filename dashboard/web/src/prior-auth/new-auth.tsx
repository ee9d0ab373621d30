/** Opening one by hand: somebody asked for it, or the payer's codes were read elsewhere. */
import { Button } from "@mantine/core"
import { type FormEvent, useState } from "react"
import { useAct } from "../account/use-act.ts"
import { command } from "../api.ts"
import { type ForPatient, NewCase, WhichPrescription } from "../parts/new-case.tsx"
import { go } from "../router.ts"
import { say } from "../say.ts"
import { Rejects } from "./auth-facts.tsx"
import { type Answered, CodesField, codesIn } from "./wait-view.tsx"

export function NewAuth() {
  return (
    <NewCase
      title={say("New prior authorisation")}
      list={say("Prior authorisations")}
      path="/prior-auth"
      rest={(known) => <AuthForm {...known} />}
    />
  )
}

function AuthForm({ patient, prescriptions }: ForPatient) {
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
  const choose = (next: string): void => {
    setRxNumber(next)
    setAnswered(undefined)
  }
  return (
    <form className="case-form" onSubmit={(event) => void send(event)}>
      <WhichPrescription {...{ prescriptions, rxNumber, choose }} />
      {prescriptions.length === 0 && <p className="dim">{say("None on file.")}</p>}
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
  )
}
