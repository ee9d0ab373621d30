/** Opening hours, also around holidays and clock changes, and the address through the contract. */
import assert from "node:assert/strict"
import { mkdtempSync, readFileSync, rmSync } from "node:fs"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { test } from "node:test"
import { Type as t } from "typebox"
import type { Role } from "#core/actor.ts"
import { parseYaml } from "#core/json.ts"
import type { Reply } from "#core/module.ts"
import { type House, openHouse } from "../../test/house.ts"
import type { SetUp } from "./contract.ts"
import { factToday } from "./fact.ts"
import { federalHolidays } from "./federal.ts"
import { inForce } from "./in-force.ts"
import { dateOf, isKept } from "./named-day.ts"
import {
  hoursOn,
  nextOpening,
  type Opening,
  openingsBetween,
  openUntil,
  spansOn,
} from "./opening.ts"

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

test("a day that is named is the next one, today included", () => {
  const friday = "2026-11-27"
  for (const [name, on] of [
    ["tomorrow", "2026-11-28"],
    ["the day after tomorrow", "2026-11-29"],
    ["friday", friday],
    ["thursday", "2026-12-03"],
    ["Thanksgiving Day", "2027-11-25"],
    ["The day after Thanksgiving", friday],
    ["Christmas Eve", "2026-12-24"],
    ["New Year's Day", "2027-01-01"],
    ["Good Friday", "2027-03-26"],
    ["12-24", "2026-12-24"],
    ["01-02", "2027-01-02"],
    ["02-30", undefined],
  ] as const)
    assert.equal(dateOf(name, friday), on, name)
})

test("Easter is on the Sundays of the calendar, the two that the rule makes late among them", () => {
  const dates = ["2024-03-31", "2025-04-20", "2026-04-05", "2027-03-28", "2049-04-18", "2076-04-19"]
  for (const on of dates) {
    assert.equal(dateOf("Easter Sunday", `${on.slice(0, 4)}-01-01`), on)
    assert.ok(isKept(on), on)
  }
})

test("the usual hours are not vouched for on a holiday of which the pharmacy has said nothing", () => {
  const about = (on: string) => {
    const { spans, isUncertain, next } = hoursOn(opening, on)
    return [spans.length > 0 ? "open" : "closed", isUncertain ? "uncertain" : "certain", next?.on]
  }
  assert.deepEqual(about("2026-11-26"), ["closed", "certain", "2026-11-27"])
  assert.deepEqual(about("2026-12-24"), ["open", "certain", "2026-12-25"])
  assert.deepEqual(about("2026-12-25"), ["open", "uncertain", "2026-12-26"])
  // Independence Day of 2026 is a Saturday, kept on the Friday.
  assert.deepEqual(about("2026-07-03"), ["open", "uncertain", "2026-07-04"])
  assert.deepEqual(about("2026-07-04"), ["open", "uncertain", "2026-07-06"])
  assert.deepEqual(about("2027-03-28"), ["closed", "certain", "2027-03-29"])
  assert.deepEqual(about("2026-12-02"), ["open", "certain", "2026-12-03"])
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

test("the openings of some days are its spans as moments: none on holidays, a break between two", () => {
  const openings = openingsBetween(opening, at("2026-11-24", "00:00"), at("2026-11-28", "00:00"))
  assert.deepEqual(openings, [
    { fromMs: at("2026-11-24", "09:00"), untilMs: at("2026-11-24", "12:30") },
    { fromMs: at("2026-11-24", "13:30"), untilMs: at("2026-11-24", "18:00") },
    { fromMs: at("2026-11-25", "09:00"), untilMs: at("2026-11-25", "18:00") },
    { fromMs: at("2026-11-27", "09:00"), untilMs: at("2026-11-27", "18:00") },
  ])
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

const all = ["store-info"]
const saturdayNoon = { atMs: at("2026-11-21", "12:00") }

interface Shown {
  readonly revision: number
  readonly setUp: SetUp
  readonly last?: { readonly by: string }
}

async function shown(house: House): Promise<Shown> {
  const reply = await house.asStaff("manager", "store-info.setUp")
  assert.ok(reply.kind === "done")
  return reply.value as Shown
}

function change(house: House, revision: number, parts: Partial<SetUp>, role: Role = "manager") {
  const input = { revision, reason: "A new lease.", parts }
  return house.asStaff(role, "store-info.change", input)
}

const becameOf = (reply: Reply) => (reply.kind === "fault" ? reply.code : reply.kind)

async function isOpen(house: House, moment: { readonly atMs: number }): Promise<unknown> {
  const reply = await house.asCaller(undefined, "store-info.hours", moment)
  assert.ok(reply.kind === "done")
  return (reply.value as Record<string, unknown>).isOpen
}

test("callers hear changed hours at once, and still after a restart, as do modules told by the file", async (t) => {
  const folder = mkdtempSync(join(tmpdir(), "mortar-set-up-"))
  t.after(() => rmSync(folder, { recursive: true, force: true, maxRetries: 10 }))
  const first = await openHouse(t, { only: all, folder })
  const { revision, setUp } = await shown(first)
  assert.equal(await isOpen(first, saturdayNoon), true)
  const pharmacy = { ...setUp.pharmacy, timeZone: "America/Denver", spokenName: "Willow" }
  const parts = { hours: { ...setUp.hours, saturday: [] }, pharmacy }
  assert.equal(becameOf(await change(first, revision, parts)), "done")
  assert.equal(await isOpen(first, saturdayNoon), false)
  await first[Symbol.asyncDispose]()

  const again = await openHouse(t, { only: all, folder })
  assert.equal(await isOpen(again, saturdayNoon), false)
  const own = { only: { timeZone: "America/Chicago" }, changed: { timeZone: "Europe/Madrid" } }
  const modules = { ...again.config.site.modules, settings: own }
  const config = { ...again.config, site: { ...again.config.site, modules } }
  const { settings, timeZone } = inForce(config, again.store, { changed: { is: "known" } })
  assert.equal(timeZone, "America/Denver")
  assert.deepEqual(settings.only, { timeZone: "America/Denver" })
  assert.deepEqual(settings.changed, { timeZone: "Europe/Madrid", is: "known" })
})

test("of two who change the same part the first counts; another part is nobody's loss", async (t) => {
  const house = await openHouse(t, { only: all })
  const { revision, setUp } = await shown(house)
  const hours = { ...setUp.hours, sunday: [{ opens: "10:00", closes: "12:00" }] }
  const race = [change(house, revision, { hours }), change(house, revision, { hours: setUp.hours })]
  const became = (await Promise.all(race)).map(becameOf)
  assert.deepEqual(became.toSorted(), ["done", "stale"])
  assert.equal(becameOf(await change(house, revision, { hours })), "stale")
  assert.equal(becameOf(await change(house, revision, { holidays: [] }, "operator")), "done")
  assert.equal((await shown(house)).last?.by, "the-operator")

  const history = await house.asStaff("manager", "store-info.history")
  assert.ok(history.kind === "done")
  const { changes } = history.value as { changes: readonly Record<string, unknown>[] }
  assert.deepEqual(
    changes.map(({ by, parts, reason }) => [by, parts, reason]),
    [
      ["the-operator", ["holidays"], "A new lease."],
      ["the-manager", ["hours"], "A new lease."],
      ["mortar", [], "The site file."],
    ],
  )
})

test("what cannot be is refused by the part it is in, and nothing changes", async (t) => {
  const house = await openHouse(t, { only: all })
  const { revision, setUp } = await shown(house)
  const { hours, pharmacy } = setUp
  const day = { on: "2027-01-01", name: "New Year's Day" }
  const wrong: readonly (readonly [string, Partial<SetUp>])[] = [
    ["npi_wrong", { pharmacy: { ...pharmacy, npi: "1234567890" } }],
    ["zone_unknown", { pharmacy: { ...pharmacy, timeZone: "America/Nowhere" } }],
    ["spans_wrong", { hours: { ...hours, monday: [{ opens: "18:00", closes: "09:00" }] } }],
    ["spans_wrong", { holidays: [{ ...day, hours: [{ opens: "09:00", closes: "09:00" }] }] }],
    ["day_twice", { holidays: [day, day] }],
    ["invalid_input", { phones: { ...setUp.phones, pharmacist: "555-0198" } }],
  ]
  for (const [code, parts] of wrong)
    assert.equal(becameOf(await change(house, revision, parts)), code)
  assert.deepEqual(await shown(house), { revision: 0, setUp })
})

test("the set-up is for a manager and an operator, and for nobody else", async (t) => {
  const house = await openHouse(t, { only: all })
  for (const role of ["technician", "pharmacist"] as const) {
    assert.equal((await house.asStaff(role, "store-info.setUp")).kind, "refused")
    assert.equal((await change(house, 0, { holidays: [] }, role)).kind, "refused")
  }
  assert.equal((await house.asCaller("1001", "store-info.history", {})).kind, "refused")
})

test("federal holidays stand on the days they are observed, as the site file has them", async () => {
  const written = parseYaml(
    {
      text: readFileSync(new URL("../../config/site.yaml", import.meta.url), "utf8"),
      file: "site.yaml",
    },
    t.Object({ holidays: t.Array(t.Object({ on: t.String(), name: t.String() })) }),
  ).holidays
  const newYear2028 = { on: "2027-12-31", name: "New Year's Day" }
  assert.deepEqual(federalHolidays("2026-01-01"), [...written, newYear2028])
})

async function told(house: House, topic: string): Promise<unknown> {
  const reply = await house.asCaller(undefined, "store-info.fact", { topic, language: "en" })
  return reply.kind === "done" ? (reply.value as { says: string }).says : becameOf(reply)
}

test("a fact that was changed is told at once, and one that was taken away no more", async (t) => {
  const house = await openHouse(t, { only: all, nowMs: at("2026-11-20", "12:00") })
  const { revision, setUp } = await shown(house)
  const ramp = {
    topic: "access",
    says: { en: "There is a ramp at the side door.", es: "Hay una rampa en la puerta lateral." },
    ...{ source: "Dana Whitfield, manager", since: "2026-11-01" },
  }
  const facts = [...setUp.facts.filter(({ topic }) => topic !== "parking"), ramp]
  assert.equal(becameOf(await change(house, revision, { facts })), "done")
  assert.equal(await told(house, "access"), ramp.says.en)
  assert.equal(await told(house, "parking"), "no_fact")
  assert.match(String(await told(house, "delivery")), /^We deliver/)
  const wrong = [
    ["fact_twice", [...facts, ramp]],
    ["fact_ends_early", [{ ...ramp, until: "2026-10-31" }]],
  ] as const
  for (const [code, facts] of wrong)
    assert.equal(becameOf(await change(house, revision + 1, { facts: [...facts] })), code)
})

test("a greeting of one's own names the pharmacy, also once the name is another", async (t) => {
  const house = await openHouse(t, { only: all })
  const { revision, setUp } = await shown(house)
  const greeting = { en: "Welcome to Willow Street  pharmacy, we are glad you call." }
  const nameless = { en: "Welcome to the best pharmacy in town." }
  const greet = (parts: Partial<SetUp>, at = revision) => change(house, at, parts).then(becameOf)
  assert.equal(await greet({ greeting: nameless }), "greeting_nameless")
  assert.equal(await greet({ greeting }), "done")
  const place = await house.asCaller(undefined, "store-info.location", {})
  assert.ok(place.kind === "done")
  assert.deepEqual((place.value as { greeting: unknown }).greeting, greeting)
  const renamed = { ...setUp.pharmacy, spokenName: "Oak Street Pharmacy" }
  assert.equal(await greet({ pharmacy: renamed }, revision + 1), "greeting_nameless")
  assert.equal(await greet({ pharmacy: renamed, greeting: {} }, revision + 1), "done")
})
