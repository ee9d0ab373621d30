/** The pharmacy's own number, and whose telephone rings. */
import { TextInput } from "@mantine/core"
import { useState } from "react"
import { say } from "../say.ts"
import { phoneOf, phoneText } from "../words.ts"
import { PartForm, type PartProps } from "./part-form.tsx"

export function NumbersStep(part: PartProps) {
  const { phones } = part.shown.setUp
  const [pharmacy, setPharmacy] = useState(phoneText(phones.pharmacy))
  const [pharmacist, setPharmacist] = useState(phoneText(phones.pharmacist))
  const [isChecked, setChecked] = useState(false)
  const isNone = (typed: string): boolean => isChecked && phoneOf(typed) === undefined
  const parts = () => {
    setChecked(true)
    const own = phoneOf(pharmacy)
    const rung = phoneOf(pharmacist)
    if (!(own && rung)) return undefined
    return { phones: { ...phones, pharmacy: own, pharmacist: rung } }
  }
  return (
    <PartForm
      {...part}
      title={say("Telephone numbers")}
      intro={say(
        "Callers are told the pharmacy's number at once. Who is rung changes with the next start.",
      )}
      parts={parts}
      point={() => false}
    >
      <PhoneField
        label={say("The pharmacy's number")}
        isWrong={isNone(pharmacy)}
        value={pharmacy}
        set={setPharmacy}
      />
      <PhoneField
        label={say("Who is rung for the pharmacist")}
        isWrong={isNone(pharmacist)}
        value={pharmacist}
        set={setPharmacist}
      />
    </PartForm>
  )
}

interface PhoneFieldProps {
  readonly label: string
  readonly isWrong: boolean
  readonly value: string
  readonly set: (value: string) => void
}

function PhoneField({ label, isWrong, value, set }: PhoneFieldProps) {
  return (
    <TextInput
      className="field"
      type="tel"
      label={label}
      required
      withAsterisk={false}
      error={isWrong && say("That is no telephone number: ten digits, with the area code.")}
      autoComplete="off"
      value={value}
      onChange={({ currentTarget }) => set(currentTarget.value)}
    />
  )
}
