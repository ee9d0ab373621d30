import assert from "node:assert/strict"
import { test } from "node:test"
import { type Answer, anonymise, type Request, replaceAll } from "./anonymise.ts"
import { leaksIn } from "./fixtures/oracle.ts"
import { runTrial } from "./fixtures/trial.ts"
import { type LayerName, layers } from "./layers.ts"

const COUNT = 2_000
const PLANTED_COUNT = 500
const PLANTED_SEEDS = [7, 8, 9, 10, 11, 12]
const MOST_HELD_BACK = 0.15
const LEAST_SENSE = 0.85
const drugs = [
  ..."lisinopril metformin atorvastatin amlodipine losartan gabapentin sertraline warfarin".split(
    " ",
  ),
  ..."levothyroxine albuterol prednisone alli lyrica allegra ella tramadol".split(" "),
]

/** As if a layer had been forgotten, and the gate with it. */
function without(layer: LayerName): (request: Request) => Answer {
  return (request) => {
    const marked = replaceAll(request, [layer])
    return marked ? { left: true, ...marked, sha256: "" } : { left: false, why: "not_settled" }
  }
}

test("of two thousand utterances nothing leaks, few are held back, and most of the sense is left", () => {
  const tally = runTrial({ count: COUNT, seed: 7, drugs, anonymise })
  assert.ok(tally.tried >= COUNT)
  assert.deepEqual(tally.leaks, [])
  assert.ok(tally.tried - tally.left < tally.tried * MOST_HELD_BACK)
  assert.ok(tally.openLeft > tally.openSaid * LEAST_SENSE)
})

for (const { name } of layers) {
  test(`without the layer "${name}" and the gate it leaks, and the oracle sees it`, () => {
    const isLeaking = PLANTED_SEEDS.some((seed) => {
      const anonymiser = without(name)
      const tally = runTrial({ count: PLANTED_COUNT, seed, drugs, anonymise: anonymiser })
      return tally.leaks.length > 0
    })
    assert.ok(isLeaking)
  })
}

test("an anonymiser that does nothing leaks everything it was given", () => {
  const idle = ({ texts }: Request): Answer => ({
    left: true,
    texts,
    mapping: { entries: [] },
    sha256: "",
    caught: {},
  })
  const tally = runTrial({ count: 100, seed: 7, drugs, anonymise: idle })
  assert.ok(tally.leaks.length > 100)
})

test("the oracle sees a single secret word among ordinary ones, and nothing where there is none", () => {
  const pieces = [
    { text: "this is ", isSecret: false, slot: 0, kind: "" },
    { text: "may", isSecret: true, slot: 1, kind: "name" },
    { text: ", may i ask", isSecret: false, slot: 2, kind: "" },
  ]
  const hidden = { turns: [pieces], numbers: ["70012"] }
  assert.deepEqual(leaksIn(["this is [NAME_1], may i ask"], hidden), [])
  assert.deepEqual(leaksIn(["this is may, may i ask"], hidden), [
    { kind: "name", turn: 0, word: "may" },
  ])
  assert.equal(leaksIn(["this is seven oh oh one two"], hidden).at(-1)?.kind, "number")
})
