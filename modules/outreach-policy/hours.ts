/** The dated table of when one may write: whose rows hold on a day, and what they allow on it. */
import { readFileSync } from "node:fs"
import { fileURLToPath } from "node:url"
import { type Static, Type as t } from "typebox"
import { assert } from "#core/fault.ts"
import { parseYaml } from "#core/json.ts"
import { Day } from "#core/pms.ts"

const closed = { additionalProperties: false }
const Span = t.String({ pattern: "^\\d{2}:\\d{2}-\\d{2}:\\d{2}$" })
const None = t.Literal("none")
const dated = {
  since: Day,
  /** The last day on which it holds. */
  until: t.Optional(Day),
  source: t.String({ minLength: 1 }),
  known: t.Union([t.Literal("read"), t.Literal("told"), t.Literal("cautious")]),
}
const Row = t.Object(
  {
    ...dated,
    everyDay: Span,
    saturday: t.Optional(Span),
    sunday: t.Optional(t.Union([Span, None])),
    holidays: t.Optional(None),
  },
  closed,
)
type Row = Static<typeof Row>
const Caps = t.Object({ ...dated, perDay: t.Integer(), perWeek: t.Integer() }, closed)
const Table = t.Object(
  {
    federal: t.Array(Row, { minItems: 1 }),
    house: t.Array(Row, { minItems: 1 }),
    caps: t.Array(Caps, { minItems: 1 }),
    states: t.Record(t.String(), t.Array(Row)),
  },
  closed,
)

const file = fileURLToPath(new URL("hours.yaml", import.meta.url))
const table = parseYaml({ text: readFileSync(file, "utf8"), file: "hours.yaml" }, Table)

/** Minutes since midnight: from the first one on, and before the last. */
export interface Open {
  readonly fromMinute: number
  readonly untilMinute: number
}

export interface LocalDay {
  readonly on: string
  /** Monday is 1, Sunday is 7. */
  readonly weekday: number
  readonly isHoliday: boolean
}

const SATURDAY = 6
const SUNDAY = 7

/** What all rows together leave of a day for somebody who may be in these states. */
export function openOn(day: LocalDay, states: readonly string[] | undefined): Open {
  const inStates = states ?? Object.keys(table.states)
  const rows = [
    ...table.federal,
    ...table.house,
    ...inStates.flatMap((state) => table.states[state] ?? []),
  ]
  return rows
    .filter((row) => isInForce(row, day.on))
    .map((row) => openBy(row, day))
    .reduce(narrower)
}

export function narrower(one: Open, other: Open): Open {
  return {
    fromMinute: Math.max(one.fromMinute, other.fromMinute),
    untilMinute: Math.min(one.untilMinute, other.untilMinute),
  }
}

export function capsOn(on: string): { readonly perDay: number; readonly perWeek: number } {
  const caps = table.caps.findLast((row) => isInForce(row, on))
  assert(caps)
  return caps
}

export function spanOf(text: string): Open {
  const [from = "", until = ""] = text.split("-")
  return { fromMinute: minuteOf(from), untilMinute: minuteOf(until) }
}

const shut: Open = { fromMinute: 0, untilMinute: 0 }

function openBy(row: Row, { weekday, isHoliday }: LocalDay): Open {
  if (isHoliday && row.holidays === "none") return shut
  const own = weekday === SATURDAY ? row.saturday : weekday === SUNDAY ? row.sunday : undefined
  const span = own ?? row.everyDay
  return span === "none" ? shut : spanOf(span)
}

function isInForce({ since, until }: { since: string; until?: string }, on: string): boolean {
  return since <= on && (until === undefined || on <= until)
}

function minuteOf(time: string): number {
  const [hours, minutes] = time.split(":")
  return Number(hours) * 60 + Number(minutes)
}
