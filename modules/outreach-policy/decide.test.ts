/**
 * The policy driven over a year of clocks, against a second reading of the rules that shares no
 * code with it: minute by minute, by the runtime's own calendar.
 */
import assert from "node:assert/strict"
import { test } from "node:test"
import fc from "fast-check"
import { decide, type Recipient } from "./decide.ts"
import { placeOf } from "./places.ts"

const MINUTE_MS = 60_000
const HOUR_MS = 3_600_000
const DAY_MS = 86_400_000
const yearFromMs = Date.UTC(2026, 6, 1)
const yearUntilMs = Date.UTC(2027, 6, 1)

/** Address, number, and the times that then count; the last one may be anywhere. */
const people = [
  ["78701", "+15125550101", ["America/Chicago"]],
  ["79901", "+19155550101", ["America/Chicago", "America/Denver"]],
  ["10001", "+12125550101", ["America/New_York"]],
  ["32501", "+18505550101", ["America/New_York", "America/Chicago"]],
  ["85001", "+16025550101", ["America/Phoenix"]],
  ["86001", "+19285550101", ["America/Phoenix", "America/Denver"]],
  ["96801", "+18085550101", ["Pacific/Honolulu"]],
  ["99701", "+19075550101", ["America/Anchorage"]],
  ["83801", "+12085550101", ["America/Boise", "America/Los_Angeles"]],
  ["00901", "+17875550101", ["America/Puerto_Rico"]],
  ["10001", "+14155550101", ["America/New_York", "America/Los_Angeles"]],
  [undefined, "+14155550101", ["America/Los_Angeles"]],
  [
    undefined,
    "+18005550101",
    ["America/New_York", "America/Chicago", "America/Denver", "America/Phoenix"].concat([
      "America/Los_Angeles",
      "America/Anchorage",
      "America/Adak",
      "Pacific/Honolulu",
    ]),
  ],
] as const

const clocks = new Map<string, Intl.DateTimeFormat>()

/** Minute of the day and weekday by the runtime, not by the library that the code uses. */
function wall(atMs: number, timeZone: string): { minute: number; weekday: string; on: string } {
  const options = { timeZone, hourCycle: "h23", weekday: "short" } as const
  const numbers = { year: "numeric", month: "2-digit", day: "2-digit" } as const
  const times = { hour: "2-digit", minute: "2-digit" } as const
  const clock =
    clocks.get(timeZone) ?? new Intl.DateTimeFormat("en-US", { ...options, ...numbers, ...times })
  clocks.set(timeZone, clock)
  const parts = Object.fromEntries(
    clock.formatToParts(atMs).map(({ type, value }) => [type, value]),
  )
  return {
    minute: Number(parts.hour) * 60 + Number(parts.minute),
    weekday: parts.weekday ?? "",
    on: `${parts.year}-${parts.month}-${parts.day}`,
  }
}

/** Nine to eight, which keeps the law's eight to nine, in every place and on every day. */
function isDay(atMs: number, zones: readonly string[]): boolean {
  return zones.every((zone) => {
    const { minute } = wall(atMs, zone)
    return minute >= 9 * 60 && minute < 20 * 60
  })
}

/** The states of those people whose laws are narrower than nine to eight have none here. */
const withoutStateRows = people.slice(0, 12)

const someone = (zip: string | undefined, phone: string, more: Partial<Recipient> = {}) => ({
  ...{ phone, hasStopped: false, wantsCalls: false, agreed: [], sentAtMs: [], holidays: [] },
  ...(zip === undefined ? {} : { zip }),
  ...more,
})

test("at any minute of a year, a message goes out by day, or at the first minute of the day", () => {
  const moments = fc.integer({ min: 0, max: (yearUntilMs - yearFromMs) / MINUTE_MS })
  fc.assert(
    fc.property(fc.constantFrom(...withoutStateRows), moments, ([zip, phone, zones], minutes) => {
      const nowMs = yearFromMs + minutes * MINUTE_MS
      const said = decide({ kind: "ready" }, someone(zip, phone), nowMs)
      if (said.verdict === "send") return assert.ok(isDay(nowMs, zones))
      assert.ok(said.verdict === "hold")
      assert.ok(isDay(said.untilMs, zones))
      for (let atMs = nowMs; atMs < said.untilMs; atMs += MINUTE_MS)
        assert.ok(!isDay(atMs, zones), new Date(atMs).toISOString())
    }),
    { numRuns: 150 },
  )
})

test("the nights on which clocks change move no message into the night, and none is late", () => {
  const nights = [Date.UTC(2026, 10, 1), Date.UTC(2027, 2, 14), Date.UTC(2026, 9, 31)]
  let held = 0
  for (const nightMs of nights)
    for (const [zip, phone, zones] of withoutStateRows)
      for (let atMs = nightMs; atMs < nightMs + DAY_MS; atMs += 37 * MINUTE_MS) {
        const said = decide({ kind: "ready" }, someone(zip, phone), atMs)
        assert.equal(said.verdict === "send", isDay(atMs, zones))
        if (said.verdict !== "hold") continue
        held++
        assert.ok(isDay(said.untilMs, zones) && !isDay(said.untilMs - MINUTE_MS, zones))
      }
  assert.ok(held > 500, `${held} were held`)
})

test("who may be anywhere hears when it is day from New York to Honolulu, and no Sunday", () => {
  const [, phone, zones] = people[12]
  const agreed = ["pickup_reminder"] as const
  for (let atMs = yearFromMs; atMs < yearUntilMs; atMs += 7 * HOUR_MS + MINUTE_MS) {
    const recipient = someone(undefined, phone, { agreed })
    const said = decide({ kind: "pickup_reminder" }, recipient, atMs)
    const sentAtMs = said.verdict === "hold" ? said.untilMs : atMs
    assert.notEqual(said.verdict, "refuse")
    assert.ok(isDay(sentAtMs, zones))
    for (const zone of zones) assert.notEqual(wall(sentAtMs, zone).weekday, "Sun")
  }
})

/** Wednesday 25 November 2026; Thanksgiving is the day after. */
for (const [what, zip, phone, at, becomes] of [
  ["Rhode Island closes at six", "02903", "+14015550101", "25T17:59-05:00", "send"],
  ["Rhode Island is quiet from six", "02903", "+14015550101", "25T18:00-05:00", "27T09:00-05:00"],
  ["Kentucky opens at ten", "40202", "+15025550101", "25T09:30-05:00", "25T10:00-05:00"],
  ["Alabama is quiet on a holiday", "35203", "+12055550101", "26T12:00-06:00", "27T09:00-06:00"],
  ["Alabama is quiet on a Sunday", "35203", "+12055550101", "29T12:00-06:00", "30T09:00-06:00"],
  ["Texas is not", "78701", "+15125550101", "29T12:00-06:00", "send"],
  ["a moved number keeps both", "10001", "+12055550101", "29T12:00-05:00", "30T10:00-05:00"],
  ["an unknown number keeps all", undefined, "+18005550101", "28T09:00-05:00", "28T15:00-05:00"],
] as const)
  test(`${what}, ${at}: ${becomes}`, () => {
    const nowMs = Date.parse(`2026-11-${at}`)
    const holidays = ["2026-11-26"]
    const said = decide({ kind: "ready" }, someone(zip, phone, { holidays }), nowMs)
    if (becomes === "send") return assert.equal(said.verdict, "send")
    const untilMs = Date.parse(`2026-11-${becomes}`)
    assert.deepEqual(said, { verdict: "hold", untilMs, why: "hours" })
  })

test("no 24 hours see two messages and no seven days four, whenever they are asked for", () => {
  const gaps = fc.array(fc.integer({ min: 1, max: 40 * 60 }), { minLength: 10, maxLength: 40 })
  fc.assert(
    fc.property(gaps, (minutes) => {
      const sent: number[] = []
      let atMs = yearFromMs
      for (const gap of minutes) {
        atMs = Math.max(atMs, sent.at(-1) ?? 0) + gap * MINUTE_MS
        const recipient = someone("78701", "+15125550101", { sentAtMs: sent })
        const said = decide({ kind: "ready" }, recipient, atMs)
        assert.notEqual(said.verdict, "refuse")
        sent.push(said.verdict === "hold" ? said.untilMs : atMs)
      }
      for (const [at, oneMs] of sent.entries()) {
        assert.ok((sent[at + 1] ?? Number.POSITIVE_INFINITY) - oneMs >= DAY_MS)
        assert.ok((sent[at + 3] ?? Number.POSITIVE_INFINITY) - oneMs >= 7 * DAY_MS)
      }
    }),
    { numRuns: 100 },
  )
})

const noonMs = Date.UTC(2026, 10, 24, 18)

test("who said stop, wants calls or gave no consent is not written to", () => {
  const ask = (kind: "ready" | "refill_reminder", more: Partial<Recipient>) =>
    decide({ kind }, someone("78701", "+15125550101", more), noonMs)
  assert.deepEqual(ask("ready", { hasStopped: true }), { verdict: "refuse", why: "stopped" })
  assert.deepEqual(ask("ready", { wantsCalls: true }), { verdict: "refuse", why: "wants_calls" })
  assert.deepEqual(ask("refill_reminder", {}), { verdict: "refuse", why: "no_consent" })
  assert.equal(ask("ready", {}).verdict, "send")
  assert.equal(ask("refill_reminder", { agreed: ["refill_reminder"] }).verdict, "send")
})

test("an answer that was asked for waits for the morning and for no cap", () => {
  const recipient = someone("78701", "+15125550101", { sentAtMs: [noonMs - HOUR_MS] })
  assert.equal(decide({ kind: "answer" }, recipient, noonMs).verdict, "send")
  assert.deepEqual(decide({ kind: "ready" }, recipient, noonMs), {
    verdict: "hold",
    untilMs: noonMs + 23 * HOUR_MS,
    why: "cap",
  })
})

test("what would come too late is not sent at all", () => {
  const nightMs = noonMs + 12 * HOUR_MS
  const message = { kind: "ready", notAfterMs: nightMs + HOUR_MS } as const
  const said = decide(message, someone("78701", "+15125550101"), nightMs)
  assert.deepEqual(said, { verdict: "refuse", why: "too_late" })
})

test("hours of the patient's own narrow the law's, and hours that leave nothing say so", () => {
  const own = { fromMinute: 13 * 60, untilMinute: 23 * 60 }
  const recipient = someone("78701", "+15125550101", { own })
  const said = decide({ kind: "ready" }, recipient, noonMs)
  assert.deepEqual(said, { verdict: "hold", untilMs: noonMs + HOUR_MS, why: "hours" })
  const atNight = someone("78701", "+15125550101", { own: { fromMinute: 1260, untilMinute: 1320 } })
  assert.deepEqual(decide({ kind: "ready" }, atNight, noonMs), {
    verdict: "refuse",
    why: "no_lawful_hour",
  })
})

test("every state and district has its addresses and numbers, and a foreign number may be anywhere", () => {
  const states = new Set<string>()
  let zips = 0
  for (let prefix = 0; prefix < 1_000; prefix++) {
    const place = placeOf({ zip: String(prefix).padStart(3, "0"), phone: "+525555550101" })
    if (!place.states) continue
    zips++
    for (const state of place.states) states.add(state)
  }
  assert.equal(states.size, 51 + ["GU", "PR", "VI"].length)
  assert.ok(zips > 880, `${zips} prefixes of about 920 in use`)
  assert.equal(placeOf({ phone: "+525555550101" }).states, undefined)
})
