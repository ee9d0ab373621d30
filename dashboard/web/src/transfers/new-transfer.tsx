/** Taking a transfer down at the counter: whose, from or to where, and what. */
import { Box, Button, Radio, SegmentedControl, TextInput } from "@mantine/core"
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

const never = (): boolean => false
const PHARMACY_MAX = 120

export function NewTransfer() {
  const [found, choose] = useState<FoundPatient>()
  return (
    <article className="item">
      <CaseHead title={say("New transfer")} list={say("Transfers")} path="/transfers" />
      <Box className="item-body" role="region" aria-label={say("Details")} tabIndex={0}>
        {found ? <ForPatient found={found} /> : <ChoosePatient choose={choose} />}
      </Box>
    </article>
  )
}

function ForPatient({ found: { patient, firstName, lastName } }: { found: FoundPatient }) {
  const load = useCallback(() => command("prescriptions", "list", { patient }), [patient])
  const { value, trouble, again } = useLoaded(load, never)
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
  if (!value && trouble) return <TroubleState trouble={trouble} again={again} />
  if (!value) return <LoadingState />
  return (
    <Card title={`${firstName} ${lastName}`} size="h5">
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
        {isOut && (
          <Radio.Group label={say("Which prescription")} value={rxNumber} onChange={setRxNumber}>
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
        )}
        <div className="row-tags">
          <Button type="submit" loading={isBusy} disabled={!isReady}>
            {say("Take it down")}
          </Button>
        </div>
      </form>
    </Card>
  )
}
