/** One patient at a time: found, then shown; who it is stands in no address. */
import { Button } from "@mantine/core"
import { useState } from "react"
import { ChoosePatient } from "../parts/find-patient.tsx"
import { Reading } from "../parts/reading.tsx"
import { say } from "../say.ts"
import type { Person } from "../session.ts"
import { PatientView } from "./patient.tsx"

export function PatientsPage({ person }: { person: Person }) {
  const [chosen, choose] = useState<string>()
  return (
    <Reading
      title={say("Patients")}
      acts={
        chosen && (
          <Button variant="default" size="compact-md" onClick={() => choose(undefined)}>
            {say("Find another")}
          </Button>
        )
      }
    >
      {chosen ? (
        <PatientView key={chosen} patient={chosen} person={person} />
      ) : (
        <ChoosePatient choose={({ patient }) => choose(patient)} />
      )}
    </Reading>
  )
}
