/**
 * What has to be there in one of two places: 2017071 has it in the one and 2023011 in the other, so
 * no schema of both can ask for it. A prescription for nobody is refused, whatever its version.
 */
import { isRecord } from "#core/json.ts"

const named = ["Name", "Names"]
const either: Readonly<Record<string, readonly string[]>> = {
  HumanPatient: named,
  Owner: named,
  NonVeterinarian: named,
  Veterinarian: named,
  PrescriberAgent: named,
  RxFill: ["FillStatus", "StatusType"],
}

/** The place that is empty, by the name that 2017071 has for it; undefined when nothing is. */
export function missingIn(element: string, form: unknown, at: string): string | undefined {
  if (Array.isArray(form)) return first(form.map((one) => missingIn(element, one, at)))
  if (!isRecord(form)) return undefined
  const places = Object.hasOwn(either, element) ? (either[element] ?? []) : []
  if (places.length > 0 && !places.some((place) => form[place] !== undefined)) {
    return `${at}/${places[0]}`
  }
  return first(Object.entries(form).map(([name, part]) => missingIn(name, part, `${at}/${name}`)))
}

const first = (found: readonly (string | undefined)[]): string | undefined =>
  found.find((one) => one !== undefined)
