/** Whether the people that a pharmacy needs have accounts. Names are for a manager alone. */
import { Card } from "../parts/card.tsx"
import { LineTable } from "../parts/line-table.tsx"
import "../account/account.css"
import { Button, Group } from "@mantine/core"
import { command } from "../api.ts"
import { NotLoaded } from "../parts/states.tsx"
import { Tag } from "../parts/tag.tsx"
import { go } from "../router.ts"
import { say } from "../say.ts"
import { useHiring } from "../staff/use-hiring.tsx"
import { useLoaded } from "../use-loaded.ts"
import { inWords } from "../words.ts"
import { staffMissing } from "./missing.ts"
import type { PartProps } from "./part-form.tsx"

export const loadStaffing = () => command("staff-accounts", "staffing", {})
type Staffing = Awaited<ReturnType<typeof loadStaffing>>

const never = (): boolean => false

export function StaffStep({ person, changed }: PartProps) {
  const { value, trouble, again } = useLoaded(loadStaffing, never)
  const { button, told, dialog } = useHiring(() => {
    again()
    changed()
  })
  return (
    <Card title={say("Staff")} className="card-wide">
      <p className="dim">
        {say("Everybody signs in as themselves: what they decide stands in the log by name.")}
      </p>
      {told}
      {!value && <NotLoaded trouble={trouble} again={again} />}
      {value && <Counted staffing={value} />}
      {person.role === "manager" ? (
        <Group>
          {button}
          <Button variant="default" onClick={() => go("/staff")}>
            {say("All accounts")}
          </Button>
        </Group>
      ) : (
        <p>{say("A manager makes accounts and gives licences.")}</p>
      )}
      {dialog}
    </Card>
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
