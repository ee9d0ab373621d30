/** Whether the people that a pharmacy needs have accounts. Names are for a manager alone. */
import { LineTable } from "../parts/line-table.tsx"
import "../account/account.css"
import { Button, Group, Title } from "@mantine/core"
import { IconUserPlus } from "@tabler/icons-react"
import { useState } from "react"
import { command } from "../api.ts"
import { LoadingState, TroubleState } from "../parts/states.tsx"
import { Tag } from "../parts/tag.tsx"
import { go } from "../router.ts"
import { say } from "../say.ts"
import { NewColleague, type Told } from "../staff/staff-dialogs.tsx"
import { ToldOnce } from "../staff/told-once.tsx"
import { useLoaded } from "../use-loaded.ts"
import { inWords } from "../words.ts"
import { staffMissing } from "./missing.ts"
import type { PartProps } from "./part-form.tsx"

export const loadStaffing = () => command("staff-accounts", "staffing", {})
type Staffing = Awaited<ReturnType<typeof loadStaffing>>

const never = (): boolean => false

export function StaffStep({ person, changed }: PartProps) {
  const { value, trouble, again } = useLoaded(loadStaffing, never)
  const [isHiring, setHiring] = useState(false)
  const [told, setTold] = useState<Told>()
  const made = (password: Told): void => {
    setHiring(false)
    setTold(password)
    again()
    changed()
  }
  return (
    <section className="card card-wide" aria-label={say("Staff")}>
      <Title order={2} size="h4">
        {say("Staff")}
      </Title>
      <p className="dim">
        {say("Everybody signs in as themselves: what they decide stands in the log by name.")}
      </p>
      {told && <ToldOnce told={told} forget={() => setTold(undefined)} />}
      {!value && trouble && <TroubleState trouble={trouble} again={again} />}
      {!value && !trouble && <LoadingState />}
      {value && <Counted staffing={value} />}
      {person.role === "manager" ? (
        <Group>
          <Button leftSection={<IconUserPlus size={17} />} onClick={() => setHiring(true)}>
            {say("New colleague")}
          </Button>
          <Button variant="default" onClick={() => go("/staff")}>
            {say("All accounts")}
          </Button>
        </Group>
      ) : (
        <p>{say("A manager makes accounts and gives licences.")}</p>
      )}
      {isHiring && <NewColleague close={() => setHiring(false)} made={made} />}
    </section>
  )
}

function Counted({ staffing: { roles, temporary, missing } }: { staffing: Staffing }) {
  return (
    <>
      <LineTable
        label={say("Accounts by role")}
        heads={[
          say("Role"),
          say("Open accounts"),
          say("With a licence that is good"),
          say("Of the demo"),
        ]}
      >
        {roles.map(({ role, open, licensed, demo }) => (
          <tr key={role}>
            <th scope="row">{inWords(role)}</th>
            <td>{open}</td>
            <td>{role === "pharmacist" ? licensed : "–"}</td>
            <td>{demo}</td>
          </tr>
        ))}
      </LineTable>
      {temporary > 0 && (
        <p>
          <Tag tone="soon">{say("Temporary passwords not yet changed: {n}", { n: temporary })}</Tag>
        </p>
      )}
      {missing.length === 0 && <p>{say("Everybody whom a pharmacy needs has an account.")}</p>}
      <ul className="plain-list" aria-label={say("What is missing")}>
        {missing.map((one) => (
          <li key={one}>{say(staffMissing[one])}</li>
        ))}
      </ul>
    </>
  )
}
