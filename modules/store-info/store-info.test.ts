/** Opening hours, also around holidays and clock changes, and the address through the contract. */
import assert from "node:assert/strict"
import { test } from "node:test"
import { openHouse } from "../../test/house.ts"
import { factToday } from "./fact.ts"
import { nextOpening, type Opening, openUntil, spansOn } from "./opening.ts"

const weekday = [{ opens: "09:00", closes: "18:00" }]
const opening: Opening = {
  timeZone: "America/Chicago",
  hours: {
    monday: weekday,
    tuesday: [
      { opens: "09:00", closes: "12:30" },
      { opens: "13:30", closes: "18:00" },
    ],
    wednesday: weekday,
    thursday: weekday,
    friday: weekday,
    saturday: [{ opens: "09:00", closes: "13:00" }],
    sunday: [],
  },
  holidays: [
    { on: "2026-11-26", name: "Thanksgiving Day" },
    { on: "2026-12-24", name: "Christmas Eve", hours: [{ opens: "09:00", closes: "12:00" }] },
  ],
}

/** A moment by the clock on the pharmacy's wall, in winter. */
function at(day: string, time: string): number {
  return Date.parse(`${day}T${time}:00-06:00`)
}

test("it is open from the minute it opens until the minute it closes", () => {
  assert.equal(openUntil(opening, at("2026-11-20", "08:59")), undefined)
  assert.equal(openUntil(opening, at("2026-11-20", "09:00")), "18:00")
  assert.equal(openUntil(opening, at("2026-11-20", "17:59")), "18:00")
  assert.equal(openUntil(opening, at("2026-11-20", "18:00")), undefined)
})

test("a break at noon is closed, and it opens again the same day", () => {
  assert.equal(openUntil(opening, at("2026-11-24", "11:00")), "12:30")
  assert.equal(openUntil(opening, at("2026-11-24", "13:00")), undefined)
  const next = { on: "2026-11-24", opens: "13:30" }
  assert.deepEqual(nextOpening(opening, at("2026-11-24", "13:00")), next)
})

test("a holiday is closed and named, unless it has hours of its own", () => {
  const noon = at("2026-11-26", "12:00")
  assert.equal(openUntil(opening, noon), undefined)
  const thanksgiving = { on: "2026-11-26", spans: [], holiday: "Thanksgiving Day" }
  assert.deepEqual(spansOn(opening, noon), thanksgiving)
  assert.deepEqual(nextOpening(opening, noon), { on: "2026-11-27", opens: "09:00" })
  assert.equal(openUntil(opening, at("2026-12-24", "11:00")), "12:00")
  assert.equal(openUntil(opening, at("2026-12-24", "12:00")), undefined)
})

test("the day is the pharmacy's own, also when it is tomorrow elsewhere", () => {
  assert.equal(spansOn(opening, at("2026-11-20", "23:30")).on, "2026-11-20")
  const monday = { on: "2026-11-23", opens: "09:00" }
  assert.deepEqual(nextOpening(opening, at("2026-11-21", "13:00")), monday)
})

test("nine o'clock stays nine o'clock when the clocks change", () => {
  const beforeNine = Date.parse("2026-11-02T14:59:00Z")
  assert.equal(openUntil(opening, beforeNine), undefined)
  assert.equal(openUntil(opening, beforeNine + 60_000), "18:00")
})

test("a pharmacy that never opens has no next opening", () => {
  const days = Object.keys(opening.hours).map((day) => [day, []])
  const closed = { ...opening, hours: Object.fromEntries(days) }
  assert.equal(nextOpening(closed, at("2026-11-20", "12:00")), undefined)
})

test("anybody is told the hours and the address, holidays of the site file included", async (t) => {
  const house = await openHouse(t, { only: ["store-info"] })
  const noon = { atMs: at("2026-11-26", "12:00") }
  const holiday = await house.asCaller(undefined, "store-info.hours", noon)
  assert.ok(holiday.kind === "done")
  const { isOpen, next, today } = holiday.value as Record<string, unknown>
  assert.equal(isOpen, false)
  assert.deepEqual(next, { on: "2026-11-27", opens: "09:00" })
  assert.deepEqual(today, { on: "2026-11-26", spans: [], holiday: "Thanksgiving Day" })

  const place = await house.asCaller(undefined, "store-info.location", {})
  assert.ok(place.kind === "done")
  assert.deepEqual(place.value, {
    name: "Willow Street Pharmacy",
    spokenName: "Willow Street Pharmacy",
    address: "100 Willow Street, Austin, TX 78701",
    phone: "+15125550197",
  })
})

test("a fact is told from its first day to its last, and the newer one of two", () => {
  const fact = (en: string, since: string, until?: string) => ({
    ...{ topic: "delivery", says: { en, es: "Sí." }, source: "the manager", since },
    ...(until === undefined ? {} : { until }),
  })
  const facts = [fact("old", "2026-01-02", "2026-11-19"), fact("new", "2026-11-18")]
  const told = (day: string) => factToday(facts, "delivery", day)?.says.en
  assert.deepEqual(
    ["2026-01-01", "2026-01-02", "2026-11-17", "2026-11-18", "2027-05-05"].map(told),
    [undefined, "old", "old", "new", "new"],
  )
  assert.equal(
    factToday([fact("old", "2026-01-02", "2026-11-19")], "delivery", "2026-11-20"),
    undefined,
  )
  assert.equal(factToday(facts, "parking", "2026-11-20"), undefined)
})

test("anybody is told a fact with its source, and none that the site does not state", async (t) => {
  const house = await openHouse(t, { only: ["store-info"], nowMs: at("2026-11-20", "12:00") })
  const ask = (topic: string) =>
    house.asCaller(undefined, "store-info.fact", { topic, language: "es" })
  const price = await ask("flu_shot_price")
  assert.ok(price.kind === "done")
  assert.deepEqual(price.value, {
    says: "La vacuna de la gripe cuesta $40 para quien la paga por su cuenta.",
    source: "Dana Whitfield, manager, price list of September 2026",
    since: "2026-09-01",
    until: "2027-06-30",
  })
  assert.equal(((await ask("disposal")) as { code?: string }).code, "no_fact")
})
