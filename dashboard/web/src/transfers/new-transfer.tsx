/** Taking a transfer down at the counter: whose, from or to where, and what. */
import { Button, SegmentedControl, TextInput } from "@mantine/core"
import { type FormEvent, useState } from "react"
import { useAct } from "../account/use-act.ts"
import { command } from "../api.ts"
import { type ForPatient, NewCase, WhichPrescription } from "../parts/new-case.tsx"
import { go } from "../router.ts"
import { say } from "../say.ts"

const PHARMACY_MAX = 120

export function NewTransfer() {
  return (
    <NewCase
      title={say("New transfer")}
      list={say("Transfers")}
      path="/transfers"
      rest={(known) => <TransferForm {...known} />}
    />
  )
}

function TransferForm({ patient, prescriptions }: ForPatient) {
  const [direction, setDirection] = useState<"in" | "out">("in")
  const [otherPharmacy, setOtherPharmacy] = useState("")
  const [rxNumber, setRxNumber] = useState("")
  const { act, isBusy } = useAct()
  const isOut = direction === "out"
  const isReady = otherPharmacy.trim() !== "" && (!isOut || rxNumber !== "")
  const send = async (event: FormEvent): Promise<void> => {
    event.preventDefault()
    if (!isReady) return
    const asked = { patient, direction, otherPharmacy: otherPharmacy.trim() }
    await act(async () => {
      const request = isOut ? { ...asked, rxNumber } : asked
      const { transfer } = await command("transfers", "request", request)
      go(`/transfers/${transfer}`)
    }, say("It is taken down. A pharmacist speaks with the other pharmacy."))
  }
  return (
    <form className="case-form" onSubmit={(event) => void send(event)}>
      <SegmentedControl
        aria-label={say("Which way")}
        value={direction}
        onChange={(next) => setDirection(next === "out" ? "out" : "in")}
        data={[
          { value: "in", label: say("Coming in") },
          { value: "out", label: say("Going out") },
        ]}
      />
      <TextInput
        className="field"
        label={isOut ? say("To which pharmacy") : say("From which pharmacy")}
        value={otherPharmacy}
        maxLength={PHARMACY_MAX}
        onChange={({ currentTarget }) => setOtherPharmacy(currentTarget.value)}
      />
      {isOut && <WhichPrescription {...{ prescriptions, rxNumber, choose: setRxNumber }} />}
      <div className="row-tags">
        <Button type="submit" loading={isBusy} disabled={!isReady}>
          {say("Take it down")}
        </Button>
      </div>
    </form>
  )
}
