/** A licence as it is typed: number, state, last day; and what is read from that. */
import { TextInput } from "@mantine/core"
import type { Licence } from "../../../../modules/staff-accounts/contract.ts"
import { say } from "../say.ts"

export const noLicence: Licence = { number: "", state: "", expiresOn: "" }

const NUMBER = /^[A-Za-z0-9.-]{1,20}$/
const STATE = /^[A-Z]{2}$/

/** Undefined when nothing was typed at all. */
export function licenceOf({ number, state, expiresOn }: Licence) {
  if (number === "" && state === "" && expiresOn === "") return undefined
  const isWhole = NUMBER.test(number) && STATE.test(state) && expiresOn !== ""
  return isWhole ? { number, state, expiresOn } : "unfinished"
}

export interface LicenceFieldsProps {
  readonly typed: Licence
  readonly set: (typed: Licence) => void
}

export function LicenceFields({ typed, set }: LicenceFieldsProps) {
  return (
    <div className="search-fields">
      <TextInput
        label={say("Licence number")}
        maxLength={20}
        autoComplete="off"
        value={typed.number}
        onChange={({ currentTarget }) => set({ ...typed, number: currentTarget.value.trim() })}
      />
      <TextInput
        label={say("State")}
        maxLength={2}
        autoComplete="off"
        value={typed.state}
        onChange={({ currentTarget }) =>
          set({ ...typed, state: currentTarget.value.trim().toUpperCase() })
        }
      />
      <TextInput
        type="date"
        label={say("Good until")}
        value={typed.expiresOn}
        onChange={({ currentTarget }) => set({ ...typed, expiresOn: currentTarget.value })}
      />
    </div>
  )
}
