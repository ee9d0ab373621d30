/** The letter to the plan: a draft made by intent from what is on file. A person edits it. */
import type { Input } from "#core/contract.ts"
import { pms } from "#core/pms.ts"
import { intent, type PriorAuthLetter } from "../../intent/contract.ts"
import { prescribers } from "../prescribers/contract.ts"
import type { PriorAuth, priorAuth } from "./contract.ts"
import type { Here } from "./needs.ts"

type Given = Omit<Input<typeof priorAuth, "prepare">, "priorAuth">

/** Undefined when the prescription or the patient is not there any more. */
export async function draft(
  { patient, rxNumber }: PriorAuth,
  given: Given,
  { call }: Here,
): Promise<PriorAuthLetter | undefined> {
  const prescription = await call(pms, "getPrescription", { rxNumber })
  const person = await call(pms, "getPatient", { patient })
  if (!prescription.ok || !person.ok) return undefined
  const { drugName } = prescription.value
  const { firstName, lastName, dateOfBirth, phones, zip } = person.value
  const writer = await call(prescribers, "writerOf", { rxNumber })
  const prescriber = writer.ok ? writer.value.name : undefined
  const drafted = await call(intent, "draftPriorAuth", {
    packet: { ...given, drugName },
    patient,
    about: {
      people: [
        {
          ...{ role: "patient", first: firstName, last: lastName, dateOfBirth, phones },
          ...{ rxNumbers: [rxNumber], ...(zip === undefined ? {} : { zip }) },
        },
        ...(prescriber === undefined ? [] : [{ role: "prescriber", last: prescriber } as const]),
      ],
      drugs: [drugName],
    },
  })
  return drafted.ok ? drafted.value : undefined
}

/** Whether nobody has gone over it: it says so itself, or has places left for a person. */
export function isStillDraft(letter: string): boolean {
  return /\bDRAFT\b|\[[^\]]*\]/.test(letter)
}
