/** The steps of setting the pharmacy up, in their order, each a page of its own. */
import type { English } from "../say.ts"

export const steps = [
  { id: "pharmacy", label: "The pharmacy" },
  { id: "greeting", label: "The greeting" },
  { id: "hours", label: "Opening hours" },
  { id: "holidays", label: "Holidays" },
  { id: "numbers", label: "Telephone numbers" },
  { id: "facts", label: "Facts" },
  { id: "staff", label: "Staff" },
  { id: "pms", label: "Pharmacy system" },
  { id: "backup", label: "Keys and backup" },
] as const satisfies readonly { readonly id: string; readonly label: English }[]

export type StepId = (typeof steps)[number]["id"]

export function pathOf(step: StepId | undefined): string {
  return step ? `/set-up/${step}` : "/set-up"
}
