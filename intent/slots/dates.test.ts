import assert from "node:assert/strict"
import { test } from "node:test"
import fc from "fast-check"
import { numberInWords } from "../replies/numerals.ts"
import { datesOfBirth } from "./dates.ts"

const today = "2026-11-20"
const ask = (text: string) => datesOfBirth(text, { today, dayFirst: false, isAsked: true })

const spoken: readonly (readonly [string, readonly string[]])[] = [
  ["march third nineteen eighty five", ["1985-03-03"]],
  ["three three eighty five", ["1985-03-03"]],
  ["august fifteenth nineteen sixty-nine", ["1969-08-15"]],
  ["July twenty-second, nineteen-seventy-one", ["1971-07-22"]],
  ["the third of march 85", ["1985-03-03"]],
  ["03/03/1985", ["1985-03-03"]],
  ["3 3 85", ["1985-03-03"]],
  ["oh three oh three eighty five", ["1985-03-03"]],
  ["03031985", ["1985-03-03"]],
  ["030385", ["1985-03-03"]],
  ["0303 85", ["1985-03-03"]],
  ["March 3rd, 1985", ["1985-03-03"]],
  ["third of the third eighty five", ["1985-03-03"]],
  ["december twenty fifth two thousand and four", ["2004-12-25"]],
  ["twelve twenty five oh four", ["2004-12-25"]],
  ["may 5th '62", ["1962-05-05"]],
  ["october thirty first twenty ten", ["2010-10-31"]],
  ["november 21970", ["1970-11-02"]],
  ["tres de marzo de 1985", ["1985-03-03"]],
  ["one two three eighty five", ["1985-01-23", "1985-12-03"]],
  ["six fifteen fifteen", ["2015-06-15", "1915-06-15"]],
]

for (const [said, days] of spoken) {
  test(`"${said}" has its readings, the likeliest first`, () => assert.deepEqual(ask(said), days))
}

test("impossible days, the future and ages beyond all people are no readings", () => {
  for (const said of ["2 29 1985", "april thirty first 1990", "11 21 2026", "march third 1899"]) {
    assert.deepEqual(ask(said), [], said)
  }
})

test("a Spanish speaker's numbers are read day first, and month first second", () => {
  const said = datesOfBirth("5 3 1985", { today, dayFirst: true, isAsked: true })
  assert.deepEqual(said, ["1985-03-05", "1985-05-03"])
})

test("words that only look like months are no dates", () => {
  for (const said of ["you may call me", "i march every day", "mar a lago"]) {
    assert.deepEqual(ask(said), [], said)
  }
})

const months =
  "january february march april may june july august september october november december".split(" ")
const ordinals = (
  "- first second third fourth fifth sixth seventh eighth ninth tenth eleventh twelfth " +
  "thirteenth fourteenth fifteenth sixteenth seventeenth eighteenth nineteenth twentieth " +
  "twenty-first twenty-second twenty-third twenty-fourth twenty-fifth twenty-sixth " +
  "twenty-seventh twenty-eighth twenty-ninth thirtieth thirty-first"
).split(" ")

/** 1985, 1905, 2004, 2024: by the hundreds, except in the first ten years of the millennium. */
function yearInWords(year: number): string {
  const rest = year % 100
  const hundreds = numberInWords(Math.floor(year / 100), "en")
  if (year >= 2_000 && year < 2_010) return numberInWords(year, "en")
  if (rest === 0) return `${hundreds} hundred`
  return `${hundreds} ${rest < 10 ? "oh " : ""}${numberInWords(rest, "en")}`
}

/** The same day in the ways people say it. */
function waysToSay(year: number, month: number, day: number): string[] {
  const name = months[month - 1] ?? ""
  const ordinal = ordinals[day] ?? ""
  const words = yearInWords(year)
  const two = (n: number) => String(n).padStart(2, "0")
  return [
    `${name} ${ordinal} ${words}`,
    `${name} ${ordinal.replace("-", " ")}, ${year}`,
    `the ${ordinal} of ${name} ${words}`,
    `${name} ${numberInWords(day, "en")} ${words}`,
    `${name} ${day} ${year}`,
    `${two(month)}/${two(day)}/${year}`,
    `${month}-${day}-${year}`,
    `${two(month)}${two(day)}${year}`,
    `my birthday is ${name} the ${ordinal} ${year}`,
    `${numberInWords(month, "en")} ${numberInWords(day, "en")} ${words}`,
  ]
}

test("any date of birth said in any of these ways is the first reading", () => {
  fc.assert(
    fc.property(
      fc.date({
        min: new Date("1908-01-01"),
        max: new Date("2026-11-01"),
        noInvalidDate: true,
      }),
      (date) => {
        const [year, month, day] = [date.getUTCFullYear(), date.getUTCMonth(), date.getUTCDate()]
        const expected = date.toISOString().slice(0, 10)
        for (const said of waysToSay(year, month + 1, day)) {
          assert.equal(ask(said)[0], expected, said)
        }
      },
    ),
    { numRuns: 400 },
  )
})

test("no text makes the reader fail, and every reading is a real day", () => {
  fc.assert(
    fc.property(fc.string(), (text) => {
      for (const day of ask(text)) assert.equal(new Date(day).toISOString().slice(0, 10), day)
    }),
  )
})
