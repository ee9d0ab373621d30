/** Short sounds while the agent speaks, which one ear alone often gets wrong. */
import assert from "node:assert/strict"
import { test } from "node:test"
import { dial, heardBy, QUESTION, turn } from "./fixtures/dial.ts"

/** The agent is in the middle of an answer. */
async function speaking() {
  const { line, asked } = dial([turn(0, ["Hello there."]), turn(1, [QUESTION]), turn(2, ["Yes."])])
  await line.untilQuiet()
  line.say("refill")
  await line.advance(4_000)
  assert.equal(line.doing, "speaking")
  return { line, asked }
}

test("okay is no interruption, though the quick ear took it for a word", async () => {
  const { line, asked } = await speaking()
  line.say("okay", { durationMs: 400, quickHeardAs: "Gray," })
  await line.untilQuiet()
  assert.deepEqual(heardBy(asked), ["refill"])
  assert.ok(line.said.every(({ isCutOff }) => !isCutOff))
})

test("a short word that both ears heard has the floor", async () => {
  const { line, asked } = await speaking()
  line.say("stop", { durationMs: 400, quickHeardAs: "Stop." })
  await line.untilQuiet()
  assert.equal(heardBy(asked)[1]?.toLowerCase().replace(".", ""), "stop")
  assert.equal(line.said[1]?.isCutOff, true)
})

test("a short word that only the quick ear heard has the floor as well", async () => {
  const { line, asked } = await speaking()
  line.say("", { durationMs: 400, quickHeardAs: "Wait." })
  await line.untilQuiet()
  assert.equal(heardBy(asked).length, 2)
})
