/** Medicines told by who prescribed them, what they are for and how they look. */
import assert from "node:assert/strict"
import { test } from "node:test"
import { gravest } from "#core/mood.ts"
import { descriptionIn } from "./description.ts"
import { moodOf } from "./mood.ts"

const rambling: Readonly<Record<string, ReturnType<typeof descriptionIn>>> = {
  "I take the little white one, the water pill, Dr Chen gave it to me": {
    prescriber: "Chen",
    described: ["little", "white", "water"],
  },
  "well my doctor, Doctor Ada Winter, she put me on the blood pressure pill": {
    prescriber: "Ada Winter",
    described: ["blood pressure"],
  },
  "it's the one for my cholesterol I think, it's kind of round": { described: ["cholesterol"] },
  "the one that is small and pink": { described: ["small", "pink"] },
  "es la pastillita blanca redonda, la del agua, que me dio la doctora Chen": {
    prescriber: "Chen",
    described: ["blanca", "redonda", "agua"],
  },
  "la pastilla del agua, la que me recetó el doctor De la Cruz": {
    prescriber: "de la Cruz",
    described: ["agua"],
  },
}

test("who prescribed it, what it is for and how it looks are read out of rambling", () => {
  for (const [text, description] of Object.entries(rambling))
    assert.deepEqual(descriptionIn(text), description, text)
})

test("a doctor without a name, a colour without a pill and thirst are no description", () => {
  for (const text of [
    "my doctor gave it to me",
    "the doctor said to call you",
    "el doctor me dijo que llamara",
    "I live in the white house",
    "can I have some water",
  ])
    assert.deepEqual(descriptionIn(text), {}, text)
  assert.deepEqual(descriptionIn("Doctor Green called it in"), { prescriber: "Green" })
})

test("staff see who is angry, distressed or confused, and the gravest of two readings", () => {
  assert.equal(moodOf("this is ridiculous"), "angry")
  assert.equal(moodOf("I'm so worried"), "distressed")
  assert.equal(moodOf("I'm really confused, which one is which"), "confused")
  assert.equal(moodOf("no le entiendo nada"), "confused")
  assert.equal(moodOf("estoy muy preocupada"), "distressed")
  assert.equal(moodOf("I need a refill of my lisinopril"), undefined)
  assert.equal(gravest("confused", undefined, "angry"), "angry")
  assert.equal(gravest(undefined), undefined)
})
