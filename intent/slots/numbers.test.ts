import assert from "node:assert/strict"
import { test } from "node:test"
import fc from "fast-check"
import { wordsOf } from "../words.ts"
import { digitRuns, rxNumbers } from "./numbers.ts"

const spoken: readonly (readonly [string, readonly string[]])[] = [
  ["seven oh one two three four five", ["7012345"]],
  ["double four seven one two three nine", ["4471239"]],
  ["seven oh one two three four oh is on the label", ["7012340"]],
  ["seven oh sorry oh one two three four", ["7001234"]],
  ["triple oh one two three four", ["0001234"]],
  ["seventy twelve three four five", ["7012345"]],
  ["seven hundred twelve oh oh four", ["712004"]],
  ["seven thousand twelve three four five", ["7012345"]],
  ["it's number 7 0 1 uh 2 3 4 5", ["7012345"]],
  ["seven oh one for five six two", ["7014562"]],
  ["the number is 701-2345", ["7012345"]],
  ["my rx is 7012345 and 7098811", ["7012345", "7098811"]],
  ["twenty one thirty four fifty six", ["213456"]],
  ["siete cero uno dos tres cuatro cinco", ["7012345"]],
  ["701 2345 and then i need milk", ["7012345"]],
]

for (const [said, numbers] of spoken) {
  test(`"${said}" is read as said`, () => {
    assert.deepEqual(rxNumbers(wordsOf(said), true), numbers)
  })
}

test("pieces of one number are joined only when a number was asked for", () => {
  const words = wordsOf("it is 701 and the rest is 2345")
  assert.deepEqual(rxNumbers(words, true), ["7012345"])
  assert.deepEqual(rxNumbers(words, false), [])
})

test("a price, a count and a time are no prescription numbers", () => {
  for (const said of ["two refills for ten dollars", "at five thirty", "seven million"]) {
    assert.deepEqual(rxNumbers(wordsOf(said), true), [], said)
  }
})

const names = "zero one two three four five six seven eight nine".split(" ")
const fill = fc.constantFrom("", "", "", "um", "uh", "dash")

/** Says digits as people do: one by one, "oh" for zero, "double", pairs as tens and teens. */
function sayDigits(digits: string, ways: readonly number[]): string {
  const said: string[] = []
  for (let at = 0; at < digits.length; ) {
    const way = ways[at] ?? 0
    const digit = Number(digits[at])
    const next = digits[at + 1]
    if (way === 1 && digits[at] === next) {
      said.push(`double ${names[digit]}`)
      at += 2
    } else if (way === 2 && digit >= 2 && next !== undefined && next !== "0") {
      const tens = "twenty thirty forty fifty sixty seventy eighty ninety".split(" ")
      said.push(`${tens[digit - 2]} ${names[Number(next)]}`)
      at += 2
    } else {
      said.push(way === 3 && digit === 0 ? "oh" : way === 4 ? String(digit) : (names[digit] ?? ""))
      at += 1
    }
  }
  return said.join(" ")
}

test("any number said in any of these ways is read back", () => {
  fc.assert(
    fc.property(
      fc.stringMatching(/^[0-9]{6,9}$/),
      fc.array(fc.integer({ min: 0, max: 4 }), { minLength: 9, maxLength: 9 }),
      fill,
      (digits, ways, hesitation) => {
        const said = `it's ${hesitation} ${sayDigits(digits, ways)} thank you`
        assert.deepEqual(rxNumbers(wordsOf(said), true), [digits], said)
      },
    ),
    { numRuns: 1_000 },
  )
})

test("no text makes the reader fail", () => {
  fc.assert(
    fc.property(fc.string(), (text) => {
      for (const run of digitRuns(wordsOf(text))) assert.match(run.digits, /^\d+$/)
    }),
  )
})
