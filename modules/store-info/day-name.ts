/** How people name the day when they ask whether the pharmacy is open. */
import { type Static, Type as t } from "typebox"

/** Monday first, as a week of the ISO calendar is counted. */
export const weekdays = [
  "monday",
  "tuesday",
  "wednesday",
  "thursday",
  "friday",
  "saturday",
  "sunday",
] as const

export const federalNames = [
  "New Year's Day",
  "Martin Luther King Jr. Day",
  "Presidents' Day",
  "Memorial Day",
  "Juneteenth",
  "Independence Day",
  "Labor Day",
  "Columbus Day",
  "Veterans Day",
  "Thanksgiving Day",
  "Christmas Day",
] as const

/** No federal holidays, and yet days on which shops keep other hours. */
export const customaryNames = [
  "Good Friday",
  "Easter Sunday",
  "The day after Thanksgiving",
  "Christmas Eve",
  "New Year's Eve",
] as const

const near = ["today", "tomorrow", "the day after tomorrow"] as const

/** A weekday is the next one, today included; so is a date without a year, `MM-DD`. */
export const DayName = t.Union([
  t.Union([...near, ...weekdays].map((name) => t.Literal(name))),
  t.Union([...federalNames, ...customaryNames].map((name) => t.Literal(name))),
  t.String({ pattern: "^(0[1-9]|1[0-2])-(0[1-9]|[12][0-9]|3[01])$" }),
])
export type DayName = Static<typeof DayName>
