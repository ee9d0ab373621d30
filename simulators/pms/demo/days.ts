/** Calendar days as `YYYY-MM-DD`, and as this vendor writes them: `3/9/2026 5:30 PM`. */

const DAY_MS = 86_400_000

export function plusDays(day: string, days: number): string {
  return new Date(Date.parse(`${day}T00:00:00Z`) + days * DAY_MS).toISOString().slice(0, 10)
}

/** The calendar day it is now in that zone. */
export function todayIn(timeZone: string): string {
  return new Intl.DateTimeFormat("en-CA", { timeZone }).format(new Date())
}

export function vendorDay(day: string): string {
  const [year, month, date] = day.split("-").map(Number)
  return `${month}/${date}/${year}`
}

/** `day` and a 24-hour `HH:MM` as the vendor writes a moment, in the pharmacy's own time. */
export function vendorMoment(day: string, time: string): string {
  const [hour = 0, minute = 0] = time.split(":").map(Number)
  const half = hour < 12 ? "AM" : "PM"
  const minutes = String(minute).padStart(2, "0")
  return `${vendorDay(day)} ${hour % 12 === 0 ? 12 : hour % 12}:${minutes} ${half}`
}
