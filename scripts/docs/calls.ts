/** The golden calls that pass on every pharmacy system, and what is heard where one can't tell. */
import { asOn, differencesOf, onEveryVendor } from "../../test/calls/by-vendor.ts"
import { table } from "./table.ts"
import type { Vendor } from "./vendors.ts"

type Expected = ReturnType<typeof asOn>["expect"]

/** Call by vendor, and below it what differs. */
export function callTables(vendors: readonly Vendor[], heads: readonly string[]) {
  const played = vendors.map(({ name, folder }) => ({ name, differences: differencesOf(folder) }))
  const all = onEveryVendor.map(({ name, about }) => [
    `\`${name}\`: ${about}`,
    ...played.map(({ differences }) => (differences[name] ? "otherwise" : "the same")),
  ])
  const otherwise = played.flatMap(({ name: vendor, differences }) =>
    onEveryVendor.flatMap((script) => {
      const difference = differences[script.name]
      if (!difference) return []
      const { dialogue, why } = difference
      const heard = dialogue.flatMap((step) => ("hear" in step ? [step.hear] : []))
      const left = leftToStaff(asOn(script, difference).expect)
      return [[vendor, `\`${script.name}\``, heard.join(" … "), left, why]]
    }),
  )
  return [
    "## Golden calls by vendor",
    "",
    "Each is played on every vendor's simulator. `the same`: as on the demo's pharmacy system.",
    "",
    ...table(["Call", ...heads], all),
    "",
    "## What callers hear otherwise",
    "",
    ...table(["Vendor", "Call", "The caller hears", "Staff get", "Why"], otherwise),
  ]
}

/** By tier. */
const people = ["nobody", "a technician", "a pharmacist", "a manager"]

function leftToStaff({ workItems = [], callbacks = 0 }: Expected): string {
  const tasks = workItems.map(({ tier }) => `a task for ${people[tier]}`)
  const calls = callbacks > 0 ? ["a call to make"] : []
  return [...tasks, ...calls].join(", ") || "nothing to do"
}
