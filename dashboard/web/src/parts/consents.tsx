/** Who may act for a patient: the consents on file, given at the counter and taken off again. */
import { Button, Group, TextInput } from "@mantine/core"
import { type FormEvent, useCallback, useState } from "react"
import { command } from "../api.ts"
import { say } from "../say.ts"
import { useLoaded } from "../use-loaded.ts"
import { Card } from "./card.tsx"
import { Tag } from "./tag.tsx"
import { tellDone } from "./tell.ts"

const never = (): boolean => false

export function Consents({ patient }: { patient: string }) {
  const load = useCallback(() => loadConsents(patient), [patient])
  const { value, trouble, again } = useLoaded(load, never)
  const revoke = async (consent: string) => {
    await tellDone(
      () => command("consents", "revoke", { consent }),
      say("The consent counts no more."),
    )
    again()
  }
  return (
    <Card title={say("Caregivers")} size="h5" className="card-wide">
      {trouble && <p className="dim">{trouble.message}</p>}
      {value?.length === 0 && <p className="dim">{say("Nobody may act for them.")}</p>}
      <ul className="history">
        {value?.map(({ consent, name, grantedOn, expiresOn, revokedOn }) => (
          <li key={consent}>
            <span>{name}</span>
            <span className="dim">{say("since {day}", { day: grantedOn })}</span>
            {expiresOn && <Tag>{say("until {day}", { day: expiresOn })}</Tag>}
            {revokedOn ? (
              <Tag tone="late">{say("taken back {day}", { day: revokedOn })}</Tag>
            ) : (
              <Button size="compact-sm" variant="default" onClick={() => void revoke(consent)}>
                {say("Take off file")}
              </Button>
            )}
          </li>
        ))}
      </ul>
      <GrantForm patient={patient} granted={again} />
    </Card>
  )
}

async function loadConsents(patient: string) {
  const { consents } = await command("consents", "list", { patient })
  return Promise.all(
    consents.map(async (consent) => {
      const { firstName, lastName } = await command("patients", "get", {
        patient: consent.caregiver,
      })
      return { ...consent, name: `${firstName} ${lastName}` }
    }),
  )
}

/** The caregiver is known to the pharmacy, too: so they are verified when they call. */
function GrantForm({ patient, granted }: { patient: string; granted: () => void }) {
  const [lastName, setLastName] = useState("")
  const [dateOfBirth, setDateOfBirth] = useState("")
  const [trouble, setTrouble] = useState<string>()
  const isReady = lastName.trim() !== "" && dateOfBirth !== ""
  const grant = async (event: FormEvent) => {
    event.preventDefault()
    setTrouble(undefined)
    await tellDone(async () => {
      const named = { lastName: lastName.trim(), dateOfBirth }
      const { patients } = await command("patients", "search", named)
      const [caregiver] = patients
      if (!caregiver || patients.length > 1)
        return setTrouble(say("Not exactly one person is found by that name and birthday."))
      await command("consents", "grant", { patient, caregiver: caregiver.patient })
      setLastName("")
      setDateOfBirth("")
    }, say("Looked up and noted."))
    granted()
  }
  return (
    <form onSubmit={(event) => void grant(event)}>
      <Group gap="sm" align="end">
        <TextInput
          size="xs"
          label={say("Caregiver's last name")}
          value={lastName}
          onChange={({ currentTarget }) => setLastName(currentTarget.value)}
        />
        <TextInput
          size="xs"
          type="date"
          label={say("Caregiver's date of birth")}
          value={dateOfBirth}
          onChange={({ currentTarget }) => setDateOfBirth(currentTarget.value)}
        />
        <Button type="submit" size="xs" variant="default" disabled={!isReady}>
          {say("Put a consent on file")}
        </Button>
      </Group>
      {trouble && <p role="alert">{trouble}</p>}
    </form>
  )
}
