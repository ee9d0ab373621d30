/** Opening a case by hand: for whom first, and then the rest. */
import { Box, Radio } from "@mantine/core"
import { type ReactNode, useCallback, useState } from "react"
import { command } from "../api.ts"
import { say } from "../say.ts"
import { useLoaded } from "../use-loaded.ts"
import { Card } from "./card.tsx"
import { CaseHead } from "./case-head.tsx"
import { ChoosePatient, type FoundPatient } from "./find-patient.tsx"
import { NotLoaded } from "./states.tsx"

const never = (): boolean => false
const listOf = (patient: string) => command("prescriptions", "list", { patient })
type Prescriptions = Awaited<ReturnType<typeof listOf>>["prescriptions"]

/** What the rest is asked with: whom it is for, and what they have on file. */
export interface ForPatient {
  readonly patient: string
  readonly prescriptions: Prescriptions
}

interface NewCaseProps {
  readonly title: string
  /** What the list is called, and where it is. */
  readonly list: string
  readonly path: string
  readonly rest: (known: ForPatient) => ReactNode
}

export function NewCase({ rest, ...head }: NewCaseProps) {
  const [found, choose] = useState<FoundPatient>()
  return (
    <article className="item">
      <CaseHead {...head} />
      <Box className="item-body" role="region" aria-label={say("Details")} tabIndex={0}>
        {found ? <Rest found={found} rest={rest} /> : <ChoosePatient choose={choose} />}
      </Box>
    </article>
  )
}

function Rest({ found, rest }: Pick<NewCaseProps, "rest"> & { readonly found: FoundPatient }) {
  const { patient, firstName, lastName } = found
  const load = useCallback(() => listOf(patient), [patient])
  const { value, trouble, again } = useLoaded(load, never)
  if (!value) return <NotLoaded trouble={trouble} again={again} />
  return (
    <Card title={`${firstName} ${lastName}`} size="h5">
      {rest({ patient, prescriptions: value.prescriptions })}
    </Card>
  )
}

interface WhichProps {
  readonly prescriptions: Prescriptions
  readonly rxNumber: string
  readonly choose: (rxNumber: string) => void
}

export function WhichPrescription({ prescriptions, rxNumber, choose }: WhichProps) {
  return (
    <Radio.Group label={say("Which prescription")} value={rxNumber} onChange={choose}>
      <div className="case-form">
        {prescriptions.map((one) => (
          <Radio
            key={one.rxNumber}
            value={one.rxNumber}
            label={`${one.drugName} · ${one.rxNumber}`}
          />
        ))}
      </div>
    </Radio.Group>
  )
}
