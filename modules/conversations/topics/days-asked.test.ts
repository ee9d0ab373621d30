import assert from "node:assert/strict"
import { test } from "node:test"
import { plain } from "../plain.ts"
import { daysAsked } from "./days-asked.ts"

for (const [said, days] of [
  ["are you open on Christmas?", ["Christmas Day"]],
  ["will you be open New Year's Eve or New Year's Day", ["New Year's Eve", "New Year's Day"]],
  ["Are you open Christmas Eve and Christmas?", ["Christmas Eve", "Christmas Day"]],
  ["are you open the day after Thanksgiving", ["The day after Thanksgiving"]],
  ["what time do you open tomorrow morning", ["tomorrow"]],
  ["are you open the day after tomorrow", ["the day after tomorrow"]],
  ["what are your hours on Saturday", ["saturday"]],
  ["Thursday and Friday", ["thursday", "friday"]],
  ["are you open December 24th", ["12-24"]],
  ["on the 4th of July", ["07-04"]],
  ["are you open on the fourth of July", ["Independence Day"]],
  ["are you open on Sundays", []],
  ["are you open every Sunday", []],
  ["how late are you open tonight", []],
  ["are you open December 99", []],
  ["¿Abren el día de Acción de Gracias?", ["Thanksgiving Day"]],
  ["¿abren mañana por la mañana?", ["tomorrow"]],
  ["¿a qué hora abren en la mañana?", []],
  ["pasado mañana abren", ["the day after tomorrow"]],
  ["abren en Nochebuena o en Navidad", ["Christmas Eve", "Christmas Day"]],
  ["el 24 de diciembre", ["12-24"]],
  ["abren el lunes", ["monday"]],
  ["abren los lunes", []],
  ["abren los domingos", []],
] as const) {
  test(`“${said}” is about ${days.join(" and ") || "no one day"}`, () => {
    assert.deepEqual(daysAsked(plain(said)), days)
  })
}
