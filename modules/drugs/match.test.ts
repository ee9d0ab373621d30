/** What must never happen when drugs are matched, over many sets of candidates. */
import assert from "node:assert/strict"
import { test } from "node:test"
import fc from "fast-check"
import type { Candidate } from "./hear.ts"
import { readLabel } from "./label.ts"
import { match } from "./match.ts"
import { closeness, soundOf } from "./sound.ts"
import { areListedTogether, drugs } from "./table.ts"
import { joined, wordsOf } from "./words.ts"

const james = candidates(
  "atorvastatin 20 mg tablet",
  "lisinopril 10 mg tablet",
  "metformin 500 mg tablet",
)
const helen = candidates(
  "hydroxyzine 25 mg tablet",
  "hydralazine 25 mg tablet",
  "metformin 500 mg tablet",
  "metronidazole 500 mg tablet",
)

function candidates(...names: readonly string[]): readonly Candidate[] {
  return names.map((name, at) => ({ rxNumber: String(7_000_001 + at), label: readLabel(name) }))
}

test("of look-alikes the one that was named letter by letter is told, and still not picked", () => {
  const exact = (text: string, otherText?: string) => match(text, otherText, helen).exact
  assert.deepEqual(named(exact("the metformin"), helen), ["metformin"])
  assert.deepEqual(meant("the metformin", helen), [])
  assert.deepEqual(named(exact("the metformin", "the met forming"), helen), ["metformin"])
  assert.deepEqual(exact("the metformin", "the metronidazole"), [])
  assert.deepEqual(exact("the metforzole"), [])
})

/** What is meant, by name. */
function meant(text: string, among: readonly Candidate[], otherText?: string): readonly string[] {
  return named(match(text, otherText, among).meant, among)
}

function unclear(text: string, among: readonly Candidate[], otherText?: string) {
  return match(text, otherText, among).unclear.map((group) => named(group, among))
}

function named(rxNumbers: readonly string[], among: readonly Candidate[]): readonly string[] {
  return rxNumbers.map((rx) => among.find(({ rxNumber }) => rxNumber === rx)?.label.plainName ?? "")
}

for (const [text, ...expected] of [
  ["I need a refill of my atorvastatin", "atorvastatin"],
  ["I need a torva statin", "atorvastatin"],
  ["at or of a statin please", "atorvastatin"],
  ["can you do my Lipitor", "atorvastatin"],
  ["lip it or", "atorvastatin"],
  ["Theatravastatin, please", "atorvastatin"],
  ["theatorvastatin", "atorvastatin"],
  ["metforman", "metformin"],
  ["met for men and the lisinoprel", "metformin", "lisinopril"],
  ["Zestril, Glucophage and Lipitor", "lisinopril", "metformin", "atorvastatin"],
  ["my blood pressure pill", "lisinopril"],
  ["the one I take for my cholesterol", "atorvastatin"],
  ["my cholesterol and my sugar pills", "atorvastatin", "metformin"],
  ["cholesterol", "atorvastatin"],
  ["lisinopril, that is my blood pressure pill", "lisinopril"],
  ["necesito un refill de mi atorvastatina", "atorvastatin"],
  ["la metformina y el lisinopril", "metformin", "lisinopril"],
  ["la pastilla de la presión", "lisinopril"],
  ["mi medicina para el colesterol y la del azúcar", "atorvastatin", "metformin"],
  ["la del azúcar", "metformin"],
] as const) {
  test(`"${text}" is ${expected.join(" and ")}`, () => {
    assert.deepEqual(meant(text, james), expected)
    assert.deepEqual(unclear(text, james), [])
  })
}

for (const text of [
  "I can't sleep and my back hurts",
  "my blood pressure was high this morning",
  "hello, this is James Carter, born in nineteen fifty eight",
  "what are your hours on Sunday",
  "it's for my mother",
]) {
  test(`no drug is heard in "${text}"`, () => {
    const everything = candidates(...drugs.map(({ name }) => `${name} 10 mg tablet`))
    const { meant: heard, unclear: doubted } = match(text, undefined, everything)
    assert.deepEqual([heard, doubted], [[], []])
  })
}

test("a short name inside a long one is not heard as a drug of its own", () => {
  const one = candidates("sumatriptan 50 mg tablet")
  assert.deepEqual(meant("my soma triptan", one), ["sumatriptan"])
  assert.deepEqual(meant("my Soma", one), [])
})

test("a drug that is not the caller's is told apart from one that is", () => {
  const { meant: heard, namesOther } = match("my metoprolol", undefined, james)
  assert.deepEqual([heard, namesOther], [[], true])
  assert.equal(match("my sleeping pill", undefined, james).namesOther, true)
  assert.equal(match("my lisinopril", undefined, james).namesOther, false)
})

test("a name closer to a drug that is not the caller's is not taken for the caller's", () => {
  const only = candidates("hydralazine 25 mg tablet")
  assert.deepEqual(meant("hydroxyzine", only), [])
  assert.deepEqual(meant("hydroxazine", only), [])
})

test("look-alikes of one patient are not picked from, not even when one was said exactly", () => {
  assert.deepEqual(unclear("hydroxyzine", helen), [["hydroxyzine", "hydralazine"]])
  assert.deepEqual(unclear("metformin", helen), [["metformin", "metronidazole"]])
  assert.deepEqual(meant("hydroxyzine", helen), [])
})

test("both ears hearing the same letters tell look-alikes apart", () => {
  assert.deepEqual(meant("hydroxyzine", helen, "the hydroxyzine"), ["hydroxyzine"])
  assert.deepEqual(meant("hydroxyzine", helen, "hydroxazine"), [])
  assert.deepEqual(meant("hydroxyzine", helen, "hydralazine"), [])
})

test("a brand that is like nothing else is enough", () => {
  assert.deepEqual(meant("my Flagyl", helen), ["metronidazole"])
})

test("a drug that only one ear heard is not certain", () => {
  assert.deepEqual(meant("lisinopril", james, "I need a refill"), [])
  assert.deepEqual(unclear("lisinopril", james, "I need a refill"), [["lisinopril"]])
  assert.deepEqual(meant("I need a refill", james, "lisinopril"), [])
})

test("ears that hear two drugs leave both open", () => {
  assert.deepEqual(unclear("metformin", james, "lisinopril"), [["metformin", "lisinopril"]])
})

test("the other ear may spell worse and still bear it out", () => {
  assert.deepEqual(meant("a torva statin", james, "at over statin"), ["atorvastatin"])
})

test("a description that fits two leaves both open", () => {
  const two = candidates("amlodipine 5 mg tablet", "lisinopril 10 mg tablet")
  assert.deepEqual(unclear("my blood pressure pill", two), [["amlodipine", "lisinopril"]])
  assert.deepEqual(meant("my blood pressure pill", two), [])
})

test("two prescriptions for one drug are not picked from", () => {
  const two = candidates("metformin 500 mg tablet", "metformin 1000 mg tablet")
  assert.deepEqual(unclear("metformin", two), [["metformin", "metformin"]])
  assert.deepEqual(unclear("metformin", two, "metformin"), [["metformin", "metformin"]])
})

test("what is named to be left out is not meant", () => {
  const { meant: heard, leftOut } = match("all but not the metformin", undefined, james)
  assert.deepEqual([heard, named(leftOut, james)], [[], ["metformin"]])
  assert.deepEqual(meant("not the metformin, the lisinopril", james), ["lisinopril"])
  assert.deepEqual(meant("I don't have any metformin left", james), ["metformin"])
})

test("insulin is a word of its own for the one who has one", () => {
  const one = candidates("insulin glargine 100 units per mL pen")
  assert.deepEqual(meant("my insulin", one), ["insulin glargine"])
  assert.deepEqual(meant("Lantus", one), ["insulin glargine"])
})

test("a label that nobody knows is found by its own name", () => {
  const one = candidates("zorbifan 20 mg tablet")
  assert.deepEqual(meant("my zorbifan", one), ["zorbifan"])
})

/** Names that are not alike to any other in the table, so that saying one is unambiguous. */
function isUnlike(name: string, others: readonly string[]): boolean {
  const said = soundOf(joined(wordsOf(name)))
  return others
    .flatMap((other) => readLabel(other).sounds)
    .filter(({ letters }) => letters !== said.letters)
    .every((sound) => closeness(said, sound) < 0.7 && !areListedTogether([said], [sound]))
}

const anyNames = fc.uniqueArray(fc.constantFrom(...drugs.map(({ name }) => name)), {
  minLength: 1,
  maxLength: 12,
})

test("for any set of candidates, an unambiguous name said exactly means exactly that one", () => {
  let looked = 0
  fc.assert(
    fc.property(anyNames, ([name = "", ...others]) => {
      const isPart = others.some((other) => other.includes(name) || name.includes(other))
      fc.pre(!isPart && !name.includes("-") && isUnlike(name, others))
      looked++
      const among = candidates(name, ...others)
      assert.deepEqual(meant(`I need my ${name} please`, among), [readLabel(name).plainName])
    }),
    { numRuns: 200 },
  )
  assert.ok(looked >= 200)
})

test("no look-alike that is added leaves a single confident match of a name close to both", () => {
  const single = drugs.filter(({ name }) => /^[a-z]+$/.test(name))
  const pairs = single.flatMap((one) =>
    single
      .filter((other) => one !== other && areAlike(one.name, other.name))
      .map((other) => [one.name, other.name] as const),
  )
  assert.ok(pairs.length > 20)
  fc.assert(
    fc.property(fc.constantFrom(...pairs), fc.nat(30), ([said, other], at) => {
      const misheard = swapped(said, at)
      const among = candidates(said, other)
      for (const [text, otherText] of [
        [said, undefined],
        [said, misheard],
        [misheard, said],
        [misheard, misheard],
      ] as const)
        assert.deepEqual(meant(text, among, otherText), [], `${text} of ${said} and ${other}`)
    }),
    { numRuns: 300 },
  )
})

function areAlike(one: string, other: string): boolean {
  const [said, written] = [soundOf(one), soundOf(other)]
  return areListedTogether([said], [written]) || closeness(said, written) >= 0.72
}

/** One letter heard as another. */
function swapped(name: string, at: number): string {
  const place = at % name.length
  const letter = name[place] === "o" ? "a" : "o"
  return `${name.slice(0, place)}${letter}${name.slice(place + 1)}`
}

test("what only the careful ear heard, glued to a small word, is one to read back", () => {
  const heard = unclear("Theatravastatin, please", james, "The atrofaced Aidan, please.")
  assert.deepEqual(heard, [["atorvastatin"]])
})

test("a drug whose own name begins like a small word is still found", () => {
  const among = candidates("theophylline 300 mg tablet", "metformin 500 mg tablet")
  assert.deepEqual(meant("my theophylline", among), ["theophylline"])
})

test("what a drug is called in Spanish is the same drug", () => {
  for (const [said, name] of [
    ["levotiroxina", "levothyroxine"],
    ["espironolactona", "spironolactone"],
    ["hidroclorotiazida", "hydrochlorothiazide"],
    ["oxicodona", "oxycodone"],
    ["amlodipino", "amlodipine"],
    ["rosuvastatina", "rosuvastatin"],
    ["warfarina", "warfarin"],
    ["furosemida", "furosemide"],
    ["omeprazol", "omeprazole"],
    ["losartán", "losartan"],
  ] as const) {
    const among = candidates(`${name} 10 mg tablet`, "cetirizine 10 mg tablet")
    assert.deepEqual(meant(`necesito la ${said} por favor`, among), [name], said)
  }
})

test("all of them but one, said in Spanish, leaves that one out", () => {
  const { leftOut } = match("todas menos la metformina", undefined, james)
  assert.deepEqual(named(leftOut, james), ["metformin"])
  assert.deepEqual(meant("no, la metformina", james), ["metformin"])
})
