/** Transcripts through their contract. */
import assert from "node:assert/strict"
import { test } from "node:test"
import { openHouse } from "../../test/house.ts"
import type { TranscriptLine } from "./contract.ts"

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

test("a conversation nobody spoke in has an empty transcript", async (t) => {
  const { asStaff } = await openHouse(t, { only })
  const reply = await asStaff("technician", "transcripts.get", { conversation: "never" })
  assert.deepEqual(reply, { kind: "done", value: { lines: [] } })
})

test("an operator runs the machines and reads no transcript", async (t) => {
  const { asStaff } = await openHouse(t, { only })
  const reply = await asStaff("operator", "transcripts.get", { conversation: "c" })
  assert.equal(reply.kind, "refused")
})
