import assert from "node:assert/strict"
import { test } from "node:test"
import { type Answer, anonymise, type Request, replaceAll } from "./anonymise.ts"
import { chanceFrom } from "./fixtures/chance.ts"
import { leaksIn } from "./fixtures/oracle.ts"
import { invent } from "./fixtures/people.ts"
import { empty, misheard } from "./fixtures/surfaces.ts"
import { runTrial } from "./fixtures/trial.ts"
import { foldedWords } from "./folding.ts"
import { type LayerName, layers } from "./layers.ts"
import { endsNames, endsNamesCut } from "./lexicon.ts"

const COUNT = 2_000
const PLANTED_COUNT = 500
const PLANTED_SEEDS = [7, 8, 9, 10, 11, 12]
const MOST_HELD_BACK = 0.02
const MOST_LOST = 0.08
const LEAST_SENSE = 0.88
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
  assert.ok(tally.lost < tally.telling * MOST_LOST)
})

/** So rare in a trial that they are shown by a sentence of their own. */
const rare: Readonly<Partial<Record<LayerName, readonly [string, string]>>> = {
  misheard: ["oh con quo wrote it", "con"],
}
const known = { people: [{ role: "patient", first: "Elizabeth", last: "Shaw" }] } as const
const prescriber = { role: "prescriber", first: "Uche", last: "Okonkwo" } as const

for (const [name, [said, piece]] of Object.entries(rare)) {
  test(`without the layer "${name}" a piece of a name leaves, and with it none`, () => {
    const request = { texts: [said], known: { people: [...known.people, prescriber] }, drugs }
    const layer = layers.find((one) => one.name === name)
    assert.ok(layer)
    const bare = replaceAll(request, [layer.name])
    assert.ok(bare?.texts[0]?.includes(piece))
    const answer = anonymise(request)
    assert.ok(!answer.left || !answer.texts[0]?.includes(piece))
  })
}

test(`without the layer "names" nothing leaks, but a name is no name any more`, () => {
  const texts = ["my husband elizabeth sure takes two tablets every day"]
  assert.match(replaceAll({ texts, known, drugs })?.texts[0] ?? "", /NAME_1/)
  const bare = replaceAll({ texts, known, drugs }, ["names"])?.texts[0] ?? ""
  assert.doesNotMatch(bare, /NAME|sure/)
})

const shownAlone = new Set(["names", ...Object.keys(rare)])
for (const { name } of layers.filter((layer) => !shownAlone.has(layer.name))) {
  test(`without the layer "${name}" and the gate it leaks, and the oracle sees it`, () => {
    const isLeaking = PLANTED_SEEDS.some((seed) => {
      const anonymiser = without(name)
      const tally = runTrial({ count: PLANTED_COUNT, seed, drugs, anonymise: anonymiser })
      return tally.leaks.length > 0
    })
    assert.ok(isLeaking)
  })
}

test("no word that ends a name is a name or a piece of one", () => {
  const chance = chanceFrom(7)
  const people = Array.from({ length: 4_000 }, () => invent(chance))
  const names = new Set(people.flatMap(({ first, last }) => foldedWords(`${first} ${last}`)))
  assert.deepEqual(
    [...endsNames].filter((word) => names.has(word)),
    [],
  )
  const mistaken = people.flatMap(({ first, last }) =>
    [first, last].flatMap((name) => foldedWords(`${misheard(name, chance)} ${name}s`)),
  )
  const told = new Set(mistaken.filter((word) => word.length > 1 && !empty.has(word)))
  assert.deepEqual(
    [...endsNames].filter((word) => told.has(word)),
    [],
  )
  const tails = [...names].flatMap((name) =>
    name.length > 6 ? [name.slice(3), name.slice(4)] : [],
  )
  assert.deepEqual(
    [...endsNamesCut].filter((word) => word.length > 2 && tails.includes(word)),
    [],
  )
})

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
