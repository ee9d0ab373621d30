import assert from "node:assert/strict"
import { test } from "node:test"
import { asksForPerson, asksToRepeat, saysGoodbye, yesNoIn } from "./answers.ts"
import { readKeys } from "./keys.ts"

const today = "2026-11-20"

test("yes and no are heard in many words", () => {
  for (const said of ["yes", "Yeah.", "uh huh", "that's right", "yes please", "sí", "go ahead"]) {
    assert.equal(yesNoIn(said, true), "yes", said)
  }
  for (const said of [
    "no",
    "nope",
    "that's not right",
    "no thank you",
    "not really",
    "no gracias",
  ]) {
    assert.equal(yesNoIn(said, true), "no", said)
  }
})

test("an answer counts when it leads, and not when it is taken back", () => {
  assert.equal(yesNoIn("no I need the other one", true), "no")
  assert.equal(yesNoIn("yes but tomorrow", true), "yes")
  assert.equal(yesNoIn("yes no wait", true), undefined)
  assert.equal(yesNoIn("no I need the other one", false), undefined)
})

test("whoever is not sure says neither yes nor no", () => {
  for (const said of [
    "well I'm not sure",
    "no, I don't know",
    "yes, maybe",
    "pues no estoy seguro",
    "no sé",
    "no, no sabría decirle",
  ]) {
    assert.equal(yesNoIn(said, true), undefined, said)
  }
  assert.equal(yesNoIn("que sí, carajo", true), "yes")
  assert.equal(yesNoIn("que no", true), "no")
})

test("a yes may come after an apology; a no beside it makes it none", () => {
  assert.equal(yesNoIn("Sorry, I'm here, I got distracted. Oh yes, thank you.", true), "yes")
  assert.equal(yesNoIn("Perdón, aquí sigo. Sí, por favor.", true), "yes")
  assert.equal(yesNoIn("Sorry, I'm here. Yes, no, wait.", true), undefined)
  assert.equal(yesNoIn("I got distracted. Thank you.", true), undefined)
  assert.equal(yesNoIn("Sorry, I'm here. Yes, another thing.", false), undefined)
})

test("a person is asked for in many words, and a pharmacist mentioned is not asked for", () => {
  for (const said of [
    "pharmacist",
    "representative please",
    "let me talk to a real person",
    "can i speak with the pharmacist",
    "get me somebody",
    "quiero hablar con una persona",
    "hablar con el farmacéutico",
  ]) {
    assert.equal(asksForPerson(said), true, said)
  }
  for (const said of [
    "the pharmacist told me to call today",
    "refill my lisinopril",
    "i need someone to pick up my pills",
  ]) {
    assert.equal(asksForPerson(said), false, said)
  }
})

test("a person, the same again and goodbye are heard in Spanish", () => {
  for (const said of [
    "páseme con el farmacéutico",
    "una persona por favor",
    "quiero hablar con alguien que hable español",
    "¿hay alguien que me atienda?",
    "necesito hablar con un representante",
  ]) {
    assert.equal(asksForPerson(said), true, said)
  }
  for (const said of [
    "el farmacéutico me dijo que llamara hoy",
    "alguien puede recoger mi medicina",
    "sí señorita",
    "quiero resurtir mi receta",
  ]) {
    assert.equal(asksForPerson(said), false, said)
  }
  for (const said of [
    "¿mande?",
    "perdón, no le escuché",
    "¿me lo repite por favor?",
    "¿cómo dijo?",
  ])
    assert.equal(asksToRepeat(said), true, said)
  assert.equal(asksToRepeat("cómo llego a la farmacia"), false)
  for (const said of ["gracias, adiós", "es todo, hasta luego", "que tenga buen día"])
    assert.equal(saysGoodbye(said), true, said)
  for (const said of ["me tengo que ir, adiós", "luego les llamo", "ya me voy, gracias, adiós"])
    assert.equal(saysGoodbye(said), true, said)
  assert.equal(saysGoodbye("hasta luego no puedo recogerla"), false)
})

test("asking to hear it again and saying goodbye are whole utterances", () => {
  assert.equal(asksToRepeat("sorry what did you say"), true)
  assert.equal(asksToRepeat("what are your hours"), false)
  assert.equal(saysGoodbye("okay thank you bye bye"), true)
  assert.equal(saysGoodbye("oh sorry, wrong number, goodbye"), true)
  for (const said of ["I have to go, bye", "sorry, I'll call back later", "I gotta go"])
    assert.equal(saysGoodbye(said), true, said)
  assert.equal(saysGoodbye("before i say goodbye i need a refill"), false)
  for (const said of [
    "I have to go to the hospital",
    "I'll call back my doctor",
    "do I have to go",
  ])
    assert.equal(saysGoodbye(said), false, said)
})

test("zero is a person whatever was asked, and star is again", () => {
  for (const expect of ["request", "rx_number", "date_of_birth", "yes_no", "code"] as const) {
    assert.deepEqual(readKeys("0", expect, today), { intent: "person", slots: {} })
    assert.deepEqual(readKeys("0#", expect, today), { intent: "person", slots: {} })
  }
  assert.equal(readKeys("*", "zip", today).intent, "repeat")
})

test("two is the other language at an open question, and only there", () => {
  assert.deepEqual(readKeys("2", "request", today), { slots: {}, isOtherLanguage: true })
  for (const expect of ["yes_no", "which_drug", "rx_number", "zip", "code"] as const) {
    assert.equal(readKeys("2", expect, today).isOtherLanguage, undefined, expect)
  }
})

test("keys answer the question that was asked", () => {
  assert.equal(readKeys("1", "request", today).intent, "refill")
  assert.equal(readKeys("3", "request", today).intent, "hours")
  assert.equal(readKeys("4", "request", today).intent, "status")
  assert.deepEqual(readKeys("1", "yes_no", today).slots, { yesNo: "yes" })
  assert.deepEqual(readKeys("2", "yes_no", today).slots, { yesNo: "no" })
  assert.deepEqual(readKeys("2", "which_drug", today).slots, { choice: 2 })
  assert.deepEqual(readKeys("03031985#", "date_of_birth", today).slots, {
    datesOfBirth: ["1985-03-03"],
  })
  assert.deepEqual(readKeys("030385", "date_of_birth", today).slots.datesOfBirth, ["1985-03-03"])
  assert.deepEqual(readKeys("7012345#", "rx_number", today).slots, { rxNumbers: ["7012345"] })
  assert.deepEqual(readKeys("78701", "rx_number", today).slots, { zip: "78701" })
  assert.deepEqual(readKeys("123456", "code", today).slots, { digits: "123456" })
  assert.deepEqual(readKeys("#", "code", today).slots, {})
})
