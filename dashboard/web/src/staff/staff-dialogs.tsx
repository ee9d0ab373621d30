/** What a manager does with an account: makes it, gives it a role, a licence, a new password. */
import { Select, TextInput } from "@mantine/core"
import { useState } from "react"
import type { Account, Licence } from "../../../../modules/staff-accounts/contract.ts"
import { useAct } from "../account/use-act.ts"
import { command } from "../api.ts"
import { FormDialog } from "../parts/form-dialog.tsx"
import { say } from "../say.ts"
import type { Role } from "../session.ts"
import { makeTemporaryPassword } from "../temporary-password.ts"
import { inWords } from "../words.ts"
import { LicenceFields, licenceOf, noLicence } from "./licence-fields.tsx"

/** A password as it is told, this once. */
export interface Told {
  readonly user: string
  readonly password: string
}

export interface DialogProps {
  readonly account: Account
  readonly close: () => void
  readonly changed: () => void
}

const USER_NAME = /^[a-z][a-z0-9._-]{1,31}$/
const everyRole: readonly Role[] = ["technician", "pharmacist", "manager", "operator"]

function RoleField({ role, set }: { role: Role; set: (role: Role) => void }) {
  return (
    <Select
      label={say("Role")}
      data={everyRole.map((one) => ({ value: one, label: inWords(one) }))}
      value={role}
      allowDeselect={false}
      onChange={(value) => set(everyRole.find((one) => one === value) ?? role)}
    />
  )
}

export interface NewColleagueProps {
  readonly close: () => void
  readonly made: (told: Told) => void
}

export function NewColleague({ close, made }: NewColleagueProps) {
  const [user, setUser] = useState("")
  const [fullName, setFullName] = useState("")
  const [role, setRole] = useState<Role>("technician")
  const [typed, setTyped] = useState(noLicence)
  const { act, isBusy } = useAct()
  const licence = licenceOf(typed)
  const wantsLicence = role === "pharmacist"
  const isReady =
    USER_NAME.test(user) && fullName.trim() !== "" && (!wantsLicence || licence !== "unfinished")
  const send = async (): Promise<void> => {
    const password = makeTemporaryPassword([user, fullName])
    const account = { user, fullName: fullName.trim(), role, password }
    const licensed = wantsLicence && licence && licence !== "unfinished" ? { licence } : {}
    const make = () => command("staff-accounts", "create", { ...account, ...licensed })
    if (await act(make)) made({ user, password })
  }
  return (
    <FormDialog
      title={say("New colleague")}
      verb={say("Make the account")}
      {...{ isReady, isBusy, close }}
      send={() => void send()}
    >
      <TextInput
        label={say("Full name")}
        required
        withAsterisk={false}
        maxLength={120}
        autoComplete="off"
        data-autofocus
        value={fullName}
        onChange={({ currentTarget }) => setFullName(currentTarget.value)}
      />
      <TextInput
        label={say("User name")}
        description={say("Small letters and digits, beginning with a letter.")}
        required
        withAsterisk={false}
        maxLength={32}
        autoComplete="off"
        value={user}
        onChange={({ currentTarget }) => setUser(currentTarget.value.trim().toLowerCase())}
      />
      <RoleField role={role} set={setRole} />
      {wantsLicence && <LicenceFields typed={typed} set={setTyped} />}
      <p className="dim small">
        {say("A password is made and shown once. Its person chooses another at the first sign-in.")}
      </p>
    </FormDialog>
  )
}

export function RoleDialog({ account: { user, role: before }, close, changed }: DialogProps) {
  const [role, setRole] = useState(before)
  const { act, isBusy } = useAct()
  const send = async (): Promise<void> => {
    const give = () => command("staff-accounts", "setRole", { user, role })
    if (await act(give, say("{user} has another role now.", { user }))) changed()
  }
  return (
    <FormDialog
      title={say("Role of {user}", { user })}
      verb={say("Give this role")}
      isReady={role !== before}
      {...{ isBusy, close }}
      send={() => void send()}
    >
      <RoleField role={role} set={setRole} />
      <p className="dim small">
        {say("It counts at once, also where they are signed in. A manager is not a pharmacist.")}
      </p>
    </FormDialog>
  )
}

export function LicenceDialog({ account: { user, licence }, close, changed }: DialogProps) {
  const [typed, setTyped] = useState(licence ?? noLicence)
  const { act, isBusy } = useAct()
  const read = licenceOf(typed)
  const isSame = JSON.stringify(read) === JSON.stringify(licence)
  const send = async (): Promise<void> => {
    const given: { licence?: Licence } = read && read !== "unfinished" ? { licence: read } : {}
    const put = () => command("staff-accounts", "setLicence", { user, ...given })
    const done = given.licence ? say("The licence is on file.") : say("No licence is on file.")
    if (await act(put, done)) changed()
  }
  return (
    <FormDialog
      title={say("Licence of {user}", { user })}
      verb={read === undefined ? say("Take it off file") : say("Put it on file")}
      isReady={read !== "unfinished" && !isSame}
      {...{ isBusy, close }}
      send={() => void send()}
    >
      <LicenceFields typed={typed} set={setTyped} />
      <p className="dim small">
        {say("Without a good one, a pharmacist cannot decide what asks for a pharmacist.")}{" "}
        {say("Leave all three empty to take it off.")}
      </p>
    </FormDialog>
  )
}

export interface PasswordDialogProps extends Pick<DialogProps, "account" | "close"> {
  readonly made: (told: Told) => void
}

export function PasswordDialog({ account: { user, fullName }, close, made }: PasswordDialogProps) {
  const { act, isBusy } = useAct()
  const send = async (): Promise<void> => {
    const password = makeTemporaryPassword([user, fullName])
    if (await act(() => command("staff-accounts", "setPassword", { user, password })))
      made({ user, password })
  }
  return (
    <FormDialog
      title={say("New password for {user}", { user })}
      verb={say("Make a new password")}
      isReady
      {...{ isBusy, close }}
      send={() => void send()}
    >
      <p>{say("The old one is good no more, and every screen of theirs is signed out.")}</p>
      <p>{say("Be sure who asks: at the counter, or by ringing them back.")}</p>
    </FormDialog>
  )
}

export function FactorsDialog({ account: { user }, close, changed }: DialogProps) {
  const { act, isBusy } = useAct()
  const send = async (): Promise<void> => {
    const forget = () => command("mfa", "reset", { user })
    if (await act(forget, say("The second factors of {user} are gone.", { user }))) changed()
  }
  return (
    <FormDialog
      title={say("Second factors of {user}", { user })}
      verb={say("Forget them")}
      isReady
      isGrave
      {...{ isBusy, close }}
      send={() => void send()}
    >
      <p>{say("Passkeys, codes from a telephone and recovery codes open nothing any more.")}</p>
      <p>{say("Be sure who asks: at the counter, or by ringing them back.")}</p>
    </FormDialog>
  )
}

export function CloseDialog({ account: { user }, close, changed }: DialogProps) {
  const { act, isBusy } = useAct()
  const send = async (): Promise<void> => {
    const shut = () => command("staff-accounts", "disable", { user })
    if (await act(shut, say("The account of {user} is closed.", { user }))) changed()
  }
  return (
    <FormDialog
      title={say("Close the account of {user}", { user })}
      verb={say("Close the account")}
      isReady
      isGrave
      {...{ isBusy, close }}
      send={() => void send()}
    >
      <p>{say("They are signed out everywhere at once, and cannot sign in.")}</p>
      <p>{say("What they did stays in the log under their name. You can open it again.")}</p>
    </FormDialog>
  )
}
