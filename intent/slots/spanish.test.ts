/** What Spanish speakers tell: numbers, dates of birth, names, choices. */
import assert from "node:assert/strict"
import { test } from "node:test"
import fc from "fast-check"
import type { Expect, Slots } from "../contract.ts"
import { digitsInWords, numberInWords } from "../replies/numerals.ts"
import { plain, wordsOf } from "../words.ts"
import { objectsToRecording, toneOf } from "./cues.ts"
import { datesOfBirth } from "./dates.ts"
import { digitRuns, rxNumbers } from "./numbers.ts"
import { slotsOf } from "./slots.ts"

const today = "2026-11-20"
const read = (text: string, expect: Expect): Slots =>
  slotsOf({ text, expect, language: "es", today })

const numbers: readonly (readonly [string, readonly string[]])[] = [
  ["siete cero cero uno dos tres cuatro", ["7001234"]],
  ["es el siete doble cero uno dos tres cuatro", ["7001234"]],
  ["setecientos uno dos tres cuatro cinco", ["7012345"]],
  ["setenta cero uno veintitrés cuarenta y cinco", ["70012345"]],
  ["siete cero eh cero este uno dos tres cuatro", ["7001234"]],
  ["setenta y siete, ciento uno, doble cuatro", ["7710144"]],
  ["el número es 700 1234", ["7001234"]],
  ["dieciséis diecisiete dieciocho", ["161718"]],
]
for (const [said, heard] of numbers) {
  test(`"${said}" is read as said`, () => assert.deepEqual(rxNumbers(wordsOf(said), true), heard))
}

const zips: readonly string[] = [
  "siete siete uno cero uno",
  "setenta y siete uno cero uno",
  "setenta y siete mil ciento uno",
  "setenta y siete ciento uno",
  "es el 77101",
]
for (const said of zips) {
  test(`"${said}" is a ZIP code`, () => assert.equal(read(said, "zip").zip, "77101"))
}

const dates: readonly (readonly [string, readonly string[]])[] = [
  ["catorce de marzo del cincuenta y ocho", ["1958-03-14"]],
  ["el 14 de marzo de 1958", ["1958-03-14"]],
  ["14 de marzo de 1950 y 8.", ["1958-03-14"]],
  ["nací el catorce de marzo de mil novecientos cincuenta y ocho", ["1958-03-14"]],
  ["marzo catorce mil novecientos cincuenta y ocho", ["1958-03-14"]],
  ["marzo catorce cincuenta y ocho", ["1958-03-14"]],
  ["catorce del tres del cincuenta y ocho", ["1958-03-14"]],
  ["catorce, tres, mil novecientos cincuenta y ocho", ["1958-03-14"]],
  ["3/14/58", ["1958-03-14"]],
  ["14/3/58", ["1958-03-14"]],
  ["primero de enero del dos mil cuatro", ["2004-01-01"]],
  ["1ro de enero de 2004", ["2004-01-01"]],
  ["treinta y uno de diciembre de mil novecientos noventa y nueve", ["1999-12-31"]],
  ["el veintidós de agosto del año setenta y uno", ["1971-08-22"]],
  ["tres de mayo del dos mil diez", ["2010-05-03"]],
  ["5 3 1985", ["1985-03-05", "1985-05-03"]],
  ["treinta y uno de abril de 1990", []],
]
for (const [said, days] of dates) {
  test(`"${said}" has its readings, the likeliest first`, () => {
    assert.deepEqual(datesOfBirth(said, { today, dayFirst: true, isAsked: true }), days)
  })
}

test("any date of birth said in Spanish is the first reading", () => {
  const range = { min: new Date("1908-01-01"), max: new Date("2026-11-01"), noInvalidDate: true }
  fc.assert(
    fc.property(fc.date(range), (date) => {
      const day = date.toISOString().slice(0, 10)
      const [year, month, dayOfMonth] = day.split("-").map(Number)
      const number = dayOfMonth === 1 ? "primero" : numberInWords(dayOfMonth ?? 0, "es")
      const monthName = date.toLocaleDateString("es", { month: "long", timeZone: "UTC" })
      const inWords = `${number} de ${monthName} de ${numberInWords(year ?? 0, "es")}`
      const ways = [
        inWords,
        plain(inWords),
        `el ${inWords}`,
        `nací el ${inWords.replace("de mil", "del mil")}`,
      ]
      const numbered = `${numberInWords(dayOfMonth ?? 0, "es")} de ${monthName} ${year}`
      for (const said of [...ways, numbered, `${dayOfMonth}/${month}/${year}`]) {
        const [first] = datesOfBirth(said, { today, dayFirst: true, isAsked: true })
        assert.equal(first, day, said)
      }
    }),
    { numRuns: 300 },
  )
})

test("any prescription number said digit by digit in Spanish is read back", () => {
  fc.assert(
    fc.property(fc.stringMatching(/^[0-9]{6,9}$/), (digits) => {
      assert.deepEqual(rxNumbers(wordsOf(digitsInWords(digits, "es")), true), [digits])
    }),
  )
})

test("any number below a million is read as the words for it", () => {
  fc.assert(
    fc.property(fc.integer({ min: 0, max: 999_999 }), (n) => {
      const run = digitRuns(wordsOf(numberInWords(n, "es")))
      assert.deepEqual(
        run.map(({ digits }) => digits),
        [String(n)],
        numberInWords(n, "es"),
      )
    }),
  )
})

const names: readonly (readonly [string, Slots["name"]])[] = [
  ["María López", { first: "Maria", last: "Lopez", spelled: false }],
  ["me llamo María López García", { first: "Maria", last: "Lopez Garcia", spelled: false }],
  ["eh mi nombre completo es José García", { first: "Jose", last: "Garcia", spelled: false }],
  ["José García, ge, a, erre, ce, i, a", { first: "Jose", last: "Garcia", spelled: true }],
  ["José. Le deletreo, ge, a, erre, ce, i, a", { first: "Jose", last: "Garcia", spelled: true }],
  ["Robert, se escribe hache a i griega e ese", { first: "Robert", last: "Hayes", spelled: true }],
  ["ge a ere ce i a", { last: "Garcia", spelled: true }],
  ["ve chica e ele a", { last: "Vela", spelled: true }],
  ["be grande e ele a", { last: "Bela", spelled: true }],
  ["pe de papá e erre e zeta", { last: "Perez", spelled: true }],
  ["María de la Cruz", { first: "Maria", last: "De La Cruz", spelled: false }],
  ["José Vela con ve chica", { first: "Jose", last: "Vela", spelled: false }],
  ["nombre James apellido Carter", { first: "James", last: "Carter", spelled: false }],
]
for (const [said, name] of names) {
  test(`"${said}" gives the name`, () => assert.deepEqual(read(said, "name").name, name))
}

test("a name and a date of birth come in one breath", () => {
  const slots = read("James Carter, nací el catorce de marzo del cincuenta y ocho", "name")
  assert.deepEqual(slots.name, { first: "James", last: "Carter", spelled: false })
  assert.deepEqual(slots.datesOfBirth, ["1958-03-14"])
  const bare = read("James Carter catorce de marzo de mil novecientos cincuenta y ocho", "name")
  assert.deepEqual(bare, { ...slots })
})

test("whoever says unasked who they are and when they were born is understood", () => {
  const said = "hola, soy James Carter, mi fecha de nacimiento es catorce de marzo del 58"
  const { name, datesOfBirth } = read(said, "request")
  assert.deepEqual(name, { first: "James", last: "Carter", spelled: false })
  assert.deepEqual(datesOfBirth, ["1958-03-14"])
  assert.equal(read("soy diabético y necesito mis tiras", "request").name, undefined)
})

test("a question back is no name", () => {
  const asked = [
    "para qué quiere saber",
    "no sé",
    "quiero un refill",
    "qué dijo",
    "me tengo que ir, adiós",
  ]
  for (const said of [...asked, "espere, ¿tienen ventanilla para carros?", "¿hay parqueo?"]) {
    assert.equal(read(said, "name").name, undefined, said)
  }
})

test("choices, all of them, and that's all are told apart", () => {
  assert.equal(read("la segunda", "which_drug").choice, 2)
  assert.equal(read("la otra por favor", "which_drug").choice, "other")
  assert.equal(read("la última", "which_drug").choice, "last")
  assert.equal(read("número dos", "which_drug").choice, 2)
  for (const said of ["todas", "todas las que tengo", "las dos", "ambas"]) {
    assert.equal(read(said, "which_drug").all, true, said)
  }
  for (const said of [
    "es todo",
    "eso es todo gracias",
    "a las dos de la tarde",
    "todos los días",
  ]) {
    assert.equal(read(said, "request").all, undefined, said)
  }
})

test("a correction is noticed, with what it chooses instead", () => {
  const slots = read("no, la otra", "yes_no")
  assert.equal(slots.yesNo, "no")
  assert.equal(slots.corrects, true)
  assert.equal(slots.choice, "other")
  for (const said of ["no esa no", "quise decir la metformina", "perdón, es la losartán"]) {
    assert.equal(read(said, "request").corrects, true, said)
  }
  assert.equal(read("sí, esa", "yes_no").corrects, undefined)
})

test("yes and no are heard as people say them", () => {
  for (const said of [
    "sí",
    "sí por favor",
    "ándele pues",
    "así es",
    "claro que sí",
    "ajá",
    "sí señora",
  ])
    assert.equal(read(said, "yes_no").yesNo, "yes", said)
  for (const said of [
    "no",
    "no gracias",
    "no, nada más",
    "es todo",
    "no, así está bien",
    "todavía no",
  ])
    assert.equal(read(said, "yes_no").yesNo, "no", said)
})

test("speaking for somebody else is noticed", () => {
  for (const said of [
    "un refill para mi mamá",
    "es la receta de mi esposo",
    "llamo por mi papá",
    "mi abuelita necesita su medicina",
    "a mi hijo se le acabó el inhalador",
  ]) {
    assert.equal(read(said, "request").forSomeoneElse, true, said)
  }
  for (const said of ["es para mí", "soy mamá y necesito un refill", "para el dolor"]) {
    assert.equal(read(said, "request").forSomeoneElse, undefined, said)
  }
})

test("anger, distress, a child and not wanting to be recorded are heard", () => {
  assert.equal(toneOf("estoy muy enojada, es el colmo"), "angry")
  assert.equal(toneOf("tengo mucho miedo, no sé qué hacer"), "distressed")
  assert.equal(toneOf("mi mami está dormida"), "child")
  assert.equal(toneOf("necesito resurtir mi receta"), undefined)
  for (const said of ["no quiero que me graben", "deje de grabar", "no me grabe por favor"]) {
    assert.equal(objectsToRecording(said), true, said)
  }
  assert.equal(objectsToRecording("me puede dar mis grabaciones"), false)
})
