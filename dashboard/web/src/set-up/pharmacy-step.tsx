/** Who the pharmacy is: its name, how it is said, its NPI, where it stands and in what time. */
import { Select, TextInput } from "@mantine/core"
import { useState } from "react"
import { say } from "../say.ts"
import { PartForm, type PartProps } from "./part-form.tsx"

const LINE_LENGTH_MAX = 120
const ZONES_LISTED_MAX = 40

export function PharmacyStep(part: PartProps) {
  const [pharmacy, setPharmacy] = useState(part.shown.setUp.pharmacy)
  const [code, setCode] = useState("")
  const { address } = pharmacy
  const zones = Intl.supportedValuesOf("timeZone")
  const point = (next: string): boolean => {
    setCode(next)
    return next === "npi_wrong" || next === "zone_unknown"
  }
  const move = (next: Partial<typeof address>): void =>
    setPharmacy({ ...pharmacy, address: { ...address, ...next } })
  return (
    <PartForm
      {...part}
      title={say("The pharmacy")}
      intro={say("Callers are told the address from the next call on.")}
      parts={() => ({ pharmacy })}
      point={point}
    >
      <Line
        label={say("Name of the pharmacy")}
        value={pharmacy.name}
        set={(name) => setPharmacy({ ...pharmacy, name })}
      />
      <Line
        label={say("NPI")}
        pattern="[12][0-9]{9}"
        title={say("Ten digits that begin with 1 or 2.")}
        error={code === "npi_wrong" && say("The NPI has a wrong check digit.")}
        value={pharmacy.npi}
        set={(npi) => setPharmacy({ ...pharmacy, npi })}
      />
      <Line label={say("Street")} value={address.street} set={(street) => move({ street })} />
      <Line label={say("City")} value={address.city} set={(city) => move({ city })} />
      <Line
        label={say("State")}
        pattern="[A-Z]{2}"
        title={say("Two capital letters, such as TX.")}
        value={address.state}
        set={(state) => move({ state })}
      />
      <Line
        label={say("ZIP code")}
        pattern="[0-9]{5}(-[0-9]{4})?"
        title={say("Five digits, or nine with a hyphen.")}
        value={address.zip}
        set={(zip) => move({ zip })}
      />
      <Select
        className="field"
        label={say("Time zone")}
        description={say("Schedules and texts go by another one from the next start on.")}
        searchable
        allowDeselect={false}
        limit={ZONES_LISTED_MAX}
        data={zones.includes(pharmacy.timeZone) ? zones : [pharmacy.timeZone, ...zones]}
        error={code === "zone_unknown" && say("No time zone has that name.")}
        value={pharmacy.timeZone}
        onChange={(timeZone) =>
          setPharmacy({ ...pharmacy, timeZone: timeZone ?? pharmacy.timeZone })
        }
      />
    </PartForm>
  )
}

interface LineProps {
  readonly label: string
  readonly pattern?: string
  /** What the browser says when the pattern does not fit. */
  readonly title?: string
  readonly error?: string | false
  readonly value: string
  readonly set: (value: string) => void
}

function Line({ set, ...field }: LineProps) {
  return (
    <TextInput
      {...field}
      className="field"
      required
      withAsterisk={false}
      maxLength={LINE_LENGTH_MAX}
      autoComplete="off"
      onChange={({ currentTarget }) => set(currentTarget.value)}
    />
  )
}
