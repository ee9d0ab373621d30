/** Finding a patient, by name and birthday or by number; who it is stands in no address. */
import "./calls.css"
import { Button, Group, TextInput } from "@mantine/core"
import { IconUserSearch } from "@tabler/icons-react"
import { type FormEvent, useState } from "react"
import { command } from "../api.ts"
import { say } from "../say.ts"
import { troubleOf } from "../use-loaded.ts"
import { phoneOf, phoneText } from "../words.ts"
import { Card } from "./card.tsx"
import { EmptyState } from "./states.tsx"

type Found = Awaited<ReturnType<typeof command<"patients", "search">>>["patients"]
export type FoundPatient = Found[number]

export function ChoosePatient({ choose }: { choose: (found: FoundPatient) => void }) {
  const [found, setFound] = useState<Found>()
  return (
    <>
      <FindPatient found={setFound} />
      {found && <FoundList found={found} choose={choose} />}
    </>
  )
}

function FindPatient({ found }: { found: (found: Found) => void }) {
  const [lastName, setLastName] = useState("")
  const [dateOfBirth, setDateOfBirth] = useState("")
  const [number, setNumber] = useState("")
  const [trouble, setTrouble] = useState<string>()
  const phone = phoneOf(number)
  const byName = lastName.trim() !== "" && dateOfBirth !== ""
  const find = async (event: FormEvent) => {
    event.preventDefault()
    setTrouble(undefined)
    try {
      if (byName) {
        const named = { lastName: lastName.trim(), dateOfBirth }
        return found((await command("patients", "search", named)).patients)
      }
      if (phone === undefined) return
      const { patients, canTell } = await command("patients", "searchByNumber", { phone })
      if (!canTell) setTrouble(say("This pharmacy system can't be asked by number."))
      found(patients)
    } catch (error) {
      setTrouble(troubleOf(error).message)
    }
  }
  return (
    <Card title={say("Find a patient")} size="h5">
      <form className="stack" onSubmit={(event) => void find(event)}>
        <Group gap="sm" align="end">
          <TextInput
            label={say("Last name")}
            value={lastName}
            onChange={({ currentTarget }) => setLastName(currentTarget.value)}
          />
          <TextInput
            type="date"
            label={say("Date of birth")}
            value={dateOfBirth}
            onChange={({ currentTarget }) => setDateOfBirth(currentTarget.value)}
          />
          <TextInput
            type="tel"
            label={say("Or a phone number")}
            value={number}
            onChange={({ currentTarget }) => setNumber(currentTarget.value)}
          />
          <Button
            type="submit"
            disabled={!byName && phone === undefined}
            leftSection={<IconUserSearch size={16} />}
          >
            {say("Find")}
          </Button>
        </Group>
        {trouble && <p role="alert">{trouble}</p>}
        <p className="dim small">{say("Each look at a patient is written into the audit log.")}</p>
      </form>
    </Card>
  )
}

function FoundList({ found, choose }: { found: Found; choose: (found: FoundPatient) => void }) {
  if (found.length === 0) return <EmptyState title={say("Nobody was found")} />
  return (
    <ul className="rows" aria-label={say("Patients found")}>
      {found.map((one) => (
        <li key={one.patient}>
          <button type="button" className="row row-button" onClick={() => choose(one)}>
            <span className="row-title">{`${one.firstName} ${one.lastName}`}</span>
            <span className="dim numbers">
              {[one.dateOfBirth, ...one.phones.map(phoneText)].join(" · ")}
            </span>
          </button>
        </li>
      ))}
    </ul>
  )
}
