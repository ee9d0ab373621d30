/** Names, days and files of reports, for the pages that show them. */
import { notifications } from "@mantine/notifications"
import type { Report } from "../../../modules/reports/contract.ts"
import { closing } from "./account/use-act.ts"
import { type English, say } from "./say.ts"

type Kind = Report["kind"]

const titles: Readonly<Record<Kind, English>> = {
  accesses: "Accesses by person",
  accounting: "Accounting of disclosures",
  after_hours: "Access after hours",
  bulk: "Bulk access",
  denied: "Denied attempts",
  break_glass: "Emergency rights",
  cloud: "Disclosures to the cloud",
  approvals: "Approvals by tier",
  recordings: "Recordings retained and destroyed",
}

const order = [
  ...(["accesses", "accounting", "after_hours", "bulk", "denied"] as const),
  ...(["break_glass", "cloud", "approvals", "recordings"] as const),
]

export function titleOfReport(kind: Kind): string {
  return say(titles[kind])
}

export function kindChoices() {
  return order.map((value) => ({ value, label: titleOfReport(value) }))
}

/** A day of the reader's own calendar. */
export function daysAgo(days: number): string {
  const day = new Date()
  day.setDate(day.getDate() - days)
  const two = (number: number): string => `${number}`.padStart(2, "0")
  return `${day.getFullYear()}-${two(day.getMonth() + 1)}-${two(day.getDate())}`
}

const types: Readonly<Record<string, string>> = {
  pdf: "application/pdf",
  csv: "text/csv",
  json: "application/json",
}

/** Hands a file to the reader, as a download does. */
export function save({ name, base64 }: { readonly name: string; readonly base64: string }): void {
  const bytes = Uint8Array.from(atob(base64), (letter) => letter.charCodeAt(0))
  const type = types[name.replace(/^.*\./, "")] ?? "application/octet-stream"
  const url = URL.createObjectURL(new Blob([bytes], { type }))
  const link = document.createElement("a")
  link.href = url
  link.download = name
  link.click()
  URL.revokeObjectURL(url)
  const message = say("Saved as {name}.", { name })
  notifications.show({ message, closeButtonProps: closing() })
}
