/** What may be kept, what could go round for ever, and when a time of day is met. Pure. */
import assert from "node:assert/strict"
import { test } from "node:test"
import { looked } from "./conditions.ts"
import type { Draft, Filling, Test, Values } from "./contract.ts"
import { unfitIn, wrongWith } from "./draft.ts"
import { lastDueMs } from "./due.ts"
import { chains, isLoop } from "./loops.ts"

const task: Readonly<Record<string, Filling>> = {
  forRole: { constant: "manager" },
  about: { constant: "Look." },
}
const draft: Draft = {
  name: "Look into it",
  when: { event: "complaints.filed" },
  holds: [],
  does: { command: "work-queue.assign", input: task },
  perHour: 20,
}

const filling = (input: Readonly<Record<string, Filling>>): Draft => ({
  ...draft,
  does: { ...draft.does, input: { ...task, ...input } },
})
const holding = (field: string, what: Test): Draft => ({
  ...draft,
  holds: [{ field, test: what }],
})

test("a draft is kept when events, fields and inputs fit their contracts, and else named", () => {
  const table: readonly [draft: Draft, wrong: string | undefined][] = [
    [draft, undefined],
    [{ ...draft, when: { at: "09:00", days: ["monday"] } }, undefined],
    [{ ...draft, when: { event: "work-queue.changed" } }, "unknown_event"],
    [{ ...draft, when: { event: "complaints.withdrawn" } }, "unknown_event"],
    [{ ...draft, does: { command: "messaging.write", input: {} } }, "unknown_command"],
    [{ ...draft, does: { command: "work-queue.add", input: {} } }, "unknown_command"],
    [{ ...draft, does: { command: "automations.switchOn", input: {} } }, "unknown_command"],
    [{ ...draft, does: { command: "toString", input: {} } }, "unknown_command"],
    [holding("concernsSafety", { equals: true }), undefined],
    [holding("concernsSafety", { equals: "yes" }), "bad_condition"],
    [holding("concernsSafety", { moreThan: 1 }), "bad_condition"],
    [holding("constructor", { isThere: true }), "bad_condition"],
    [filling({ about: { constant: "" } }), "bad_input"],
    [filling({ forRole: { constant: "owner" } }), "bad_input"],
    [filling({ forRole: { field: "complaint" } }), "bad_input"],
    [filling({ dueInMinutes: { constant: 1.5 } }), "bad_input"],
    [filling({ nothing: { constant: "x" } }), "bad_input"],
    [{ ...draft, does: { ...draft.does, input: { about: { constant: "Look." } } } }, "bad_input"],
  ]
  for (const [given, wrong] of table) assert.equal(wrongWith(given), wrong, JSON.stringify(given))
})

test("whoever the event is about may be named, and nobody picked beforehand", () => {
  assert.equal(wrongWith(filling({ patient: { field: "patient" } })), undefined)
  assert.equal(wrongWith(filling({ patient: { constant: "1001" } })), "bad_input")
  assert.equal(wrongWith(filling({ patient: { field: "complaint" } })), "bad_input")
})

test("what a command needs comes from a field that is there each time", () => {
  const answer = (holds: Draft["holds"]): Draft => ({
    ...{ ...draft, holds },
    does: {
      command: "notifications.answer",
      input: { patient: { field: "patient" }, text: { constant: "Please call us." } },
    },
  })
  assert.equal(wrongWith(answer([])), "bad_input")
  const isThere = { field: "patient", test: { isThere: true } }
  assert.equal(wrongWith(answer([isThere])), undefined)
  const isMissing = { field: "patient", test: { isThere: false } }
  assert.equal(wrongWith(answer([isMissing])), "bad_input")
})

test("conditions hold as they read, and nothing holds of what is absent but its absence", () => {
  const values: Values = { kind: "refill", count: 3, isNew: false }
  const table: readonly [field: string, test: Test, held: boolean][] = [
    ["kind", { equals: "refill" }, true],
    ["kind", { oneOf: ["pickup", "refill"] }, true],
    ["kind", { oneOf: ["pickup"] }, false],
    ["count", { moreThan: 2 }, true],
    ["count", { moreThan: 3 }, false],
    ["count", { lessThan: 4 }, true],
    ["isNew", { equals: false }, true],
    ["gone", { equals: "refill" }, false],
    ["gone", { lessThan: 4 }, false],
    ["gone", { isThere: false }, true],
    ["kind", { isThere: true }, true],
  ]
  for (const [field, one, held] of table)
    assert.equal(looked([{ field, test: one }], values)[0]?.held, held, `${field} ${held}`)
})

test("what an event said too long for the command is named before the gate is asked", () => {
  const input = { forRole: "manager", about: "Look.", conversation: "c".repeat(65) }
  assert.deepEqual(unfitIn("work-queue.assign", input), ["conversation"])
  assert.deepEqual(unfitIn("work-queue.assign", { about: "Look." }), ["forRole"])
})

const step = (event: string, command: string) => ({
  when: { event },
  does: { command, input: {} },
})

test("a ring of automations is found, also through what a command sets off elsewhere", () => {
  const [first, second] = [
    step("x.happened", "renewals.request"),
    step("renewals.answered", "y.do"),
  ]
  const third = step("y.happened", "x.do")
  assert.equal(isLoop(first, [second]), false)
  assert.equal(isLoop(first, [second, third]), true)
  assert.equal(isLoop(step("callbacks.promised", "notifications.answer"), []), true)
  assert.equal(isLoop(step("callbacks.promised", "callbacks.owe"), []), true)
})

test("at run time a chain is followed by the ids that it makes, and ends after three", () => {
  const id = (name: string): string => name.padEnd(20, "0")
  assert.equal(chains.depthOf({ callback: id("first") }), 0)
  chains.made({ callback: id("first"), how: "by_hand" }, 1)
  assert.equal(chains.depthOf({ callback: id("first"), state: "by_hand" }), 1)
  assert.deepEqual([chains.isTooLong(3), chains.isTooLong(4)], [false, true])
})

test("a time of day is the last that came, on its days, also when the clocks change", () => {
  const timeZone = "America/Chicago"
  const at = (iso: string) => ({ nowMs: Date.parse(iso), timeZone })
  const weekdays = { at: "08:30", days: ["friday", "monday"] } as const
  const iso = (ms: number | undefined) => new Date(ms ?? 0).toISOString()
  assert.equal(iso(lastDueMs(weekdays, at("2026-11-20T14:30:00Z"))), "2026-11-20T14:30:00.000Z")
  assert.equal(iso(lastDueMs(weekdays, at("2026-11-20T14:29:59Z"))), "2026-11-16T14:30:00.000Z")
  assert.equal(iso(lastDueMs(weekdays, at("2026-11-22T12:00:00Z"))), "2026-11-20T14:30:00.000Z")
  const early = { at: "02:30", days: ["sunday"] } as const
  assert.equal(iso(lastDueMs(early, at("2026-03-08T12:00:00Z"))), "2026-03-08T08:30:00.000Z")
})
