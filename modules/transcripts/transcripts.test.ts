/** Transcripts through their contract. */
import assert from "node:assert/strict"
import { test } from "node:test"
import { openHouse } from "../../test/house.ts"
import type { TranscriptLine } from "./contract.ts"
import { withOwnLine } from "./own-line.ts"

const only = ["transcripts"]
const line = (atMs: number): TranscriptLine => ({
  who: "caller",
  text: `line ${atMs}`,
  atMs,
  source: "speech",
})

test("lines written at the same moment are all kept, in the order they came", async (t) => {
  const { ask, asStaff } = await openHouse(t, { only })
  const lines = Array.from({ length: 12 }, (_, at) => line(at))
  await Promise.all(lines.map((one) => ask("transcripts.append", { conversation: "c", line: one })))
  const reply = await asStaff("technician", "transcripts.get", { conversation: "c" })
  assert.ok(reply.kind === "done")
  const kept = (reply.value as { lines: TranscriptLine[] }).lines.map(({ atMs }) => atMs)
  assert.deepEqual(kept, [0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11])
})

test("a turn stands beside its own line, however quickly the next came, or beside none", () => {
  const lines = [1, 2].map((turn) => ({ ...line(turn), turn }))
  const turnOf = (turn: number) => ({ turn, wishes: [], tried: [] })
  assert.equal(withOwnLine(turnOf(1), lines).line, 0)
  assert.equal(withOwnLine(turnOf(2), lines).line, 1)
  // Still on its way: the line before it is another turn's.
  assert.equal(withOwnLine(turnOf(3), lines).line, undefined)
})

test("a conversation nobody spoke in has an empty transcript", async (t) => {
  const { asStaff } = await openHouse(t, { only })
  const reply = await asStaff("technician", "transcripts.get", { conversation: "never" })
  assert.deepEqual(reply, { kind: "done", value: { lines: [] } })
})

test("a transcript that an earlier version wrote goes on, and ends with its patient", async (t) => {
  const { ask, asStaff, store } = await openHouse(t, { only })
  const doc = { lines: [line(1)], patient: "1001" }
  await store.write("transcripts", [{ put: "lines", id: "c", doc }])
  const kept = async () => {
    const reply = await asStaff("technician", "transcripts.get", { conversation: "c" })
    assert.ok(reply.kind === "done")
    return (reply.value as { lines: TranscriptLine[] }).lines.map(({ atMs }) => atMs)
  }
  assert.deepEqual(await kept(), [1])
  await ask("transcripts.append", { conversation: "c", line: line(2) })
  assert.deepEqual(await kept(), [1, 2])
  await store.erasePatient("1001")
  assert.deepEqual(await kept(), [])
})

test("an operator runs the machines and reads no transcript", async (t) => {
  const { asStaff } = await openHouse(t, { only })
  const reply = await asStaff("operator", "transcripts.get", { conversation: "c" })
  assert.equal(reply.kind, "refused")
})

test("words are found in the conversations that are looked through, and callers find none", async (t) => {
  const { ask, asCaller, asStaff } = await openHouse(t, { only })
  for (const [conversation, text] of [
    ["a", "Do you have the blue inhaler?"],
    ["b", "Is it open on Sunday?"],
  ] as const)
    await ask("transcripts.append", { conversation, line: { ...line(1), text } })
  const input = { words: "BLUE inhaler", conversations: ["a", "b", "never"] }
  const reply = await asStaff("technician", "transcripts.search", input)
  assert.ok(reply.kind === "done")
  const { found } = reply.value as { found: { conversation: string }[] }
  assert.deepEqual(
    found.map(({ conversation }) => conversation),
    ["a"],
  )
  assert.equal((await asCaller("1001", "transcripts.search", input)).kind, "refused")
  const none = await asStaff("technician", "transcripts.exportRedacted", { conversation: "never" })
  assert.equal(none.kind === "fault" && none.code, "nothing_said")
})
