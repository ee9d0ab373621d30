import assert from "node:assert/strict"
import { test } from "node:test"
import { written } from "./written-hours.ts"

const day = (weekday: string, ...spans: readonly (readonly [string, string])[]) => ({
  weekday,
  spans: spans.map(([opens, closes]) => ({ opens, closes })),
})

test("days with the same hours are told together, on a clock of twelve hours", () => {
  const week = [
    day("monday", ["09:00", "18:00"]),
    day("tuesday", ["09:00", "18:00"]),
    day("wednesday", ["09:00", "12:00"], ["13:30", "18:00"]),
    day("thursday", ["00:00", "12:00"]),
    day("friday"),
    day("saturday"),
  ]
  assert.equal(
    written(week, "en"),
    "Monday to Tuesday 9 AM to 6 PM; Wednesday 9 AM to 12 PM, 1:30 PM to 6 PM; " +
      "Thursday 12 AM to 12 PM; Friday to Saturday closed",
  )
  assert.equal(
    written(week, "es"),
    "lunes a martes de 9 AM a 6 PM; miércoles de 9 AM a 12 PM, de 1:30 PM a 6 PM; " +
      "jueves de 12 AM a 12 PM; viernes a sábado cerrado",
  )
})
