import assert from "node:assert/strict"
import { test } from "node:test"
import type { Expect, Slots } from "../contract.ts"
import { objectsToRecording, toneOf } from "./cues.ts"
import { slotsOf } from "./slots.ts"

const read = (text: string, expect: Expect): Slots =>
  slotsOf({ text, expect, language: "en", today: "2026-11-20" })

const lopez = { first: "Maria", last: "Lopez" }
const names: readonly (readonly [string, Slots["name"]])[] = [
  ["Maria Lopez", { ...lopez, spelled: false }],
  ["um my name is maria lopez", { ...lopez, spelled: false }],
  ["this is maria lopez calling", { ...lopez, spelled: false }],
  ["maria lopes l o p e z", { ...lopez, spelled: true }],
  ["Maria M A R I A Lopez L O P E Z", { ...lopez, spelled: true }],
  ["maria l o p e z", { ...lopez, spelled: true }],
  ["Maria. It's spelled L-O-P-E-Z.", { ...lopez, spelled: true }],
  ["lopes l o p e z", { last: "Lopez", spelled: true }],
  ["sorry i'm here got distracted maria l o p e z", { ...lopez, spelled: true }],
  ["sorry, I'm here, I got distracted. It's L-O-P-E-Z", { last: "Lopez", spelled: true }],
  ["first name maria last name lopez", { ...lopez, spelled: false }],
  ["Oh sorry, I was just finding my glasses. It's L-O-P-E-Z.", { last: "Lopez", spelled: true }],
  [
    "Oh yes, I was finding my glasses. Maria Lopez. Hold on, the cat wants out.",
    { ...lopez, spelled: false },
  ],
  ["Hold on, the cat wants out. Maria Lopez and um, May 3rd 1985.", { ...lopez, spelled: false }],
  ["Well let me see. It's Maria Lopez.", { ...lopez, spelled: false }],
  ["Oh Maria Lopez", { ...lopez, spelled: false }],
  ["That's K I am.", { last: "Kim", spelled: true }],
  ["I am at home. Maria Lopez.", { ...lopez, spelled: false }],
  ["L as in Lima O P E Z", { last: "Lopez", spelled: true }],
  ["lima oscar papa echo zulu", { last: "Lopez", spelled: true }],
  ["robert t jones", { first: "Robert", last: "T Jones", spelled: false }],
  ["april smith", { first: "April", last: "Smith", spelled: false }],
  ["june austen", { first: "June", last: "Austen", spelled: false }],
  ["april jones", { first: "April", last: "Jones", spelled: false }],
  ["mi nombre es maria lopez", { ...lopez, spelled: false }],
]

for (const [said, name] of names) {
  test(`"${said}" gives the name`, () => assert.deepEqual(read(said, "name").name, name))
}

test("a name and a date of birth come in one breath", () => {
  const slots = read("maria lopez three three eighty five", "name")
  assert.deepEqual(slots.name, { ...lopez, spelled: false })
  assert.deepEqual(slots.datesOfBirth, ["1985-03-03"])
})

test("a number named beside a date of birth is heard, and the date's own digits are none", () => {
  const born = "i was born march 14 1958"
  const numbered = read(`${born} and i need prescription 7 0 0 1 2 3 5 refilled`, "request")
  assert.deepEqual(numbered.datesOfBirth, ["1958-03-14"])
  assert.deepEqual(numbered.rxNumbers, ["7001235"])
  assert.equal(read(`a refill please, ${born}`, "request").rxNumbers, undefined)
  assert.equal(read(`${born} and my zip code is 78701`, "name").zip, "78701")
})

test("a question back is no name, though a name was asked for", () => {
  for (const said of ["why do you need to know that", "no why would i", "the weather is lovely"])
    assert.equal(read(said, "name").name, undefined, said)
  assert.deepEqual(read("will smith", "name").name, {
    first: "Will",
    last: "Smith",
    spelled: false,
  })
})

test("letters that ears wrote as capitals are spelt", () => {
  const told = { first: "Anna", last: "Price", spelled: true }
  for (const said of ["Anna Price, PRI-C-E", "Anna Price. PRICE.", "Anna P-R-I-C-E"])
    assert.deepEqual(read(said, "name").name, told, said)
  assert.deepEqual(read("and a price PRICE", "name").name, { last: "Price", spelled: true })
  assert.deepEqual(read("ANNA PRICE", "name").name, { ...told, spelled: false })
  assert.deepEqual(read("LANE, L-A-N-E", "name").name, { last: "Lane", spelled: true })
})

test("what happens to somebody is no name; what stands after a name takes none away", () => {
  for (const said of [
    "I spilled my coffee all over",
    "está lloviendo mucho por allá",
    "Great! What is that for?",
    "You already have that",
    "Ustedes ya tienen mis datos",
  ])
    assert.equal(read(said, "name").name, undefined, said)
  const maria = { ...lopez, spelled: false }
  assert.deepEqual(read("Maria Lopez, I'm looking for my refill", "name").name, maria)
  assert.deepEqual(read("Maria Lopez was my name on the bottle", "name").name, maria)
})

test("a sigh is no zero", () => {
  const told = "Grace Kim and um, 22nd of July 1971. Oh, that's just my husband, never mind him."
  assert.deepEqual(read(told, "name").datesOfBirth, ["1971-07-22"])
  assert.deepEqual(read("July 22nd 1971 oh wait", "date_of_birth").datesOfBirth, ["1971-07-22"])
  assert.equal(read("7 7 1 0 1. Oh, that's the doorbell.", "rx_number").zip, "77101")
  assert.equal(read("It's 7 7 1 1 oh.", "rx_number").zip, "77110")
  for (const said of [
    "seven oh one two three four five oh thats just my husband",
    "oh sorry i mean seven oh one two three four five",
    "Seven oh one two three four five. Oh, um, wait.",
  ])
    assert.deepEqual(read(said, "rx_number").rxNumbers, ["7012345"], said)
})

test("a name said twice is one name", () => {
  const maria = { ...lopez, spelled: false }
  for (const said of ["Maria Lopez. Maria Lopez.", "Maria Lopez. Maria"])
    assert.deepEqual(read(said, "name").name, maria, said)
})

test("what is no name never becomes one unasked", () => {
  for (const said of [
    "this is ridiculous i want my money back",
    "this is the third time i call",
    "i am out of my pills",
    "its about my refill",
  ]) {
    assert.equal(read(said, "request").name, undefined, said)
  }
  assert.deepEqual(read("hi my name is maria lopez and i need a refill", "request").name, {
    ...lopez,
    spelled: false,
  })
})

test("a ZIP code is read when asked for or named, and nine digits are cut to five", () => {
  assert.equal(read("seven eight seven oh one", "zip").zip, "78701")
  const cried = "Seven, seven, one, one, five. Oh, that's just my husband. Never mind him."
  assert.equal(read(cried, "rx_number").zip, "77115")
  assert.equal(read("78701-1234", "zip").zip, "78701")
  assert.equal(read("my zip code is 78701", "rx_number").zip, "78701")
  const misheard = read("mi código postal es 770103", "rx_number")
  assert.deepEqual(
    [misheard.rxNumbers, misheard.zip, misheard.digits],
    [undefined, undefined, "770103"],
  )
  assert.deepEqual(read("zip 78701, prescription 7001234", "rx_number").rxNumbers, ["7001234"])
  assert.equal(read("refill 78701", "request").zip, undefined)
})

test("a code stays digits, whatever it looks like", () => {
  assert.deepEqual(read("1 2 3 4 5 6", "code"), { digits: "123456" })
})

test("choices, all of them, and that's all are told apart", () => {
  assert.equal(read("the second one", "which_drug").choice, 2)
  assert.equal(read("the last one please", "which_drug").choice, "last")
  assert.equal(read("all of them", "which_drug").all, true)
  assert.equal(read("both", "which_drug").all, true)
  assert.equal(read("that's all", "request").all, undefined)
  assert.equal(read("it's all right", "request").all, undefined)
})

test("a correction is noticed, with what it chooses instead", () => {
  const slots = read("no, the other one", "yes_no")
  assert.equal(slots.yesNo, "no")
  assert.equal(slots.corrects, true)
  assert.equal(slots.choice, "other")
  assert.equal(slots.digits, undefined)
  assert.equal(read("i mean the metformin", "request").corrects, true)
})

test("speaking for somebody else is noticed, being a mother is not", () => {
  for (const said of ["refill for my mother", "i'm calling on behalf of my husband"]) {
    assert.equal(read(said, "request").forSomeoneElse, true, said)
  }
  assert.equal(read("para mi mamá por favor", "request").forSomeoneElse, true)
  assert.equal(read("i am a mother and i need a refill", "request").forSomeoneElse, undefined)
})

test("anger, distress and a child are heard from the words", () => {
  assert.equal(toneOf("this is ridiculous"), "angry")
  assert.equal(toneOf("i'm so scared i don't know what to do"), "distressed")
  assert.equal(toneOf("my mommy is asleep"), "child")
  assert.equal(toneOf("refill my lisinopril"), undefined)
})

test("not wanting to be recorded is heard, asking about records is not", () => {
  for (const said of ["I don't want to be recorded", "please stop recording", "no me grabe"]) {
    assert.equal(objectsToRecording(said), true, said)
  }
  assert.equal(objectsToRecording("can you check my records"), false)
})
